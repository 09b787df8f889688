// Where a place lies: the installed roster's territories, as the import needs them (DISCLOSURE 1).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "node/records/import_role.h"
#include "node/records/records.pb.h"
#include "protocol/base/result.h"

namespace regions {

struct TerritoryRule {
  std::string self;                    // our member id
  std::vector<std::string> territory;  // our NUTS codes
  // The member whose territory holds the code, by prefix; nullptr: no member's.
  std::function<const std::string*(std::string_view nuts)> home_of;
  std::string nuts_version = "2021";
};

// Applies the rule to rows of one role and remembers its answers. Owned by one import.
class PlaceJudge {
 public:
  // `rule` must outlive the judge. unsupported: a NUTS version that this build does not know.
  static Result<PlaceJudge> make(const TerritoryRule& rule, ImportRole role);

  // Where `nuts` lies. invalid_input with the remedy: no NUTS code; an own row of a place
  // elsewhere; a partner row of a place of ours.
  Result<records::Home> judge(std::string_view nuts);
  bool is_nuts(std::string_view nuts) const;
  Error unknown_code(std::string_view nuts) const;

 private:
  PlaceJudge(const TerritoryRule& rule, ImportRole role, const class NutsCodes& codes)
      : rule_(&rule), role_(role), codes_(&codes) {}
  Result<records::Home> ask(std::string_view nuts) const;

  const TerritoryRule* rule_;
  ImportRole role_;
  const class NutsCodes* codes_;
  // Found by a view as well, so that asking makes no string.
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  // At most one per NUTS code.
  std::unordered_map<std::string, Result<records::Home>, Hash, std::equal_to<>> answers_;
};

}  // namespace regions
