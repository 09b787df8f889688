// Tables of stated size and density for the bench of disclosure control: made up from a shape and a
// seed, the same every time. Amounts of units, skewed as amounts are.
#pragma once

#include <string>
#include <vector>

#include "policies/disclosure/suppression/problem.h"

namespace regions::bench {

// A dimension: its leaves, and groupings of them in equal parts. With two groupings the table is a
// linked one.
struct Axis {
  std::uint32_t leaves;
  std::vector<std::uint32_t> groupings;  // number of groups of each

  std::uint32_t codes() const;  // the total, all groups, all leaves
};

struct Shape {
  std::string name;
  std::vector<Axis> axes;
  double units_per_leaf;  // of the inner cells, on average: what makes few or many cells unsafe

  std::size_t cells() const;
};

// "162", "1665", "14160"; "1000" to "100000" of the growth. Ends the process when there is none.
const Shape& shape(const std::string& name);

struct Part {
  std::uint32_t unit;
  std::int64_t amount;
};

struct Table {
  CellSystem system;
  std::vector<std::vector<Part>> parts;  // by cell: of each unit, the largest first
  std::vector<std::uint8_t> unsafe;      // by cell
  std::size_t empty = 0;

  // How far everybody must be kept from the cell: at least 1 unit.
  Level level(CellId cell) const;
  // The same of one unit, which takes its own off; upper 0: it may know the cell.
  Level level_against(CellId cell, std::uint32_t unit) const;
};

Table make_table(const Shape& shape);

// Every cell may be withheld but empty ones; costs are values.
SuppressionProblem problem_of(const Table& table);

}  // namespace regions::bench
