#include "policies/disclosure/task/insiders.h"

#include <algorithm>
#include <map>

#include "policies/disclosure/attack/components.h"
#include "policies/disclosure/suppression/told_sums.h"

namespace regions {
namespace {

// Pairs of an observer and a sensitive cell: a few million checks that earlier completions answer.
constexpr std::size_t kPairsMax = 500'000;

// What remains of the cell when one unit knows itself.
std::optional<Contributions> without(const Contributions& cell, std::uint64_t unit) {
  std::vector<Contribution> others;
  for (const Contribution& one : cell.units()) {
    if (one.unit != unit) others.push_back(one);
  }
  if (others.empty()) return std::nullopt;
  auto rest = Contributions::of(std::move(others));
  if (!rest) return std::nullopt;
  return std::move(*rest);
}

// Whether every contributor is listed by name; those of cells, and of weighted records, have none.
bool named(const BuiltTable& built, const Contributions& who) {
  return who.complete() &&
         std::all_of(who.units().begin(), who.units().end(),
                     [&](const auto& one) { return one.unit < built.units.size(); });
}

// Of counts all must remain, from what the insider has itself to what the rules forbid.
Level level_against(const DisclosureSpec& spec, const Contributions& rest, std::int64_t value) {
  if (!spec.input.value.empty()) return spec.rules.level_against_insider(rest);
  return {rest.sum(), count_level(spec.rules, value).upper, 0};
}

struct Shares {
  std::vector<Observer::Share> shares;
  std::vector<std::uint32_t> components;
  bool owner = false;
};

}  // namespace

Insiders find_insiders(const DisclosureSpec& spec, const BuiltTable& built,
                       const Assembly& assembly, const Pattern& withheld) {
  Insiders found;
  const auto& cells = built.table.cells();
  std::map<std::uint64_t, Shares> by_unit;
  std::vector<std::vector<CellId>> sensitive;
  const auto components = components_of(assembly.system, withheld);
  for (std::uint32_t at = 0; at < components.size(); ++at) {
    sensitive.emplace_back();
    for (const CellId cell : components[at].cells) {
      const Contributions& who = built.table.cells()[cell].who;
      if (assembly.states[cell].verdict) sensitive.back().push_back(cell);
      if (!named(built, who)) continue;
      for (const Contribution& one : who.units()) {
        Shares& shares = by_unit[one.unit];
        // That others report nothing, nobody is told.
        const bool whole = who.units().size() == 1;
        shares.shares.push_back({cell, one.amount, whole});
        shares.owner = shares.owner || whole;
        if (shares.components.empty() || shares.components.back() != at) {
          shares.components.push_back(at);
        }
      }
    }
  }
  std::size_t pairs = 0;
  for (const auto& [unit, shares] : by_unit) {
    for (const std::uint32_t at : shares.components) pairs += sensitive[at].size();
  }
  found.owners_only = pairs > kPairsMax;
  for (auto& [unit, shares] : by_unit) {
    if (found.owners_only && !shares.owner) continue;
    std::sort(shares.shares.begin(), shares.shares.end(),
              [](const auto& a, const auto& b) { return a.cell < b.cell; });
    const auto index = static_cast<std::uint32_t>(found.observers.size());
    found.observers.push_back({static_cast<std::uint32_t>(unit + 1), std::move(shares.shares)});
    for (const std::uint32_t at : shares.components) {
      for (const CellId cell : sensitive[at]) {
        const auto rest = without(built.table.cells()[cell].who, unit);
        if (!rest) continue;
        found.guards.push_back({{cell}, level_against(spec, *rest, cells[cell].value), index});
      }
    }
  }
  return found;
}

namespace {

// The largest of the sum, as far as the lists of its cells tell: nobody who is not listed in a cell
// has more than the last one who is.
std::vector<std::int64_t> largest_of(const BuiltTable& built, const std::vector<CellId>& cells) {
  std::int64_t least = 0;
  std::vector<std::int64_t> largest;
  for (const CellId cell : cells) {
    const Contributions& who = built.table.cells()[cell].who;
    for (const Contribution& one : who.units()) largest.push_back(one.amount);
    if (who.complete()) continue;
    // Without a list, anybody might have all of it.
    least = std::max(least, who.units().empty() ? who.sum() : who.units().back().amount);
  }
  std::erase_if(largest, [&](std::int64_t amount) { return amount < least; });
  std::sort(largest.rbegin(), largest.rend());
  return largest;
}

// The sum as a cell: its contributors, those of one name together.
std::optional<Contributions> together(const BuiltTable& built, const std::vector<CellId>& cells,
                                      bool counts) {
  std::vector<Contribution> members;
  std::int64_t count = 0, sum = 0;
  bool complete = !counts;
  for (const CellId cell : cells) {
    const Contributions& who = built.table.cells()[cell].who;
    complete = complete && who.complete();
    for (Contribution one : who.units()) {
      // Without names all are taken to be different.
      if (one.unit >= built.units.size()) one.unit = UINT64_MAX - members.size();
      members.push_back(one);
    }
    count += who.count();
    sum += who.sum();
  }
  auto who = complete
                 ? Contributions::of(std::move(members))
                 : Contributions::summary(
                       count, sum, counts ? std::vector<std::int64_t>{} : largest_of(built, cells));
  if (!who) return std::nullopt;
  return std::move(*who);
}

}  // namespace

Result<std::vector<Guard>> find_told_sums(const DisclosureSpec& spec, const BuiltTable& built,
                                          const Assembly& assembly, const Pattern& withheld) {
  std::vector<Guard> found;
  const bool counts = spec.input.value.empty();
  auto sums = told_sums(assembly.system, withheld, {kOpenSumsDepth, 3, 1, 0});
  if (!sums) return sums.error().in(spec.file);
  for (std::vector<CellId>& cells : *sums) {
    const auto who = together(built, cells, counts);
    const auto verdict = who ? spec.rules.judge(*who) : std::nullopt;
    if (!verdict) continue;
    const Level level = counts ? count_level(spec.rules, who->sum()) : verdict->level;
    found.push_back({std::move(cells), level, 0});
  }
  return found;
}

}  // namespace regions
