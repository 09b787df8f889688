// Made-up names, as untidy as real ones: commas, quotes, letters beyond ASCII, duplicates that
// differ in case.
#pragma once

#include <string>
#include <string_view>

#include "ops/sample/draw.h"

namespace regions::sample {

std::string firm_name(const Draw& draw, std::uint64_t number, std::string_view country);
std::string actor_name(const Draw& draw, std::uint64_t number, std::string_view kind,
                       std::string_view city);

}  // namespace regions::sample
