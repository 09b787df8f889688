// What a change of few enterprises costs the cube, measured.
#pragma once

#include <filesystem>

#include "protocol/base/result.h"

namespace regions::bench {

// Imports `changed`, a file of cooperations, into the records, and prints, each `repeat` times, the
// readings "change.update" (a cube of the planned margins brought up to date), "change.full" (all
// its cells from the facts in memory) and "change.anew" (the facts loaded from the store as well).
// The count is that of enterprises that changed. mismatch: the cells of the two ways differ. Other
// errors are those of the store, the import and the facts.
Result<void> measure_change(const std::filesystem::path& records,
                            const std::filesystem::path& changed, int repeat);

}  // namespace regions::bench
