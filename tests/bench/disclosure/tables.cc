#include "tests/bench/disclosure/tables.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "protocol/base/check.h"

namespace regions::bench {
namespace {

// The rule: a cell of fewer units is unsafe, and one whose largest can be told to 10 %.
constexpr std::size_t kUnitsLeast = 3;
constexpr double kPercent = 0.1;
constexpr std::uint32_t kNobody = UINT32_MAX;

// How far the rest of the cell, without what `observer` gave to it, is from hiding the largest of
// the others: above 0 where it does not. The observer is the second largest, where it is nobody.
double distance_of(const Table& table, CellId cell, std::uint32_t observer) {
  double rest = double(table.system.value[cell]), largest = 0;
  std::size_t others = 0;
  for (const Part& part : table.parts[cell]) {
    if (part.unit == observer) {
      rest -= double(part.amount);
    } else if (++others == 1) {
      rest -= largest = double(part.amount);
    } else if (others == 2 && observer == kNobody) {
      rest -= double(part.amount);
    }
  }
  return kPercent * largest - rest;
}

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
      {"162", {{8, {}}, {17, {}}}, 8},
      {"1665", {{32, {4}}, {40, {4}}}, 8.045},
      {"14160", {{40, {8, 10}}, {19, {}}, {11, {}}}, 7.636},
      {"1000", {{22, {2}}, {35, {4}}}, 12},
      {"3000", {{44, {5}}, {53, {6}}}, 12},
      {"10000", {{90, {9}}, {90, {9}}}, 12},
      {"30000", {{136, {13}}, {181, {18}}}, 12},
      {"100000", {{227, {22}}, {363, {36}}}, 12},
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

  // Fewer than three units, or the second largest comes too near to the largest.
  void choose() {
    for (CellId cell = 0; cell < table_.parts.size(); ++cell) {
      const auto& parts = table_.parts[cell];
      const bool few = !parts.empty() && parts.size() < kUnitsLeast;
      table_.unsafe.push_back(few || (!parts.empty() && distance_of(table_, cell, kNobody) > 0));
    }
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

Level Table::level(CellId cell) const {
  return level_of(distance_of(*this, cell, kNobody), system.value[cell]);
}

Level Table::level_against(CellId cell, std::uint32_t unit) const {
  std::int64_t rest = system.value[cell];
  for (const Part& part : parts[cell]) rest -= part.unit == unit ? part.amount : 0;
  const double distance = distance_of(*this, cell, unit);
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
