// What ops/bench measures of disclosure control. Readings go to standard output
// (ops/bench.d/meter.h).
#pragma once

#include <filesystem>
#include <string>

namespace regions::bench {

// Suppression of the shape to proven optimum; count: programs solved. Says on standard error what
// came out, and whether it is proven.
void measure_optimum(const std::string& name);

// By elimination: no unsafe cell follows from equations. Leaves NAME.pattern in the folder, and
// NAME.lp: what an outsider has to solve, for the other program.
void measure_pattern(const std::string& name, const std::filesystem::path& folder);

// The attack of an outsider on such a pattern: intervals of all unsafe cells (NAME.intervals).
// Count: these cells.
void measure_intervals(const std::string& name, const std::filesystem::path& folder);
// The same attack, asked only whether every level holds.
void measure_levels(const std::string& name, const std::filesystem::path& folder);

// All levels against the first `classes` classes of observers. Count: guards.
void measure_observers(const std::string& name, const std::filesystem::path& folder,
                       std::size_t classes);

}  // namespace regions::bench
