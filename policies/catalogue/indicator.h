// The catalogue: what each indicator counts, and by which dimensions it can be broken down. All of
// it is data: policies/indicators/<CODE>.toml, the code lists of policies/codes/ and their
// groupings in policies/groupings/. The definition digest of an indicator says which figure two
// regions both mean (protocol/spec/definition.md).
//
// Pure values, immutable after load(): any thread may read them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policies/catalogue/dimension.h"
#include "policies/catalogue/period.h"
#include "protocol/base/bytes.h"

namespace regions {

// Measures; protocol/spec/definition.md says how each is taken. Distinct enterprises: unit
// "enterprises", decimals 0. Sum of funding: unit "EUR", decimals 2; the amount share of a
// cooperation is booked in its start year, under what the enterprise was at the end of that year,
// and split equally over its technologies (in cents, by largest remainder; without a technology:
// _U).
inline constexpr std::string_view kDistinctEnterprises = "distinct-enterprises";
inline constexpr std::string_view kSumFunding = "sum-funding";

// A known code of the attribute's list must be, or lie below, one of `in`; or carry `flag`. Exactly
// one of the two is given.
struct Condition {
  Attribute attribute;
  std::vector<std::string> in;  // bytewise order
  std::string flag;

  bool operator==(const Condition&) const = default;
};

// Whether the parts of a dimension add up to the whole (DISCLOSURE 1).
enum class Combines : std::uint8_t { additive, overlapping };

struct DimensionDef {
  std::string id;
  Combines combines;
};

// What `progress` compares when it is not told otherwise, and the aim.
struct ProgressDef {
  Period baseline;
  Period period;
  std::uint32_t target_percent = 0;  // above the baseline
};

// An EU common indicator that is close, and how it differs.
struct Relation {
  std::string code;
  std::string title;
  std::string how;
};

struct Indicator {
  std::string code;
  std::string title;
  std::string measure;
  std::string unit;
  std::uint32_t decimals = 0;
  std::uint32_t counting_rules = 1;
  std::vector<Condition> filter;  // order of Attribute, one per attribute
  std::vector<DimensionDef> dimensions;
  std::optional<ProgressDef> progress;
  std::vector<Relation> relations;

  // The condition on an attribute, or nullptr.
  const Condition* condition(Attribute attribute) const;
  // nullptr: the indicator is not broken down so.
  const DimensionDef* dimension(std::string_view id) const;
  bool is_amount() const { return measure == kSumFunding; }
};

class Catalogue {
 public:
  // (file name, its text) of every indicator, grouping and code list, in any order. There must be
  // one list per attribute but NACE, which is built in. Errors are invalid_input and name file, key
  // and remedy.
  using Sources = std::vector<std::pair<std::string, std::string_view>>;
  static Result<Catalogue> load(const Sources& sources);
  // The catalogue that this program was built with, and the files it was read from.
  static const Catalogue& builtin();
  static Sources builtin_sources();

  // nullptr: no such indicator.
  const Indicator* find(std::string_view code) const;
  // invalid_input with the nearest code there is.
  Result<const Indicator*> require(std::string_view code) const;
  // Bytewise order of code.
  const std::vector<Indicator>& indicators() const { return indicators_; }

  const CodeList& technologies() const { return list(Attribute::technology); }
  const CodeList& sizes() const { return list(Attribute::size); }
  const CodeList& list(Attribute attribute) const;

  // nullptr: no such dimension, or one without categories (region, year, window, programme).
  const Dimension* dimension(std::string_view id) const;
  // Those with categories, bytewise order of id.
  const std::vector<Dimension>& dimensions() const { return dimensions_; }
  // The ids of all there are, bytewise order: for error messages.
  std::vector<std::string_view> dimension_ids() const;

  // True when the indicator asks nothing about `attribute`, or `code` meets what it asks. An empty
  // or unknown code meets no condition. NACE in any spelling of nace.h.
  bool admits(const Indicator& indicator, Attribute attribute, std::string_view code) const;

  // SHA-256 of canonical_definition().
  Digest definition(const Indicator& indicator) const;
  // The bytes of protocol/spec/definition.md.
  Bytes canonical_definition(const Indicator& indicator) const;

 private:
  Result<void> add_list(const TomlTable& top);
  Result<void> check_lists() const;
  void add_dimension(Dimension dimension);
  Result<void> add_grouping(const TomlTable& top);
  Result<void> add_indicator(const TomlTable& top);

  std::map<Attribute, CodeList> lists_;
  std::vector<Dimension> dimensions_;
  std::vector<Indicator> indicators_;
};

}  // namespace regions
