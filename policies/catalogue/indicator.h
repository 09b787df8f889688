// The catalogue: what each indicator counts. An indicator is defined by policies/indicators/
// <CODE>.toml and the code lists of policies/codes/; its definition digest says which figure two
// regions both mean (protocol/spec/definition.md).
//
// Pure values, immutable after load(): any thread may read them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policies/catalogue/code_list.h"
#include "protocol/base/bytes.h"

namespace regions {

// What a filter can ask about.
enum class Attribute : std::uint8_t { nace, size, technology };
// "nace", "size", "technology".
std::string_view name(Attribute attribute);

// A known code of the attribute's list must be, or lie below, one of `in`; or carry `flag`. Exactly
// one of the two is given.
struct Condition {
  Attribute attribute;
  std::vector<std::string> in;  // bytewise order
  std::string flag;
};

// Whether the parts of a dimension add up to the whole (DISCLOSURE 1).
enum class Combines : std::uint8_t { additive, overlapping };

struct DimensionDef {
  std::string id;
  Combines combines;
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

  // The condition on an attribute, or nullptr.
  const Condition* condition(Attribute attribute) const;
};

class Catalogue {
 public:
  // (file name, its text) of every indicator and code list, in any order. The lists "technologies"
  // and "sizes" must be among them; "nace" is built in. Errors are invalid_input.
  using Sources = std::vector<std::pair<std::string, std::string_view>>;
  static Result<Catalogue> load(const Sources& sources);
  // The catalogue that this program was built with.
  static const Catalogue& builtin();

  // nullptr: no such indicator.
  const Indicator* find(std::string_view code) const;
  // invalid_input with the nearest code there is.
  Result<const Indicator*> require(std::string_view code) const;
  const std::vector<Indicator>& indicators() const { return indicators_; }

  const CodeList& technologies() const { return list(Attribute::technology); }
  const CodeList& sizes() const { return list(Attribute::size); }
  const CodeList& list(Attribute attribute) const;

  // True when the indicator asks nothing about `attribute`, or `code` meets what it asks. An empty
  // or unknown code meets no condition. NACE in any spelling of nace.h.
  bool admits(const Indicator& indicator, Attribute attribute, std::string_view code) const;

  // SHA-256 of canonical_definition().
  Digest definition(const Indicator& indicator) const;
  // The bytes of protocol/spec/definition.md.
  Bytes canonical_definition(const Indicator& indicator) const;

 private:
  Result<void> add_list(const TomlTable& top);
  Result<void> add_indicator(const TomlTable& top);

  std::map<std::string, CodeList, std::less<>> lists_;
  std::vector<Indicator> indicators_;
};

}  // namespace regions
