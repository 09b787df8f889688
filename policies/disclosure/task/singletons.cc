#include "policies/disclosure/task/singletons.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "policies/disclosure/attack/components.h"

namespace regions {
namespace {

// Pairs of a contributor and an unsafe cell that are asked about one by one; each may need a
// program.
constexpr std::size_t kPairsMax = 20'000;

// Exact disclosure is all that these options are about.
constexpr Level kNotExactly{0, 1, 0};

class SingletonFinder {
 public:
  SingletonFinder(const SingletonMethod& method, const DisclosureSpec& spec,
                  const BuiltTable& built, const Assembly& assembly, const Pattern& withheld)
      : method_(method), spec_(spec), built_(built), assembly_(assembly), withheld_(withheld) {
    found_.observers.resize(1);
  }

  Insiders run() && {
    find_open();
    find_first();
    add_lines();
    if (method_.any_sum) add_nothing_below();
    found_.owners_only = method_.contributors && !add_contributors();
    if (method_.group_sums || method_.pair_sums || method_.difference_sums || found_.owners_only) {
      add_sums();
    }
    return std::move(found_);
  }

 private:
  const Contributions& who(CellId cell) const { return built_.table.cells()[cell].who; }
  bool unsafe(CellId cell) const { return assembly_.states[cell].verdict.has_value(); }

  bool is_inner(CellId cell) const {
    const auto& dimensions = built_.table.dimensions();
    const auto& codes = built_.table.cells()[cell].codes;
    for (std::size_t k = 0; k < codes.size(); ++k) {
      if (codes[k] >= dimensions[k].size() || !dimensions[k].is_leaf(codes[k])) return false;
    }
    return true;
  }

  // In a table of counts the zeros are, or where these are published the ones. Of amounts who is
  // alone in an inner cell that is not unsafe (weighted, or safe by request) is taken for nobody.
  bool is_singleton(CellId cell) const {
    if (!spec_.input.value.empty()) return who(cell).count() == 1 && !open_[cell];
    return built_.table.cells()[cell].value == (spec_.zeros == Zeros::safe ? 1 : 0);
  }

  std::uint32_t owner(CellId cell) const {
    const auto& units = who(cell).units();
    const bool named = method_.by_contributor && !units.empty();
    if (named && units.front().unit < built_.units.size()) {
      return static_cast<std::uint32_t>(units.front().unit + 1);
    }
    return static_cast<std::uint32_t>(built_.units.size() + 1 + first_[cell]);
  }

  void find_open() {
    open_.assign(withheld_.size(), false);
    for (CellId cell = 0; cell < withheld_.size(); ++cell) {
      if (who(cell).count() != 1 || !is_inner(cell)) continue;
      if (unsafe(cell) || assembly_.states[cell].hidden) continue;
      for (const CellId above : built_.table.cells_of(built_.table.cells()[cell].codes)) {
        open_[above] = true;
      }
    }
  }

  // Who is alone in a total is alone in one of its parts.
  void find_first() {
    first_.resize(withheld_.size());
    std::iota(first_.begin(), first_.end(), 0);
    for (bool moved = true; moved;) {
      moved = false;
      for (const Equation& line : assembly_.system.equations) {
        const CellId total = line.front().cell;
        if (who(total).count() != 1) continue;
        for (const EquationTerm& term : line) {
          if (who(term.cell).count() != 1 || first_[term.cell] == first_[total]) continue;
          first_[term.cell] = first_[total] = std::min(first_[term.cell], first_[total]);
          moved = true;
        }
      }
    }
  }

  void add_sum(std::vector<CellId> cells, Level level = kNotExactly) {
    std::sort(cells.begin(), cells.end());
    if (sums_.insert(cells).second) found_.guards.push_back({std::move(cells), level, 0});
  }

  void add_lines() {
    for (const Equation& line : assembly_.system.equations) {
      const CellId total = line.front().cell;
      if (assembly_.states[total].hidden) continue;
      if (!unsafe(total)) add_pair(line);
      if (method_.threshold > 0 && !withheld_[total]) add_threshold(line);
    }
  }

  void add_pair(const Equation& line) {
    std::vector<CellId> pair;
    std::int64_t singles = 0, count = 0;
    bool frequency = true;
    for (const EquationTerm& term : line) {
      if (!unsafe(term.cell)) continue;
      pair.push_back(term.cell);
      singles += who(term.cell).count() == 1 ? 1 : 0;
      count += who(term.cell).count();
      frequency = frequency && assembly_.states[term.cell].verdict->reason == Reason::frequency;
    }
    if (pair.size() != 2) return;
    const bool few = frequency && std::any_of(spec_.rules.frequency.begin(),
                                              spec_.rules.frequency.end(), [&](const auto& rule) {
                                                return count > 0 && count < rule.minimum();
                                              });
    if ((method_.two_singles && singles == 2) || (method_.single_and_other && singles == 1) ||
        (method_.below_minimum && few)) {
      add_sum(std::move(pair));
    }
  }

  void add_threshold(const Equation& line) {
    std::vector<CellId> parts;
    std::int64_t count = 0;
    for (const EquationTerm& term : line) {
      if (!withheld_[term.cell]) continue;
      parts.push_back(term.cell);
      count += who(term.cell).count();
    }
    // On either side: of all parts of a table nobody expects more than its total.
    if (!parts.empty() && count < method_.threshold) add_sum(std::move(parts), {0, 0, 1});
  }

  void add_nothing_below() {
    Observer everybody{kNothingBelow, {}};
    const auto index = static_cast<std::uint32_t>(found_.observers.size());
    for (CellId cell = 0; cell < withheld_.size(); ++cell) {
      const bool singleton = is_inner(cell) && is_singleton(cell);
      // Of every pattern: suppression keeps the observer while it withholds more.
      if (singleton) everybody.shares.push_back({cell, assembly_.system.value[cell], false});
      if (!withheld_[cell] || !unsafe(cell)) continue;
      if (singleton) {
        found_.guards.push_back({{cell}, kNotExactly, index});
      } else if (method_.with_secondary) {
        found_.guards.push_back({{cell}, {0, 0, 1}, index});
      }
    }
    found_.observers.push_back(std::move(everybody));
  }

  // By cell: the unsafe inner cells that it is the sum of.
  std::vector<std::vector<CellId>> unsafe_below() const {
    std::vector<std::vector<CellId>> below(withheld_.size());
    for (CellId cell = 0; cell < withheld_.size(); ++cell) {
      if (!unsafe(cell) || !is_inner(cell)) continue;
      for (const CellId above : built_.table.cells_of(built_.table.cells()[cell].codes)) {
        if (above != cell) below[above].push_back(cell);
      }
    }
    return below;
  }

  void add_sums() {
    auto below = unsafe_below();
    if (method_.difference_sums) find_inner();
    for (CellId cell = 0; cell < below.size(); ++cell) {
      std::vector<CellId>& parts = below[cell];
      if (assembly_.states[cell].hidden) continue;
      const bool pairs = method_.pair_sums || found_.owners_only;
      if (!unsafe(cell) &&
          ((pairs && is_pair(parts)) || (method_.difference_sums && is_difference(parts)))) {
        add_sum(parts);
      }
      std::erase_if(parts, [&](CellId part) { return !is_singleton(part); });
      if (method_.group_sums && parts.size() > 1) add_sum(parts);
    }
  }

  // By unsafe total: the inner cells that it is the sum of; by inner cell: the unsafe totals above.
  void find_inner() {
    inner_.resize(withheld_.size());
    totals_.resize(withheld_.size());
    for (CellId cell = 0; cell < withheld_.size(); ++cell) {
      if (!is_inner(cell) || who(cell).count() == 0) continue;
      for (const CellId above : built_.table.cells_of(built_.table.cells()[cell].codes)) {
        if (above == cell || !unsafe(above) || assembly_.states[above].hidden) continue;
        inner_[above].push_back(cell);
        totals_[cell].push_back(above);
      }
    }
  }

  // Whether what these parts and some unsafe total do not share is one contributor's alone: it
  // would learn the one from the other.
  bool is_difference(const std::vector<CellId>& parts) const {
    std::set<CellId> totals;
    for (const CellId part : parts) totals.insert(totals_[part].begin(), totals_[part].end());
    return std::any_of(totals.begin(), totals.end(), [&](CellId total) {
      std::vector<CellId> rest;
      std::set_symmetric_difference(parts.begin(), parts.end(), inner_[total].begin(),
                                    inner_[total].end(), std::back_inserter(rest));
      return !rest.empty() && std::all_of(rest.begin(), rest.end(), [&](CellId cell) {
        return is_singleton(cell) && owner(cell) == owner(rest.front());
      });
    });
  }

  bool is_pair(const std::vector<CellId>& parts) const {
    std::set<std::uint64_t> owners;
    bool single = false;
    for (const CellId part : parts) {
      const bool alone = is_singleton(part);
      single = single || alone;
      constexpr std::uint64_t kOfCells = std::uint64_t{1} << 32;
      owners.insert(alone && method_.by_contributor ? owner(part) : kOfCells + part);
    }
    return single && parts.size() > 1 && owners.size() <= 2;
  }

  // Nothing where they are more than kPairsMax pairs: then sums of two say the nearest of it.
  bool add_contributors() {
    std::map<std::uint32_t, std::vector<CellId>> alone;
    for (CellId cell = 0; cell < withheld_.size(); ++cell) {
      if (is_singleton(cell)) alone[owner(cell)].push_back(cell);
    }
    std::vector<std::uint32_t> home(withheld_.size(), UINT32_MAX);
    const auto components = components_of(assembly_.system, withheld_);
    for (std::uint32_t at = 0; at < components.size(); ++at) {
      for (const CellId cell : components[at].cells) home[cell] = at;
    }
    Insiders more;
    for (auto& [id, cells] : alone) {
      Observer observer{id, {}};
      std::set<std::uint32_t> near;
      for (const CellId cell : cells) {
        observer.shares.push_back({cell, who(cell).sum(), true});
        if (withheld_[cell]) near.insert(home[cell]);
      }
      if (near.empty()) continue;
      const auto index = found_.observers.size() + more.observers.size();
      more.observers.push_back(std::move(observer));
      for (const std::uint32_t at : near) {
        for (const CellId cell : components[at].cells) {
          if (!unsafe(cell) || std::binary_search(cells.begin(), cells.end(), cell)) continue;
          more.guards.push_back({{cell}, kNotExactly, static_cast<std::uint32_t>(index)});
        }
      }
      if (more.guards.size() > kPairsMax) return false;
    }
    std::move(more.observers.begin(), more.observers.end(), std::back_inserter(found_.observers));
    std::move(more.guards.begin(), more.guards.end(), std::back_inserter(found_.guards));
    return true;
  }

  const SingletonMethod& method_;
  const DisclosureSpec& spec_;
  const BuiltTable& built_;
  const Assembly& assembly_;
  const Pattern& withheld_;
  Insiders found_;
  std::set<std::vector<CellId>> sums_;
  std::vector<bool> open_;  // cells with an inner cell of one contributor that is published
  std::vector<std::vector<CellId>> inner_, totals_;
  std::vector<CellId> first_;  // of the cells with the same single contributor
};

}  // namespace

Insiders find_singletons(const SingletonMethod& method, const DisclosureSpec& spec,
                         const BuiltTable& built, const Assembly& assembly,
                         const Pattern& withheld) {
  return SingletonFinder(method, spec, built, assembly, withheld).run();
}

std::string observer_name(const BuiltTable& built, std::uint32_t id) {
  if (id == 0 || id == kNothingBelow) return "anybody";
  if (id <= built.units.size()) return built.units[id - 1];
  return "the contributor of " + built.table.name(static_cast<CellId>(id - built.units.size() - 1));
}

}  // namespace regions
