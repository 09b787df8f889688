// What it costs to know who knows which cooperation, measured.
#pragma once

#include <filesystem>

#include "protocol/base/result.h"

namespace regions::bench {

// Prints, each `repeat` times, the readings "knowledge.disk" (the closed store opened, its files
// not in the kernel's cache, to the knowledge of all records), "knowledge.amounts" (from there, the
// rows of COOP-FUND-EUR by what the plans break amounts down by, in all years) and
// "knowledge.headline" (who knows the enterprises of both headlines of 2020). The count is
// that of years. Errors: those of the store, of Knowledge::read and of the cube.
Result<void> measure_knowledge(const std::filesystem::path& records, int repeat);

}  // namespace regions::bench
