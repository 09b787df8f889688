#include "policies/disclosure/attack/guard_check.h"

#include <cmath>

#include "policies/disclosure/attack/completion.h"

namespace regions {
namespace {

// Completions kept: more are slower to look through than a new question.
constexpr std::size_t kKnownMax = 64;

}  // namespace

void GuardCheck::observe(const Observer& observer) {
  program_.observe(observer);
  std::erase_if(known_, [&](const auto& distance) { return !program_.keeps(distance); });
  next_ = 0;
}

std::int64_t GuardCheck::look_up(const std::vector<CellId>& cells, bool up, std::int64_t wanted) {
  std::int64_t best = 0;
  witness_.clear();
  for (const auto& distance : known_) {
    const std::int64_t sum = program_.sum(distance, cells) * (up ? 1 : -1);
    if (sum <= best) continue;
    best = sum;
    witness_ = distance;
    if (best >= wanted) break;
  }
  return best;
}

void GuardCheck::keep(std::vector<std::int64_t> distance) {
  if (known_.size() < kKnownMax) {
    known_.push_back(std::move(distance));
  } else {
    known_[next_++ % kKnownMax] = std::move(distance);
  }
}

Result<std::int64_t> GuardCheck::moves(const std::vector<CellId>& cells, bool up,
                                       std::int64_t wanted, Work& work) {
  std::int64_t best = look_up(cells, up, wanted);
  if (best >= std::min(wanted, program_.limit(cells, up))) return best;
  TRY(auto reach, program_.farthest(cells, up, work));
  // The solver's last digits: half a unit is no move.
  const std::int64_t limit = std::llround(std::floor(std::abs(reach.value) + 0.01));
  if (reach.proven) {
    best = std::max(best, program_.sum(reach.distance, cells) * (up ? 1 : -1));
    witness_ = reach.distance;
    keep(std::move(reach.distance));
    return best;
  }
  // As many whole units as anybody may ask for.
  if (program_.is_free() && limit > 0) return std::max(wanted, limit);
  // The corner is no whole point. First what is wanted, else the nearest whole numbers below.
  const std::int64_t aim = std::min(wanted, limit);
  if (aim <= best) return best;
  const bool small = program_.component().cells.size() <= kSearchedCellsMax;
  // Where all that is wanted cannot be, the guard is broken however near to the limit one comes.
  if (aim < wanted && !small) return best;
  TRY(auto found, program_.whole_near(cells, up, aim, work));
  if (!found && small) found = find_completion(program_, cells, up, aim);
  if (!found) return best;
  best = program_.sum(*found, cells) * (up ? 1 : -1);
  witness_ = *found;
  keep(std::move(*found));
  return best;
}

}  // namespace regions
