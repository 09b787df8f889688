// Texts of plans for tests.
#pragma once

#include <string>

#include "policies/plan/plan.h"

namespace regions {

inline const std::string kPlanHead =
    "format = \"regions4.plan/1\"\nid = \"p\"\nfrom = 2014\nuntil = 2023\n"
    "[tiers]\nM = 10\nL = 40\n[cell_key]\nD = 3\nvariance = 2.25\n";

// `indicators`, `by` and `tiers` as in TOML without the brackets.
inline std::string planned(const std::string& id, const std::string& indicators,
                           const std::string& period, const std::string& by,
                           const std::string& method, const std::string& tiers) {
  return "[[table]]\nid = \"" + id + "\"\nindicators = [" + indicators + "]\nperiod = \"" + period +
         "\"\nby = [" + by + "]\nmethod = \"" + method + "\"\ntiers = [" + tiers + "]\n";
}

inline Result<Plan> parse(const std::string& text) {
  return parse_plan("plan.toml", text, Catalogue::builtin());
}

}  // namespace regions
