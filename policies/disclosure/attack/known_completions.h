// Completions that one attack of a task brought up, for the next: what was withheld
// stays withheld in a wider pattern, and its proof stays one. Whoever takes one checks it against
// the rows and bounds of the day.
//
// One owner. Pure values.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "policies/disclosure/attack/system.h"

namespace regions {

class KnownCompletions {
 public:
  // Cells that move, ascending, and how far.
  using Moves = std::vector<std::pair<CellId, std::int64_t>>;

  // Passed over: one of more than kCellsMax cells, and all once kTermsMax cells are kept.
  void add(Moves moves);

  // Calls `take` with those that move a sum of `cells` by `wanted` or more, the newest first, until
  // it says true; whether it did.
  template <class Take>
  bool find(const std::vector<CellId>& cells, bool up, std::int64_t wanted, Take take) const {
    for (const CellId cell : cells) {
      if (cell >= with_.size()) continue;
      for (auto at = with_[cell].rbegin(); at != with_[cell].rend(); ++at) {
        if (sum(all_[*at], cells) * (up ? 1 : -1) >= wanted && take(all_[*at])) return true;
      }
    }
    return false;
  }

  // For set_proof(), where several sums have one. Nothing once kTermsMax cells are shared.
  std::shared_ptr<const Moves> share(Moves moves);
  // What proved last how far the outsider's sum of `cells` goes: the same attack finds it again,
  // whatever else was asked before.
  void set_proof(const std::vector<CellId>& cells, bool up, std::shared_ptr<const Moves> moves) {
    proofs_[{cells, up}] = std::move(moves);
  }
  // Whether there is one for `wanted` that `take` says true to.
  template <class Take>
  bool is_proven(const std::vector<CellId>& cells, bool up, std::int64_t wanted, Take take) const {
    const auto at = proofs_.find({cells, up});
    return at != proofs_.end() && sum(*at->second, cells) * (up ? 1 : -1) >= wanted &&
           take(*at->second);
  }

 private:
  static constexpr std::size_t kCellsMax = 4'096;
  static constexpr std::size_t kTermsMax = 8'000'000;
  static std::int64_t sum(const Moves& moves, const std::vector<CellId>& cells);

  std::vector<Moves> all_;
  std::vector<std::vector<std::uint32_t>> with_;  // by cell: those that move it
  std::map<std::pair<std::vector<CellId>, bool>, std::shared_ptr<const Moves>> proofs_;
  std::size_t terms_ = 0, shared_terms_ = 0;
};

}  // namespace regions
