#include "tests/bench/disclosure/measure.h"

#include <algorithm>
#include <fstream>
#include <map>

#include "ops/bench.d/meter.h"
#include "policies/disclosure/suppression/elimination.h"
#include "policies/disclosure/suppression/suppress.h"
#include "protocol/base/check.h"
#include "tests/bench/disclosure/tables.h"

namespace regions::bench {
namespace {

void say(const std::string& name, const Table& table, const Suppression& made) {
  const auto count = [&](auto&& is) {
    std::size_t all = 0;
    for (CellId cell = 0; cell < table.unsafe.size(); ++cell) all += is(cell) ? 1 : 0;
    return all;
  };
  constexpr const char* kMethods[] = {"elimination", "optimum", "incumbent", "repair"};
  std::fprintf(stderr,
               "%s cells: %zu empty, %zu unsafe, %zu withheld besides; %s, cost "
               "%.0f, bound %.0f\n",
               name.c_str(), table.empty, count([&](CellId c) { return table.unsafe[c] != 0; }),
               count([&](CellId c) { return made.withheld[c] != 0 && table.unsafe[c] == 0; }),
               kMethods[static_cast<std::size_t>(made.method)], made.cost, made.bound);
}

Pattern read_pattern(const std::filesystem::path& path) {
  std::ifstream file(path);
  Pattern pattern;
  for (char c = 0; file.get(c);) {
    if (c == '0' || c == '1') pattern.push_back(c == '1');
  }
  CHECK(!pattern.empty());
  return pattern;
}

// Columns with their bounds as distances, rows, the columns that are asked for; duplicates of rows
// are gone, as any user of a solver would have it.
void write_program(const std::filesystem::path& path, const Table& table, const Pattern& withheld) {
  std::vector<CellId> columns;
  std::vector<std::uint32_t> of(withheld.size(), 0);
  for (CellId cell = 0; cell < withheld.size(); ++cell) {
    if (!withheld[cell]) continue;
    columns.push_back(cell);
    of[cell] = static_cast<std::uint32_t>(columns.size());
  }
  std::vector<LinearRow> rows;
  for (const Equation& equation : table.system.equations) {
    LinearRow row;
    for (const EquationTerm& term : equation) {
      if (withheld[term.cell]) row.push_back({of[term.cell], double(term.factor)});
    }
    if (!row.empty()) rows.push_back(std::move(row));
  }
  tidy(rows);
  std::ofstream file(path);
  file << columns.size() << ' ' << rows.size() << '\n';
  for (const CellId cell : columns) {
    file << -table.system.below[cell] << ' ' << table.system.above[cell] << ' '
         << int(table.unsafe[cell]) << '\n';
  }
  for (const LinearRow& row : rows) {
    file << row.size();
    for (const LinearTerm& term : row) file << ' ' << term.column << ' ' << int(term.factor);
    file << '\n';
  }
  CHECK(file.good());
}

// One guard for every unsafe cell and observer, where the rule leaves the observer anything.
struct Watched {
  std::vector<Observer> observers{Observer{}};
  std::vector<Guard> guards;
};

Watched watch(const Table& table, const Pattern& withheld, std::size_t classes) {
  std::map<std::vector<std::pair<CellId, std::int64_t>>, std::uint32_t> seen;
  std::map<std::uint32_t, std::vector<std::pair<CellId, std::int64_t>>> knows;
  for (CellId cell = 0; cell < withheld.size(); ++cell) {
    if (!withheld[cell]) continue;
    for (const Part& part : table.parts[cell]) knows[part.unit].push_back({cell, part.amount});
  }
  Watched made;
  for (auto& [unit, shares] : knows) {
    if (seen.size() == classes) break;
    if (!seen.emplace(shares, unit).second) continue;
    Observer observer{unit + 1, {}};
    for (const auto& [cell, own] : shares) {
      observer.shares.push_back({cell, own, own == table.system.value[cell]});
    }
    for (CellId cell = 0; cell < withheld.size(); ++cell) {
      if (!table.unsafe[cell]) continue;
      const Level level = table.level_against(cell, unit);
      if (level.upper == 0) continue;
      made.guards.push_back({{cell}, level, static_cast<std::uint32_t>(made.observers.size())});
    }
    made.observers.push_back(std::move(observer));
  }
  return made;
}

}  // namespace

void measure_optimum(const std::string& name) {
  const Table table = make_table(shape(name));
  const SuppressionProblem problem = problem_of(table);
  Work work;
  const Meter meter;
  const auto made = suppress(problem, {}, work);
  CHECK(made.has_value() && !made->impossible);
  print("optimum." + name, meter.stop(), double(work.programs));
  say(name, table, made->best);
}

void measure_pattern(const std::string& name, const std::filesystem::path& folder) {
  const Table table = make_table(shape(name));
  const SuppressionProblem problem = problem_of(table);
  const Meter meter;
  const auto withheld = eliminate(problem);
  CHECK(withheld.has_value());
  print("pattern." + name, meter.stop(), double(table.unsafe.size()));
  Suppression made;
  made.withheld = *withheld;
  made.cost = cost_of(problem, *withheld);
  say(name, table, made);
  std::ofstream file(folder / (name + ".pattern"));
  for (const std::uint8_t cell : *withheld) file << int(cell);
  CHECK(file.good());
  write_program(folder / (name + ".lp"), table, *withheld);
}

void measure_intervals(const std::string& name, const std::filesystem::path& folder) {
  const Table table = make_table(shape(name));
  const Pattern withheld = read_pattern(folder / (name + ".pattern"));
  std::vector<CellId> unsafe;
  for (CellId cell = 0; cell < table.unsafe.size(); ++cell) {
    if (table.unsafe[cell]) unsafe.push_back(cell);
  }
  Work work;
  const Meter meter;
  const auto found = find_intervals(table.system, withheld, unsafe, {}, work);
  CHECK(found.has_value());
  print("intervals." + name, meter.stop(), double(found->size()));
  std::fprintf(stderr, "%s cells: intervals of %zu by %llu programs\n", name.c_str(), found->size(),
               static_cast<unsigned long long>(work.programs));
  std::ofstream file(folder / (name + ".intervals"));
  for (const CellInterval& one : *found) file << one.below << ' ' << one.above << '\n';
  CHECK(file.good());
}

void measure_levels(const std::string& name, const std::filesystem::path& folder) {
  const Table table = make_table(shape(name));
  const Pattern withheld = read_pattern(folder / (name + ".pattern"));
  const SuppressionProblem problem = problem_of(table);
  Work work;
  const Meter meter;
  const auto broken =
      find_breaches(table.system, withheld, problem.observers, problem.guards, work);
  CHECK(broken.has_value());
  print("levels." + name, meter.stop(), double(problem.guards.size()));
  std::fprintf(stderr, "%s cells: %zu of %zu levels do not hold, by %llu programs\n", name.c_str(),
               broken->size(), problem.guards.size(),
               static_cast<unsigned long long>(work.programs));
}

void measure_observers(const std::string& name, const std::filesystem::path& folder,
                       std::size_t classes) {
  const Table table = make_table(shape(name));
  const Pattern withheld = read_pattern(folder / (name + ".pattern"));
  const Watched watched = watch(table, withheld, classes);
  Work work;
  const Meter meter;
  const auto broken =
      find_breaches(table.system, withheld, watched.observers, watched.guards, work);
  CHECK(broken.has_value());
  print("observers." + std::to_string(watched.observers.size() - 1), meter.stop(),
        double(watched.guards.size()));
  std::fprintf(stderr, "%s cells, %zu classes: %zu guards, %zu do not hold, by %llu programs\n",
               name.c_str(), watched.observers.size() - 1, watched.guards.size(), broken->size(),
               static_cast<unsigned long long>(work.programs));
}

}  // namespace regions::bench
