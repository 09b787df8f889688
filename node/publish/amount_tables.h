// Which decision a table of an amount stands in.
#pragma once

#include <algorithm>

#include "node/ledger/ledger.h"
#include "policies/plan/plan.h"

namespace regions {

inline bool is_in(const AmountCell& cell, const DueTable& due) {
  const std::vector<std::string>& by = due.table->by;
  return cell.period == due.period.text() &&
         std::equal(by.begin(), by.end(), cell.categories.begin(), cell.categories.end(),
                    [](const std::string& id, const auto& at) { return id == at.first; });
}

// The last decision that holds it, which holds it whole; nullptr: none does.
inline const AmountDecision* last_of(const std::vector<AmountDecision>& decisions,
                                     const DueTable& due) {
  const auto last = std::find_if(decisions.rbegin(), decisions.rend(), [&](const auto& decision) {
    return std::any_of(decision.cells.begin(), decision.cells.end(),
                       [&](const DecidedAmount& one) { return is_in(one.cell, due); });
  });
  return last == decisions.rend() ? nullptr : &*last;
}

// Whether what was decided of it last has been stated, whatever became of that.
inline bool is_stated(const AmountDecision& decision, const std::vector<LedgerRelease>& versions) {
  return std::any_of(versions.begin(), versions.end(),
                     [&](const auto& one) { return one.decision == decision.number; });
}

}  // namespace regions
