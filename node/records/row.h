// From a CSV record to a stored one: every rule about a single row stands here.
//
// A row that breaks a rule is a fault with its column, reason and remedy, never an error. Owned by
// one import, one thread.
#pragma once

#include "node/records/csv_reader.h"
#include "node/records/mapping.h"
#include "node/records/territory.h"
#include "protocol/crypto/sha256.h"

namespace regions {

struct RowFault {
  std::string column;  // as in the header; empty: the row as a whole
  std::string reason;
};

// A row that may go in, with what a later reject or the summary needs.
struct Row {
  std::uint64_t line = 0;
  std::string text;         // at most kRejectTextBytesMax bytes
  std::uint32_t nulls = 0;  // bit i: field i was a null marker
};

struct CooperationRow : Row {
  records::Cooperation record;  // without version
  Bytes bytes;                  // the record as it is stored, without version
  Digest digest;                // of `bytes`
};

struct OrganisationRow : Row {
  std::string id;
  bool enterprise = false;  // kind SME or PRC; everything else is an innovation actor
  records::State state;     // without version
};

class RowReader {
 public:
  // Binds the mapping to a header. invalid_input: a column is missing. unsupported: the rule's NUTS
  // version. The arguments must outlive the reader.
  static Result<RowReader> make(const Mapping& mapping, const std::vector<std::string>& header,
                                const TerritoryRule& rule, ImportRole role);

  // Fills `out`, which may hold an earlier row; nullopt when the row is good.
  std::optional<RowFault> read(const CsvRecord& record, CooperationRow& out);
  std::optional<RowFault> read(const CsvRecord& record, OrganisationRow& out);

  // The header's name of a field's column; empty when the file has none.
  std::string column_of(std::size_t field) const;
  const std::vector<std::string>& header() const { return *header_; }

 private:
  using Columns = std::vector<std::optional<std::size_t>>;
  RowReader(const Mapping& mapping, const std::vector<std::string>& header, Columns columns,
            PlaceJudge judge, ImportRole role)
      : mapping_(&mapping),
        header_(&header),
        columns_(std::move(columns)),
        judge_(std::move(judge)),
        role_(role) {}

  void begin(const CsvRecord& record, Row& out);
  // The cell of a field: nullopt when the file has no such column, or it holds a null marker.
  std::optional<std::string_view> cell(std::size_t field);
  // Each returns false after having set fault_. An unknown value leaves `out` empty.
  bool id(std::size_t field, std::string* out);
  bool required_id(std::size_t field, std::string_view whose, std::string* out);
  bool text(std::size_t field, std::string* out);
  bool code(std::size_t field, std::string* out);
  bool date(std::size_t field, std::optional<std::int32_t>* out);
  bool amount(std::size_t field, std::optional<std::int64_t>* out);
  bool judged_place(std::size_t field, records::Place* out);
  bool place(std::size_t field, std::string* out);
  bool nace(std::size_t field, std::string* out);
  bool technologies(std::size_t field, records::Cooperation* out);
  bool status(std::size_t field, records::Cooperation* out);
  bool public_source(std::size_t field, records::Cooperation* out);
  bool period(records::Cooperation* out);
  // The cell after the mapping's `values`; nullopt and fault_ when it is in none of them.
  std::string_view mapped(std::size_t field, std::string_view value);
  bool refuse(std::size_t field, std::string reason);

  const Mapping* mapping_;
  const std::vector<std::string>* header_;
  Columns columns_;
  PlaceJudge judge_;
  ImportRole role_;
  // Of the row being read.
  const CsvRecord* record_ = nullptr;
  std::uint32_t nulls_ = 0;
  RowFault fault_;
};

}  // namespace regions
