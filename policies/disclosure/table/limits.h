// Bounds of stand-alone tables, with their reasons.
#pragma once

#include <cstddef>
#include <cstdint>

namespace regions {

// Cells of all tables of a specification with their totals; what is attacked is bounded closer
// (attack/limits.h).
inline constexpr std::size_t kTableCellsMax = 1'000'000;
// Pairs of tables that show different codes of one dimension, and what these make with others.
inline constexpr std::size_t kJointTablesMax = 200;
// Records times the cells that each of them stands in.
inline constexpr std::size_t kContributionsMax = 50'000'000;
inline constexpr std::size_t kTableDimensionsMax = 8;
// The largest classification in use, products by eight digits, has ten thousand.
inline constexpr std::size_t kCodesPerDimensionMax = 50'000;
// NACE has five, CPA six.
inline constexpr std::size_t kHierarchyDepthMax = 32;
inline constexpr std::size_t kHierarchyFileBytesMax = 4 * 1024 * 1024;
// A file of cells or records; it is held in memory.
inline constexpr std::size_t kTableFileBytesMax = 256 * 1024 * 1024;
inline constexpr std::size_t kTableRowsMax = 5'000'000;
// A line of a file in which every variable has its place; offices use a few hundred bytes.
inline constexpr std::size_t kFixedLineBytesMax = 65'536;
// Variables of such a file.
inline constexpr std::size_t kColumnsMax = 1'000;
// Decimals of a value: cents are 2, tables of thousands of euros have 4.
inline constexpr unsigned kValueDecimalsMax = 9;

}  // namespace regions
