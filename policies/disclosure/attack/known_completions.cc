#include "policies/disclosure/attack/known_completions.h"

#include <algorithm>

namespace regions {

void KnownCompletions::add(Moves moves) {
  if (moves.empty() || moves.size() > kCellsMax || terms_ + moves.size() > kTermsMax) return;
  terms_ += moves.size();
  if (moves.back().first >= with_.size()) with_.resize(moves.back().first + 1);
  for (const auto& move : moves) {
    with_[move.first].push_back(static_cast<std::uint32_t>(all_.size()));
  }
  all_.push_back(std::move(moves));
}

std::shared_ptr<const KnownCompletions::Moves> KnownCompletions::share(Moves moves) {
  if (shared_terms_ + moves.size() > kTermsMax) return nullptr;
  shared_terms_ += moves.size();
  return std::make_shared<const Moves>(std::move(moves));
}

std::int64_t KnownCompletions::sum(const Moves& moves, const std::vector<CellId>& cells) {
  std::int64_t sum = 0;
  for (const CellId cell : cells) {
    const auto at = std::lower_bound(moves.begin(), moves.end(), std::pair(cell, INT64_MIN));
    if (at != moves.end() && at->first == cell) sum += at->second;
  }
  return sum;
}

}  // namespace regions
