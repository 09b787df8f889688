// What a crash leaves on the disk.
#pragma once

namespace regions {

// From here on a crash of this process writes no image of its memory, which holds records and keys:
// the size of a core dump is 0, and one that is piped to a collector, which no size limits, holds
// no page of it. First thing in main; keeps its word as far as the kernel lets it.
void keep_memory_out_of_core_dumps();

}  // namespace regions
