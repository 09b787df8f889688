#include "policies/disclosure/suppression/prune.h"

#include <algorithm>
#include <map>
#include <memory>

#include "policies/disclosure/attack/guard_check.h"

namespace regions {
namespace {

// One per cell of the component; several sides share one.
using Completion = std::shared_ptr<const std::vector<std::int64_t>>;

// One side of one guard within the component.
struct Side {
  std::size_t guard;
  bool up;
  std::vector<CellId> cells;
  std::int64_t wanted;  // what it comes to now, as far as it is asked for
  Completion kept_by;   // empty: none is at hand, and every change asks anew
};

class Pruner {
 public:
  Pruner(const SuppressionProblem& problem, const Component& component, GuardCheck check,
         Pattern& withheld, Work& work)
      : problem_(problem),
        component_(component),
        check_(std::move(check)),
        withheld_(withheld),
        work_(work) {}

  Result<void> run(std::uint64_t until) {
    TRY_VOID(find_sides(until));
    const std::vector<CellId> added = dearest_first();
    for (const CellId& cell : added) {
      if (work_.effort >= until) break;
      work_.step = {"publishing again", static_cast<std::size_t>(&cell - added.data()),
                    added.size()};
      TRY_VOID(try_without(cell));
    }
    tell_proofs();
    return {};
  }

 private:
  // Every side has its completion still: the attack on what comes out need not find others.
  void tell_proofs() {
    std::map<Completion, std::shared_ptr<const KnownCompletions::Moves>> shared;
    for (const Side& side : sides_) {
      const bool outsider = problem_.observers[problem_.guards[side.guard].observer].id == 0;
      if (!side.kept_by || !outsider) continue;
      auto [at, is_new] = shared.try_emplace(side.kept_by);
      if (is_new) at->second = work_.known.share(check_.moves_of(*side.kept_by));
      if (at->second) work_.known.set_proof(side.cells, side.up, at->second);
    }
  }

  std::vector<CellId> dearest_first() const {
    std::vector<CellId> added;
    for (const CellId cell : component_.cells) {
      if (problem_.role[cell] == CellRole::eligible) added.push_back(cell);
    }
    std::stable_sort(added.begin(), added.end(),
                     [&](CellId a, CellId b) { return problem_.cost[a] > problem_.cost[b]; });
    return added;
  }

  Result<void> find_sides(std::uint64_t until) {
    for (std::size_t index = 0; index < problem_.guards.size(); ++index) {
      const Guard& guard = problem_.guards[index];
      std::vector<CellId> here;
      for (const CellId cell : guard.cells) {
        if (is_here(cell)) here.push_back(cell);
      }
      if (here.empty()) continue;
      const std::int64_t sliding = guard.level.sliding;
      for (const bool up : {true, false}) {
        const std::int64_t level = std::max(up ? guard.level.upper : guard.level.lower, sliding);
        if (level > 0) sides_.push_back({index, up, here, level, {}});
      }
    }
    std::stable_sort(sides_.begin(), sides_.end(), [&](const Side& a, const Side& b) {
      return problem_.guards[a.guard].observer < problem_.guards[b.guard].observer;
    });
    for (Side& side : sides_) {
      if (work_.effort >= until) return {};
      observe(side);
      TRY(const auto move, check_.moves(side.cells, side.up, side.wanted, work_));
      side.wanted = std::min(side.wanted, move.found);
      side.kept_by = last(side);
    }
    return {};
  }

  bool is_here(CellId cell) const {
    return std::binary_search(component_.cells.begin(), component_.cells.end(), cell);
  }

  void observe(const Side& side) {
    const std::uint32_t observer = problem_.guards[side.guard].observer;
    if (observer == observing_) return;
    observing_ = observer;
    check_.observe(problem_.observers[observer]);
  }

  // The completion behind the last answer; mostly the one before it.
  Completion last(const Side& side) {
    const auto& witness = check_.witness();
    if (witness.empty()) return {};
    if (check_.program().sum(witness, side.cells) * (side.up ? 1 : -1) < side.wanted) return {};
    if (!last_ || *last_ != witness) {
      last_ = std::make_shared<const std::vector<std::int64_t>>(witness);
    }
    return last_;
  }

  // Sides that need another completion without the cell; those beside it come first, because they
  // are the ones that may find none.
  std::vector<std::size_t> touched_by(CellId cell) const {
    std::vector<std::size_t> near, far;
    const std::uint32_t column = check_.program().column_of(cell);
    const std::vector<std::uint8_t> beside = beside_of(column);
    for (std::size_t at = 0; at < sides_.size(); ++at) {
      const Side& side = sides_[at];
      if (side.wanted == 0) continue;
      if (side.kept_by && (*side.kept_by)[column] == 0) continue;
      const bool is_near = std::any_of(side.cells.begin(), side.cells.end(), [&](CellId one) {
        return beside[check_.program().column_of(one)] != 0;
      });
      (is_near ? near : far).push_back(at);
    }
    near.insert(near.end(), far.begin(), far.end());
    // One observer after the other: their bounds are set once.
    std::stable_sort(near.begin(), near.end(), [&](std::size_t a, std::size_t b) {
      return problem_.guards[sides_[a].guard].observer < problem_.guards[sides_[b].guard].observer;
    });
    return near;
  }

  std::vector<std::uint8_t> beside_of(std::uint32_t column) const {
    std::vector<std::uint8_t> beside(component_.cells.size(), 0);
    for (const LinearRow& row : check_.program().rows()) {
      const bool here = std::any_of(row.begin(), row.end(),
                                    [&](const LinearTerm& term) { return term.column == column; });
      if (!here) continue;
      for (const LinearTerm& term : row) beside[term.column] = 1;
    }
    return beside;
  }

  Result<void> try_without(CellId cell) {
    std::vector<std::pair<std::size_t, Completion>> found;
    check_.close(cell);
    // Bounds are narrowed again for every cell.
    constexpr std::uint64_t kNarrowed = 20;
    work_.effort += kNarrowed * component_.cells.size();
    for (const std::size_t at : touched_by(cell)) {
      const Side& side = sides_[at];
      observe(side);
      TRY(const bool reached, check_.reaches(side.cells, side.up, side.wanted, work_));
      if (!reached) {
        check_.open(cell);
        return {};
      }
      found.push_back({at, last(side)});
    }
    for (auto& [at, completion] : found) sides_[at].kept_by = std::move(completion);
    withheld_[cell] = 0;
    return {};
  }

  const SuppressionProblem& problem_;
  const Component& component_;
  GuardCheck check_;
  Pattern& withheld_;
  Work& work_;
  std::vector<Side> sides_;
  Completion last_;
  std::uint32_t observing_ = UINT32_MAX;
};

}  // namespace

Result<void> prune(const SuppressionProblem& problem, Pattern& withheld, std::uint64_t until,
                   Work& work) {
  for (const Component& component : components_of(*problem.system, withheld)) {
    if (work.effort >= until) return {};
    TRY(auto check, GuardCheck::make(*problem.system, component));
    TRY_VOID(Pruner(problem, component, std::move(check), withheld, work).run(until));
  }
  return {};
}

}  // namespace regions
