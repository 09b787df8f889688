// What the machine can do at best, beside which a reading says how far it is from that.
#pragma once

#include <filesystem>
#include <string>

namespace regions::bench {

// Prints readings "limit.write", "limit.read" (bytes a file in `folder` takes and gives back, the
// write synced, the read past the kernel's cache) and "limit.memory" (bytes read from memory by one
// thread). The count is in MB. Returns what went wrong, empty when nothing did.
std::string print_limits(const std::filesystem::path& folder);

// Writes back what is changed in the files of `folder` and takes them out of the kernel's cache, so
// that the next reader has them from disk.
void forget(const std::filesystem::path& folder);

}  // namespace regions::bench
