// How the columns of a CSV file become the fields of a record: a TOML file of format
// regions4.mapping/1. The files beside this one, in mappings/, are the built-in ones.
//
//   format = "regions4.mapping/1"
//   record = "cooperation"              or "organisation"
//   delimiter = ";"                     a comma unless said otherwise
//   [columns]
//   start = { from = "Beginn", null = ["", "k.A."], date = "%d.%m.%Y" }
//   technology = { from = "Thema", separator = "/", values = { "KI" = "artificial-intelligence" } }
//   amount = { from = "Betrag", decimal = ",", optional = true }
//
// Null markers and date formats are per column: NA is nobody as an enterprise, Namibia as a
// country. Values, read from a user's file: every error is invalid_input and names the line and the
// remedy.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/base/result.h"

namespace regions {

enum class RecordKind { cooperation, organisation };
// "cooperation", "organisation".
std::string_view name(RecordKind kind);

enum class FieldType { id, text, code, place, date, amount };

struct FieldSpec {
  std::string_view name;
  FieldType type;
  bool required;                             // a mapping without it is refused
  std::vector<std::string_view> codes = {};  // of a code field: what it may hold; NACE: rev2()
};

// The kinds of organisation that are enterprises: CORDIS' SME, and PRC, private for profit. Any
// other kind is one of the catalogue's actor kinds.
inline const std::vector<std::string_view> kEnterpriseKinds = {"SME", "PRC"};

// The fields of a record. Their order is that of the enumerations below.
const std::vector<FieldSpec>& fields_of(RecordKind kind);

struct CooperationField {
  enum : std::size_t {
    id,
    enterprise,
    enterprise_kind,
    enterprise_place,
    actor,
    actor_kind,
    actor_country,
    actor_place,
    start,
    end,
    technology,
    status,
    amount,
    amount_share,
    project,
    programme,
    topic,
    public_source
  };
};
struct OrganisationField {
  enum : std::size_t { id, name, kind, place, city, country, nace, size, holding, valid_from };
};

struct ColumnMapping {
  std::string from;               // the name in the header
  std::vector<std::string> null;  // values that mean unknown
  std::string date;               // %Y, %m and %d once each, and what is between
  char decimal = '.';             // of amounts
  std::optional<char> separator;  // several values in one cell
  std::map<std::string, std::string, std::less<>> values;  // empty: as they stand
  bool optional = false;                                   // the header may lack it

  bool is_null(std::string_view value) const;
};

struct Mapping {
  std::string file;  // the name that errors give
  RecordKind record = RecordKind::cooperation;
  char delimiter = ',';
  std::vector<std::optional<ColumnMapping>> columns;  // one per field of fields_of(record)

  static Result<Mapping> parse(std::string_view file, std::string_view text);
  static const Mapping& builtin(RecordKind kind);

  // For each field the index of its column in `header`, nullopt when it has none. invalid_input
  // names every column that is missing and what the header has in its place.
  Result<std::vector<std::optional<std::size_t>>> bind(
      const std::vector<std::string>& header) const;
};

}  // namespace regions
