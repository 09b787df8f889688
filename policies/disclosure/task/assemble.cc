#include "policies/disclosure/task/assemble.h"

#include <algorithm>

#include "policies/disclosure/rules/wide.h"
#include "protocol/base/tagged.h"
#include "protocol/crypto/sha256.h"

namespace regions {
namespace {

class Assembler {
 public:
  Assembler(const DisclosureSpec& spec, const BuiltTable& built, Convention convention,
            std::string_view seed, const SingletonMethod& method, Assembly& out)
      : spec_(spec),
        built_(built),
        convention_(convention),
        seed_(seed),
        method_(method),
        out_(out) {}

  void run() {
    out_.states.resize(cells().size());
    for (CellId cell = 0; cell < cells().size(); ++cell) judge(cell);
    fill_system();
    fill_problem();
  }

 private:
  const std::vector<TableCell>& cells() const { return built_.table.cells(); }
  bool full() const { return convention_ == Convention::full; }
  // A table of counts: the value is the number of contributors.
  bool counts() const { return spec_.input.value.empty(); }

  Zeros zeros() const {
    if (spec_.zeros != Zeros::by_convention) return spec_.zeros;
    const bool protects = full() || convention_ == Convention::gauss;
    return counts() && protects ? Zeros::unsafe : Zeros::safe;
  }

  // Declared to be empty for everybody: no row of the input stands in the cell.
  bool structural(CellId id) const {
    return spec_.structural_empty && !built_.filled[id] && cells()[id].value == 0 &&
           built_.wishes[id].status == Wish::Status::none;
  }

  void judge(CellId id) {
    const TableCell& cell = cells()[id];
    const Wish& wish = built_.wishes[id];
    CellState& state = out_.states[id];
    state.hidden = !cell.shown;
    state.empty = cell.who.count() == 0 && cell.value == 0;
    // Other tools look at what is to be published alone.
    if (state.hidden && !full()) return;
    if (structural(id)) return;
    if (wish.status == Wish::Status::unsafe) {
      state.verdict = CellVerdict{Reason::manual, spec_.rules.manual_level(cell.value)};
    } else if (wish.status == Wish::Status::none) {
      state.verdict = spec_.rules.judge(cell.who);
      if (!state.verdict && cell.value == 0 && zeros() == Zeros::unsafe) {
        state.verdict = CellVerdict{Reason::zero, {0, 1, 0}};
      }
      if (!state.verdict && method_.all_unsafe && !cell.total && cell.who.count() == 1) {
        state.verdict = CellVerdict{Reason::manual, {0, 1, 0}};
      }
    }
    if (state.verdict) state.verdict->level = level_of(cell, wish, *state.verdict);
  }

  Level level_of(const TableCell& cell, const Wish& wish, const CellVerdict& verdict) const {
    switch (convention_) {
      case Convention::sdctable:
        return {std::min<std::int64_t>(1, cell.value), 1, 0};
      case Convention::gauss:
        return {0, 1, 0};
      case Convention::full:
      case Convention::tauargus:
        break;
    }
    Level level = verdict.level;
    if (full() && counts() && verdict.reason != Reason::manual) {
      level = count_level(spec_.rules, cell.value);
    }
    if (wish.below) level.lower = std::min(*wish.below, cell.value);
    if (wish.above) level.upper = *wish.above;
    return level;
  }

  void fill_system() {
    CellSystem& system = out_.system;
    system.equations = built_.table.equations();
    if (!full()) system.equations.resize(built_.table.own_equations());
    std::int64_t most = 0;
    for (const TableCell& cell : cells()) most = std::max(most, cell.value);
    for (const TableCell& cell : cells()) {
      system.value.push_back(cell.value);
      std::int64_t below = cell.value, above = kNoBound;
      if (convention_ == Convention::gauss) {
        below = kNoBound;
      } else if (!full()) {
        above = most - cell.value;
      }
      if (spec_.bounds_parts > 0 && convention_ != Convention::gauss) {
        const auto near =
            static_cast<std::int64_t>(Wide{cell.value} * spec_.bounds_parts / Percent::kWhole);
        below = std::min(below, near);
        above = std::min(above, near);
      }
      system.below.push_back(below);
      system.above.push_back(above);
    }
  }

  CostKind cost_kind() const {
    if (spec_.cost != CostKind::by_convention) return spec_.cost;
    return convention_ == Convention::sdctable ? CostKind::count : CostKind::value;
  }

  std::int64_t worth_of(CellId id) const {
    const TableCell& cell = cells()[id];
    if (built_.wishes[id].cost) return *built_.wishes[id].cost;
    const CostKind kind = cost_kind();
    if (kind == CostKind::unity) return 1;
    return kind == CostKind::count ? cell.who.count() : cell.value;
  }

  // From 0 to 1, the same for one seed and cell on every machine.
  double tie(CellId id) const {
    TaggedWriter message("suppression-tie");
    message.field(built_.table.name(id));
    const Digest digest = hmac_sha256(seed_, {message.take()});
    return static_cast<double>(read_u32(digest.view().substr(0, 4))) / 4294967296.0;
  }

  // A zero that GaussSuppression withholds: somebody reports it (CandidatesNum, secondaryZeros).
  bool is_candidate(CellId id) const {
    if (convention_ != Convention::gauss || counts() || spec_.zeros == Zeros::safe) return false;
    const bool counted = spec_.input.kind == InputKind::records || !spec_.input.count.empty();
    return counted ? cells()[id].who.count() > 0 : built_.filled[id];
  }

  CellRole role_of(CellId id) const {
    const CellState& state = out_.states[id];
    const Wish& wish = built_.wishes[id];
    if (wish.released) return CellRole::published;
    if (state.hidden) return CellRole::primary;
    if (state.verdict) return CellRole::primary;
    if (wish.status == Wish::Status::published || structural(id)) return CellRole::published;
    if (cells()[id].value == 0 && zeros() == Zeros::safe && !is_candidate(id)) {
      return CellRole::published;
    }
    return CellRole::eligible;
  }

  void fill_problem() {
    SuppressionProblem& problem = out_.problem;
    problem.system = &out_.system;
    problem.observers.resize(1);
    const bool amounts = cost_kind() == CostKind::value || cost_kind() == CostKind::column;
    out_.worth_decimals = amounts ? built_.table.decimals : 0;
    double sum = 0;
    std::size_t eligible = 0;
    for (CellId id = 0; id < cells().size(); ++id) {
      problem.role.push_back(role_of(id));
      out_.worth.push_back(worth_of(id));
      if (problem.role.back() != CellRole::eligible) continue;
      sum += static_cast<double>(out_.worth.back());
      ++eligible;
    }
    const double mean =
        std::max(sum / static_cast<double>(std::max<std::size_t>(eligible, 1)), 1e-9);
    for (CellId id = 0; id < cells().size(); ++id) {
      // Ties change nothing that a cost of one in a million of the mean decides.
      constexpr double kTie = 1e-6, kLeast = 1e-5;
      const double worth = static_cast<double>(out_.worth[id]) / mean;
      const bool asked = problem.role[id] == CellRole::eligible;
      problem.cost.push_back(asked ? std::max(worth, kLeast) + kTie * tie(id) : 0);
      // What an earlier release told cannot be withheld any more: disclosed, and reported so.
      if (out_.states[id].verdict && problem.role[id] == CellRole::primary) {
        problem.guards.push_back({{id}, out_.states[id].verdict->level, 0});
      }
    }
  }

  const DisclosureSpec& spec_;
  const BuiltTable& built_;
  Convention convention_;
  std::string_view seed_;
  const SingletonMethod& method_;
  Assembly& out_;
};

}  // namespace

Level count_level(const RuleBook& rules, std::int64_t value) {
  std::int64_t most = 1;
  for (const FrequencyRule& rule : rules.frequency) most = std::max(most, rule.minimum() - 1);
  return {value, std::max<std::int64_t>(most - value, 0), 0};
}

std::unique_ptr<Assembly> assemble(const DisclosureSpec& spec, const BuiltTable& built,
                                   Convention convention, std::string_view seed,
                                   const SingletonMethod& method) {
  auto made = std::make_unique<Assembly>();
  Assembler(spec, built, convention, seed, method, *made).run();
  return made;
}

}  // namespace regions
