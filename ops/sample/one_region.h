// The records of one region at any size, for measurements: every firm is at home there.
#pragma once

#include <filesystem>
#include <string>

#include "ops/sample/draw.h"

namespace regions::sample {

struct OneRegion {
  std::string nuts;        // one of the eight
  std::uint64_t rows = 0;  // cooperations, at least 1
};

// Writes into `folder`, in project order and without keeping the rows in memory:
//   cooperations_R.csv          exactly `rows` rows; of the last project some may be missing
//   organisations_R.csv         the firms, and those of the actors that are in the region
//   changed_R.csv               of every hundredth firm one row again, with another technology
// Unknown dates are empty here: what every database takes for unknown. Same draw and same `wanted`,
// same files. Returns what went wrong, in words; empty when nothing did.
std::string write_one_region(const std::filesystem::path& folder, const OneRegion& wanted,
                             const Draw& draw);

}  // namespace regions::sample
