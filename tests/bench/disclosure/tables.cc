#include "tests/bench/disclosure/tables.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "protocol/base/check.h"

namespace regions::bench {
namespace {

// Numbers that are the same on every machine: Weyl steps through a mixer.
class Draw {
 public:
  double share() {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return static_cast<double>((z ^ (z >> 31)) >> 11) / 9007199254740992.0;
  }

 private:
  std::uint64_t state_ = 1;
};

const std::vector<Shape>& shapes() {
  static const std::vector<Shape> all{
      {"162", {{8, {}}, {17, {}}}, 3, 25},
      {"1665", {{32, {4}}, {40, {4}}}, 3, 283},
      {"14160", {{40, {8, 10}}, {19, {}}, {11, {}}}, 3, 2125},
      {"1000", {{9, {}}, {9, {}}, {9, {}}}, 3, 50},
      {"3000", {{9, {}}, {14, {}}, {19, {}}}, 3, 150},
      {"10000", {{19, {}}, {19, {}}, {24, {}}}, 3, 500},
      {"30000", {{24, {}}, {29, {}}, {39, {}}}, 3, 1500},
      {"100000", {{39, {}}, {49, {}}, {49, {}}}, 3, 5000},
  };
  return all;
}

// Codes of an axis: 0 is the total, then the groups of each grouping, then the leaves.
struct Codes {
  explicit Codes(const Axis& axis) : first_leaf(axis.codes() - axis.leaves) {
    std::uint32_t next = 1;
    if (axis.groupings.empty()) relations.push_back({0, leaves_of(axis, 0, axis.leaves)});
    for (const std::uint32_t groups : axis.groupings) {
      std::vector<std::uint32_t> all;
      for (std::uint32_t group = 0; group < groups; ++group) all.push_back(next + group);
      relations.push_back({0, all});
      for (std::uint32_t group = 0; group < groups; ++group) {
        relations.push_back({next + group, leaves_of(axis, group * axis.leaves / groups,
                                                     (group + 1) * axis.leaves / groups)});
      }
      next += groups;
    }
    above.resize(axis.leaves);
    for (const auto& [whole, of] : relations) {
      for (const std::uint32_t code : of) {
        if (code >= first_leaf && whole > 0) above[code - first_leaf].push_back(whole);
      }
    }
    for (std::uint32_t leaf = 0; leaf < axis.leaves; ++leaf) {
      above[leaf].push_back(0);
      above[leaf].push_back(first_leaf + leaf);
    }
  }
  std::vector<std::uint32_t> leaves_of(const Axis&, std::uint32_t from, std::uint32_t to) const {
    std::vector<std::uint32_t> all;
    for (std::uint32_t leaf = from; leaf < to; ++leaf) all.push_back(first_leaf + leaf);
    return all;
  }

  std::uint32_t first_leaf;
  std::vector<std::pair<std::uint32_t, std::vector<std::uint32_t>>> relations;  // whole, parts
  std::vector<std::vector<std::uint32_t>> above;  // of a leaf: all codes that it counts for
};

class Maker {
 public:
  explicit Maker(const Shape& shape) : shape_(shape) {
    for (const Axis& axis : shape.axes) codes_.emplace_back(axis);
  }

  Table make() {
    table_.parts.resize(shape_.cells());
    double leaves = shape_.units_per_leaf;
    for (const Axis& axis : shape_.axes) leaves *= axis.leaves;
    for (std::uint32_t unit = 0; unit < static_cast<std::uint32_t>(leaves); ++unit) add(unit);
    for (auto& parts : table_.parts) {
      std::stable_sort(parts.begin(), parts.end(),
                       [](const Part& a, const Part& b) { return a.amount > b.amount; });
      std::int64_t sum = 0;
      for (const Part& part : parts) sum += part.amount;
      table_.system.value.push_back(sum);
      table_.empty += sum == 0;
    }
    // Everybody knows that nothing is below 0 or above the whole.
    for (const std::int64_t value : table_.system.value) {
      table_.system.below.push_back(value);
      table_.system.above.push_back(table_.system.value[0] - value);
    }
    relate();
    choose();
    return std::move(table_);
  }

 private:
  // A unit stands in one inner cell, and in all that these add up to.
  void add(std::uint32_t unit) {
    const auto amount = static_cast<std::int64_t>(std::pow(10, 1 + 3 * draw_.share()));
    std::vector<std::size_t> cells{0};
    for (std::size_t d = 0; d < codes_.size(); ++d) {
      const double at = std::pow(draw_.share(), 1.3) * shape_.axes[d].leaves;
      std::vector<std::size_t> next;
      for (const std::size_t cell : cells) {
        for (const std::uint32_t code : codes_[d].above[static_cast<std::size_t>(at)]) {
          next.push_back(cell * shape_.axes[d].codes() + code);
        }
      }
      cells = std::move(next);
    }
    for (const std::size_t cell : cells) table_.parts[cell].push_back({unit, amount});
  }

  // Along every axis, for all codes of the others.
  void relate() {
    std::size_t stride = shape_.cells(), outer = 1;
    for (std::size_t d = 0; d < codes_.size(); ++d) {
      const std::size_t codes = shape_.axes[d].codes();
      stride /= codes;
      for (std::size_t before = 0; before < outer; ++before) {
        for (std::size_t behind = 0; behind < stride; ++behind) {
          const auto at = [&](std::uint32_t code) {
            return static_cast<CellId>((before * codes + code) * stride + behind);
          };
          for (const auto& [whole, parts] : codes_[d].relations) {
            Equation sum{{at(whole), -1}};
            for (const std::uint32_t code : parts) sum.push_back({at(code), 1});
            table_.system.equations.push_back(std::move(sum));
          }
        }
      }
      outer *= codes;
    }
  }

  // The cells in which the second largest comes nearest to the largest; p lies just above them.
  void choose() {
    std::vector<std::pair<double, CellId>> nearest;
    for (CellId cell = 0; cell < table_.parts.size(); ++cell) {
      const auto& parts = table_.parts[cell];
      if (parts.empty()) continue;
      std::int64_t rest = table_.system.value[cell] - parts[0].amount;
      if (parts.size() > 1) rest -= parts[1].amount;
      nearest.push_back({double(rest) / double(parts[0].amount), cell});
    }
    std::sort(nearest.begin(), nearest.end());
    CHECK(shape_.primaries < nearest.size());
    table_.p = nearest[shape_.primaries].first;
    table_.unsafe.assign(table_.parts.size(), 0);
    for (std::size_t at = 0; at < shape_.primaries; ++at) table_.unsafe[nearest[at].second] = 1;
  }

  const Shape& shape_;
  std::vector<Codes> codes_;
  Draw draw_;
  Table table_;
};

Level level_of(double distance, std::int64_t value) {
  const auto upper = std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(distance)));
  return {std::min(upper, value), upper, 0};
}

}  // namespace

std::uint32_t Axis::codes() const {
  std::uint32_t all = 1 + leaves;
  for (const std::uint32_t groups : groupings) all += groups;
  return all;
}

std::size_t Shape::cells() const {
  std::size_t all = 1;
  for (const Axis& axis : axes) all *= axis.codes();
  return all;
}

const Shape& shape(const std::string& name) {
  const auto at = std::find_if(shapes().begin(), shapes().end(),
                               [&](const Shape& one) { return one.name == name; });
  CHECK(at != shapes().end());
  return *at;
}

std::vector<std::string> growth() { return {"1000", "3000", "10000", "30000", "100000"}; }

Level Table::level(CellId cell) const {
  const auto& of = parts[cell];
  double rest = double(system.value[cell]) - double(of[0].amount);
  if (of.size() > 1) rest -= double(of[1].amount);
  return level_of(p * double(of[0].amount) - rest, system.value[cell]);
}

std::int64_t Table::own(CellId cell, std::uint32_t unit) const {
  for (const Part& part : parts[cell]) {
    if (part.unit == unit) return part.amount;
  }
  return 0;
}

Level Table::level_against(CellId cell, std::uint32_t unit) const {
  const std::int64_t rest = system.value[cell] - own(cell, unit);
  std::int64_t largest = 0;
  for (const Part& part : parts[cell]) {
    if (part.unit == unit) continue;
    largest = part.amount;
    break;
  }
  const double distance = p * double(largest) - double(rest - largest);
  return distance > 0 ? level_of(distance, rest) : Level{};
}

Table make_table(const Shape& shape) { return Maker(shape).make(); }

SuppressionProblem problem_of(const Table& table) {
  SuppressionProblem problem;
  problem.system = &table.system;
  problem.observers.resize(1);
  for (CellId cell = 0; cell < table.parts.size(); ++cell) {
    const bool empty = table.parts[cell].empty();
    problem.role.push_back(table.unsafe[cell] ? CellRole::primary
                           : empty            ? CellRole::published
                                              : CellRole::eligible);
    // A little more for every cell, so that no two patterns cost the same.
    problem.cost.push_back(double(table.system.value[cell]) +
                           double(cell * 7919 % 10'007) / 20'014);
    if (table.unsafe[cell]) problem.guards.push_back({{cell}, table.level(cell), 0});
  }
  return problem;
}

}  // namespace regions::bench
