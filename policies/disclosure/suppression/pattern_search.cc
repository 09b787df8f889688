#include "policies/disclosure/suppression/pattern_search.h"

#include <algorithm>
#include <cmath>

namespace regions {
namespace {

// The solver's last digits.
constexpr double kLevelNoise = 1e-6;

Move::const_iterator find_in(const Move& move, CellId cell) {
  const auto at = std::lower_bound(move.begin(), move.end(), std::pair(cell, -HUGE_VAL));
  return at != move.end() && at->first == cell ? at : move.end();
}

bool uses(const Move& move, CellId cell) { return find_in(move, cell) != move.end(); }

}  // namespace

Result<PatternSearch> PatternSearch::make(const SuppressionProblem& problem,
                                          const Component& component, Pattern& withheld) {
  TRY(auto program, MoveProgram::make(problem, component));
  return PatternSearch(problem, std::move(program), withheld);
}

PatternSearch::PatternSearch(const SuppressionProblem& problem, MoveProgram program,
                             Pattern& withheld)
    : problem_(&problem),
      program_(std::move(program)),
      withheld_(&withheld),
      shut_(withheld.size(), 0),
      uses_(withheld.size(), 0),
      has_sides_(problem.guards.size(), 0) {}

void PatternSearch::add_sides(const std::vector<std::size_t>& guards) {
  const auto& cells = program_.cells();
  for (const std::size_t index : guards) {
    const Guard& guard = problem_->guards[index];
    const bool here = std::any_of(guard.cells.begin(), guard.cells.end(), [&](CellId cell) {
      return std::binary_search(cells.begin(), cells.end(), cell);
    });
    if (!here || has_sides_[index]) continue;
    has_sides_[index] = 1;
    for (const bool up : {true, false}) {
      const std::int64_t level = up ? guard.level.upper : guard.level.lower;
      if (level > 0) sides_.push_back({index, up, static_cast<double>(level), {}});
    }
  }
  // The farthest first: their moves keep many others. Then by observer, whose bounds are set once.
  std::stable_sort(sides_.begin(), sides_.end(), [&](const Side& a, const Side& b) {
    const auto of_a = observer_of(a), of_b = observer_of(b);
    if (of_a != of_b) return of_a < of_b;
    return a.level != b.level ? a.level > b.level : a.guard < b.guard;
  });
}

// A move of another side may keep this one as well: the shortest such, none of a shut cell.
const Move* PatternSearch::known_for(const Side& side) const {
  const Guard& guard = problem_->guards[side.guard];
  const Move* best = nullptr;
  for (const Side& one : sides_) {
    if (one.move.empty() || observer_of(one) != guard.observer) continue;
    if (best != nullptr && best->size() <= one.move.size()) continue;
    double sum = 0;
    for (const CellId cell : guard.cells) {
      const auto found = find_in(one.move, cell);
      if (found != one.move.end()) sum += found->second;
    }
    if (sum * (side.up ? 1 : -1) < side.level * (1 - kLevelNoise)) continue;
    const bool is_shut = std::any_of(one.move.begin(), one.move.end(),
                                     [&](const auto& step) { return shut_[step.first] != 0; });
    if (!is_shut) best = &one.move;
  }
  return best;
}

// `move` is a copy: it may be another side's.
void PatternSearch::set_move(Side& side, Move move) {
  for (const auto& step : side.move) --uses_[step.first];
  for (const auto& step : move) ++uses_[step.first];
  side.move = std::move(move);
}

Result<std::optional<std::size_t>> PatternSearch::keep(const std::vector<std::size_t>& guards,
                                                       const Pattern& shut, const Stop& stop,
                                                       Work& work) {
  add_sides(guards);
  for (Side& side : sides_) {
    const auto done = static_cast<std::size_t>(&side - sides_.data());
    if (stop(done, sides_.size())) break;
    work.step = {"keeping levels", done, sides_.size()};
    if (!side.move.empty()) continue;
    if (const Move* known = known_for(side)) {
      set_move(side, Move(*known));
      continue;
    }
    TRY(auto move,
        program_.cheapest(problem_->guards[side.guard], side.up, *withheld_, shut, work));
    if (!move) return std::optional(side.guard);
    for (const auto& step : *move) (*withheld_)[step.first] = 1;
    set_move(side, std::move(*move));
  }
  return std::optional<std::size_t>();
}

bool PatternSearch::is_added(CellId cell) const {
  return (*withheld_)[cell] != 0 && problem_->role[cell] == CellRole::eligible;
}

std::vector<CellId> PatternSearch::added_dearest_first() const {
  std::vector<CellId> added;
  for (const CellId cell : program_.cells()) {
    if (is_added(cell)) added.push_back(cell);
  }
  std::stable_sort(added.begin(), added.end(),
                   [&](CellId a, CellId b) { return problem_->cost[a] > problem_->cost[b]; });
  return added;
}

void PatternSearch::publish_unused() {
  for (const CellId cell : program_.cells()) {
    if (is_added(cell) && uses_[cell] == 0) (*withheld_)[cell] = 0;
  }
}

Result<bool> PatternSearch::exchange(std::uint64_t until, Work& work) {
  bool any = false;
  publish_unused();
  const std::vector<CellId> added = added_dearest_first();
  for (const CellId& cell : added) {
    if (work.effort >= until) break;
    work.step = {"exchanging cells", static_cast<std::size_t>(&cell - added.data()), added.size()};
    if (!is_added(cell)) continue;
    TRY(const bool done, without(cell, problem_->cost[cell], work));
    any = any || done;
  }
  return any;
}

Result<bool> PatternSearch::without(CellId cell, double most, Work& work) {
  Changes changes;
  shut_[cell] = 1;
  (*withheld_)[cell] = 0;
  const Result<bool> done = go_round(cell, most, changes, work);
  shut_[cell] = 0;
  if (!done || !*done) {
    undo(changes);
    (*withheld_)[cell] = 1;
    return done;
  }
  publish_unused();
  return true;
}

// Other moves for the sides whose move has the cell.
Result<bool> PatternSearch::go_round(CellId cell, double most, Changes& changes, Work& work) {
  for (std::size_t at = 0; at < sides_.size(); ++at) {
    Side& side = sides_[at];
    if (!uses(side.move, cell)) continue;
    std::optional<Move> move;
    if (const Move* known = known_for(side)) {
      move = *known;
    } else {
      TRY(move, program_.cheapest(problem_->guards[side.guard], side.up, *withheld_, shut_, work));
    }
    if (!move) return false;
    for (const auto& step : *move) {
      std::uint8_t& mark = (*withheld_)[step.first];
      if (mark) continue;
      mark = 1;
      changes.added.push_back(step.first);
      changes.cost += problem_->cost[step.first];
    }
    // What exchanges without a gain would go round for ever.
    constexpr double kGain = 1e-9;
    if (!changes.added.empty() && changes.cost >= most * (1 - kGain)) return false;
    changes.moves.push_back({at, side.move});
    set_move(side, std::move(*move));
  }
  return true;
}

void PatternSearch::undo(Changes& changes) {
  for (auto& [side, move] : changes.moves) set_move(sides_[side], std::move(move));
  for (const CellId added : changes.added) (*withheld_)[added] = 0;
}

}  // namespace regions
