#include "policies/disclosure/attack/attack.h"

#include <algorithm>

#include "policies/disclosure/attack/guard_check.h"

namespace regions {
namespace {

// A guard's cells of one component.
struct Part {
  std::size_t guard;
  std::vector<CellId> cells;
};

// Parts by component; guards are split along the components of their cells.
std::vector<std::vector<Part>> parts_of(const std::vector<Component>& components,
                                        const CellSystem& system, const Pattern& withheld,
                                        const std::vector<Guard>& guards) {
  std::vector<std::uint32_t> home(system.size(), UINT32_MAX);
  for (std::uint32_t at = 0; at < components.size(); ++at) {
    for (const CellId cell : components[at].cells) home[cell] = at;
  }
  std::vector<std::vector<Part>> parts(components.size());
  for (std::size_t index = 0; index < guards.size(); ++index) {
    for (const CellId cell : guards[index].cells) {
      if (!withheld[cell]) continue;
      auto& here = parts[home[cell]];
      if (here.empty() || here.back().guard != index) here.push_back({index, {}});
      here.back().cells.push_back(cell);
    }
  }
  for (auto& here : parts) {
    std::stable_sort(here.begin(), here.end(), [&](const Part& a, const Part& b) {
      return guards[a.guard].observer < guards[b.guard].observer;
    });
  }
  return parts;
}

// What one guard still needs; parts of several components add up.
std::int64_t wanted(const Guard& guard, const Breach& so_far, bool up) {
  const std::int64_t level = up ? guard.level.upper : guard.level.lower;
  const std::int64_t have = up ? so_far.above : so_far.below;
  // A sliding level is met by both sides together: look for all of it on either.
  return std::max<std::int64_t>(std::max(level, guard.level.sliding) - have, 0);
}

bool holds(const Guard& guard, const Breach& reached) {
  return reached.above >= guard.level.upper && reached.below >= guard.level.lower &&
         reached.above + reached.below >= guard.level.sliding;
}

Result<void> attack_component(const CellSystem& system, const Component& component,
                              const std::vector<Part>& parts,
                              const std::vector<Observer>& observers,
                              const std::vector<Guard>& guards, std::vector<Breach>& reached,
                              Work& work) {
  if (parts.empty()) return {};
  work.at = component.cells.front();
  TRY(auto check, GuardCheck::make(system, component));
  std::uint32_t observer = UINT32_MAX;
  for (const Part& part : parts) {
    const Guard& guard = guards[part.guard];
    work.at = part.cells.front();
    work.step = {"attacking", static_cast<std::size_t>(&part - parts.data()), parts.size()};
    if (guard.observer != observer) check.observe(observers[observer = guard.observer]);
    Breach& so_far = reached[part.guard];
    for (const bool up : {true, false}) {
      const std::int64_t need = wanted(guard, so_far, up);
      if (need == 0) continue;
      TRY(const GuardCheck::Move move, check.moves(part.cells, up, need, work));
      (up ? so_far.above : so_far.below) += move.found;
      std::int64_t& most = up ? so_far.above_most : so_far.below_most;
      most += std::min(move.most, kNoBound - most);
    }
  }
  return {};
}

// Those inside count (0.01: the solver's last digits).
std::int64_t whole_units(double distance) {
  return static_cast<std::int64_t>(std::abs(distance) + 0.01);
}

// A whole corner is exact.
std::int64_t whole(const AttackProgram& program, CellId cell, const AttackProgram::Reach& reach) {
  if (reach.proven) return std::abs(program.sum(reach.distance, {cell}));
  return whole_units(reach.value);
}

// The ends that are known so far, and where one cannot lie farther.
class Ends {
 public:
  explicit Ends(AttackProgram& program)
      : program_(program),
        below_(program.component().cells.size()),
        above_(program.component().cells.size()) {}

  // How far the interval's cell goes up, or down.
  Result<void> find(CellInterval& interval, bool up, Work& work) {
    std::int64_t& end = up ? interval.above : interval.below;
    TRY(end, of(interval.cell, up, work));
    (up ? interval.open_above : interval.open_below) = program_.is_far(double(end));
    return {};
  }

 private:
  Result<std::int64_t> of(CellId cell, bool up, Work& work) {
    const std::int64_t& known = (up ? above_ : below_)[program_.column_of(cell)];
    if (known == program_.limit({cell}, up)) return known;
    TRY(const auto reach, program_.farthest({cell}, up, work));
    learn(reach.point);
    return whole(program_, cell, reach);
  }

  // A point is one of every cell, whole units of it.
  void learn(const std::vector<double>& point) {
    for (std::size_t at = 0; at < point.size(); ++at) {
      const std::int64_t units = whole_units(point[at]);
      (point[at] < 0 ? below_ : above_)[at] =
          std::max((point[at] < 0 ? below_ : above_)[at], units);
    }
  }

  AttackProgram& program_;
  std::vector<std::int64_t> below_, above_;
};

}  // namespace

Result<CellReach> find_reach(AttackProgram& program, CellId cell, Work& work) {
  CellReach made{{cell, 0, 0, false, false}, {}, {}};
  TRY(auto high, program.farthest({cell}, true, work));
  TRY(auto low, program.farthest({cell}, false, work));
  made.interval.above = whole(program, cell, high);
  made.interval.below = whole(program, cell, low);
  made.interval.open_above = high.unbounded;
  made.interval.open_below = low.unbounded;
  if (high.proven) made.high = std::move(high.distance);
  if (low.proven) made.low = std::move(low.distance);
  return made;
}

Result<std::vector<CellInterval>> find_intervals(const CellSystem& system, const Pattern& withheld,
                                                 const Observer& observer, Work& work) {
  std::vector<CellId> cells;
  for (CellId cell = 0; cell < withheld.size(); ++cell) {
    if (withheld[cell]) cells.push_back(cell);
  }
  return find_intervals(system, withheld, cells, observer, work);
}

Result<std::vector<CellInterval>> find_intervals(const CellSystem& system, const Pattern& withheld,
                                                 const std::vector<CellId>& cells,
                                                 const Observer& observer, Work& work) {
  std::vector<CellInterval> found;
  for (const Component& component : components_of(system, withheld)) {
    TRY(auto program, AttackProgram::make(system, component));
    program.observe(observer);
    Ends ends(program);
    const std::size_t first = found.size();
    for (const CellId cell : component.cells) {
      if (std::binary_search(cells.begin(), cells.end(), cell)) {
        found.push_back({cell, 0, 0, false, false});
      }
    }
    // One way after the other: from end to end it is a long way.
    for (const bool up : {true, false}) {
      for (std::size_t at = first; at < found.size(); ++at) {
        work.step = {"computing intervals", up ? at : cells.size() + at, 2 * cells.size()};
        TRY_VOID(ends.find(found[at], up, work));
      }
    }
  }
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.cell < b.cell; });
  return found;
}

Result<std::vector<Breach>> find_breaches(const CellSystem& system, const Pattern& withheld,
                                          const std::vector<Observer>& observers,
                                          const std::vector<Guard>& guards, Work& work) {
  const auto components = components_of(system, withheld);
  const auto parts = parts_of(components, system, withheld, guards);
  std::vector<Breach> reached(guards.size());
  for (std::size_t at = 0; at < components.size(); ++at) {
    TRY_VOID(attack_component(system, components[at], parts[at], observers, guards, reached, work));
  }
  std::vector<Breach> broken;
  for (std::size_t index = 0; index < guards.size(); ++index) {
    reached[index].guard = index;
    if (!holds(guards[index], reached[index])) broken.push_back(reached[index]);
  }
  return broken;
}

}  // namespace regions
