#include "policies/disclosure/amounts/amount_history.h"

#include <map>

namespace regions {

void AmountHistory::release(const std::vector<DecidedAmount>& decided) {
  std::map<AmountCell, std::size_t> known;
  for (std::size_t at = 0; at < cells.size(); ++at) known.emplace(cells[at].cell, at);
  for (const DecidedAmount& one : decided) {
    const auto [at, is_new] = known.emplace(one.cell, cells.size());
    if (is_new) {
      cells.push_back(one);
    } else {
      cells[at->second] = one;
    }
  }
}

}  // namespace regions
