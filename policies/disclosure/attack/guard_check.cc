#include "policies/disclosure/attack/guard_check.h"

#include <algorithm>
#include <cmath>

#include "policies/disclosure/attack/completion.h"

namespace regions {
namespace {

// Completions kept, some for each side of a few hundred unsafe cells: more are slower to look
// through than a new question.
constexpr std::size_t kKnownMax = 512;
// How far exactly a sum moves that does not move as far as is wanted is looked for up to here.
constexpr std::size_t kExactCellsMax = 300;

}  // namespace

void GuardCheck::observe(const Observer& observer) {
  program_.observe(observer);
  outsider_ = observer.id == 0;
  std::erase_if(known_, [&](const Known& one) { return !program_.keeps(one.distance); });
  next_ = 0;
}

void GuardCheck::close(CellId cell) {
  program_.close(cell);
  const std::uint32_t column = program_.column_of(cell);
  const auto moved = std::stable_partition(
      known_.begin(), known_.end(), [&](const Known& one) { return one.distance[column] == 0; });
  aside_.assign(std::move_iterator(moved), std::move_iterator(known_.end()));
  known_.erase(moved, known_.end());
}

void GuardCheck::open(CellId cell) {
  program_.open(cell);
  for (Known& one : aside_) {
    if (program_.keeps(one.distance)) keep(std::move(one.distance));
  }
  aside_.clear();
}

std::int64_t GuardCheck::look_up(const std::vector<CellId>& cells, bool up, std::int64_t wanted) {
  std::int64_t best = 0;
  witness_.clear();
  for (const Known& one : known_) {
    const std::int64_t sum = program_.sum(one.distance, cells) * (up ? 1 : -1);
    if (sum <= best) continue;
    best = sum;
    witness_ = one.distance;
    witness_at_ = static_cast<std::size_t>(&one - known_.data());
    if (best >= wanted) break;
  }
  return best;
}

void GuardCheck::keep(std::vector<std::int64_t> distance) {
  if (known_.size() < kKnownMax) {
    witness_at_ = known_.size();
    known_.push_back({std::move(distance), nullptr});
  } else {
    witness_at_ = next_++ % kKnownMax;
    known_[witness_at_] = {std::move(distance), nullptr};
  }
}

bool GuardCheck::recall(const std::vector<CellId>& cells, bool up, std::int64_t wanted,
                        const Work& work) {
  const auto& here = program_.component().cells;
  const auto take = [&](const KnownCompletions::Moves& moves) {
    std::vector<std::int64_t> distance(here.size());
    for (const auto& [cell, move] : moves) {
      const auto at = std::lower_bound(here.begin(), here.end(), cell);
      if (at == here.end() || *at != cell) return false;
      distance[static_cast<std::size_t>(at - here.begin())] = move;
    }
    if (!program_.keeps(distance)) return false;
    witness_ = distance;
    keep(std::move(distance));
    return true;
  };
  return work.known.is_proven(cells, up, wanted, take) || work.known.find(cells, up, wanted, take);
}

// The witness, which stands in known_, is what `cells` move by.
void GuardCheck::tell_proof(const std::vector<CellId>& cells, bool up, Work& work) {
  if (!outsider_) return;
  Known& one = known_[witness_at_];
  if (!one.shared) one.shared = work.known.share(moves_of(one.distance));
  if (one.shared) work.known.set_proof(cells, up, one.shared);
}

Result<bool> GuardCheck::look_inside(const std::vector<CellId>& cells, bool up, std::int64_t wanted,
                                     std::size_t corners, Work& work) {
  if (program_.is_free()) return false;
  TRY(auto whole, program_.whole_inside(cells, up, wanted, corners, work));
  if (!whole) return false;
  // Not told: nearly all cells move, and it would seldom serve another observer.
  witness_ = *whole;
  keep(std::move(*whole));
  return true;
}

// A completion that is new, as the witness.
void GuardCheck::learn(std::vector<std::int64_t> distance, Work& work) {
  work.known.add(moves_of(distance));
  witness_ = distance;
  keep(std::move(distance));
}

KnownCompletions::Moves GuardCheck::moves_of(const std::vector<std::int64_t>& distance) const {
  KnownCompletions::Moves moves;
  for (std::size_t at = 0; at < distance.size(); ++at) {
    if (distance[at] != 0) moves.push_back({program_.component().cells[at], distance[at]});
  }
  return moves;
}

Result<GuardCheck::Move> GuardCheck::moves(const std::vector<CellId>& cells, bool up,
                                           std::int64_t wanted, Work& work) {
  TRY(const Move move, look(cells, up, wanted, work));
  const bool proven = move.found > 0 && !witness_.empty() &&
                      program_.sum(witness_, cells) * (up ? 1 : -1) >= move.found;
  if (proven) tell_proof(cells, up, work);
  return move;
}

Result<GuardCheck::Move> GuardCheck::look(const std::vector<CellId>& cells, bool up,
                                          std::int64_t wanted, Work& work) {
  const std::int64_t known = look_up(cells, up, wanted), limit = program_.limit(cells, up);
  if (known >= std::min(wanted, limit)) return Move{known, std::max(known, limit)};
  if (recall(cells, up, wanted, work)) {
    return Move{program_.sum(witness_, cells) * (up ? 1 : -1), limit};
  }
  TRY(const bool inside,
      look_inside(cells, up, std::min(wanted, limit), AttackProgram::kAllCorners, work));
  if (inside) return Move{program_.sum(witness_, cells) * (up ? 1 : -1), limit};
  TRY(auto reach, program_.farthest(cells, up, work));
  if (reach.proven) {
    const std::int64_t found = std::max(known, program_.sum(reach.distance, cells) * (up ? 1 : -1));
    witness_ = reach.distance;
    keep(std::move(reach.distance));
    return Move{found, std::max(found, reach.most)};
  }
  // The solver's last digits: half a unit is no move.
  const std::int64_t near = std::llround(std::floor(std::abs(reach.value) + 0.01));
  // As many whole units as anybody may ask for.
  if (program_.is_free() && near > 0) {
    return Move{std::max(wanted, near), std::max(wanted, reach.most)};
  }
  TRY(const std::int64_t found, search(cells, up, wanted, near, known, work));
  return Move{found, std::max(found, reach.most)};
}

Result<bool> GuardCheck::reaches(const std::vector<CellId>& cells, bool up, std::int64_t wanted,
                                 Work& work) {
  if (look_up(cells, up, wanted) >= wanted) return true;
  if (program_.limit(cells, up) < wanted) return false;
  if (recall(cells, up, wanted, work)) return true;
  TRY(auto reach, program_.farthest(cells, up, work));
  if (reach.proven) {
    const bool enough = program_.sum(reach.distance, cells) * (up ? 1 : -1) >= wanted;
    witness_ = reach.distance;
    keep(std::move(reach.distance));
    return enough;
  }
  if (reach.most < wanted || std::abs(reach.value) + 0.01 < double(wanted)) return false;
  witness_.clear();
  if (program_.is_free()) return true;
  TRY(const bool inside, look_inside(cells, up, wanted, AttackProgram::kQuickCorners, work));
  if (inside) return true;
  TRY(auto whole, program_.whole_near(cells, up, wanted, work));
  if (!whole) return false;
  learn(std::move(*whole), work);
  return true;
}

Result<bool> GuardCheck::reaches_near(const std::vector<CellId>& cells, bool up,
                                      std::int64_t wanted, Work& work) {
  if (program_.limit(cells, up) < wanted) return false;
  TRY(auto whole, program_.whole_near(cells, up, wanted, work));
  if (whole) {
    work.known.add(moves_of(*whole));
    witness_ = std::move(*whole);
    return true;
  }
  TRY(const Move move, moves(cells, up, wanted, work));
  return move.found >= wanted;
}

// The corner is no whole point. First what is wanted, else the nearest whole numbers below.
Result<std::int64_t> GuardCheck::search(const std::vector<CellId>& cells, bool up,
                                        std::int64_t wanted, std::int64_t limit, std::int64_t found,
                                        Work& work) {
  const std::int64_t aim = std::min(wanted, limit);
  if (aim <= found) return found;
  const std::size_t cells_here = program_.component().cells.size();
  const bool small = cells_here <= kSearchedCellsMax;
  // Where all that is wanted cannot be, the guard is broken however near to the limit one comes.
  if (aim < wanted && cells_here > kExactCellsMax) return found;
  TRY(auto whole, program_.whole_near(cells, up, aim, work));
  if (!whole && small) whole = find_completion(program_, cells, up, aim);
  if (!whole) return found;
  learn(std::move(*whole), work);
  return program_.sum(witness_, cells) * (up ? 1 : -1);
}

}  // namespace regions
