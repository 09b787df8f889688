// What every answer has as text for a terminal of 100 columns.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "node/federation/member_log.h"

namespace regions {

inline constexpr std::size_t kTerminalColumns = 100;

// Right-aligned.
std::string padded(const std::string& text, std::size_t width);
// Left-aligned, followed by at least one space; what does not fit ends in '~'.
std::string label(const std::string& text, std::size_t width);
// In the unit: 1234 of two decimals is "12.34".
std::string decimal(std::int64_t value, unsigned decimals);
// "coverage: 6 of 8 regions complete; late ES; absent PT16, RO42", in lines of a terminal's width:
// those that are complete have their rows, the others must be seen.
std::string coverage_line(const std::vector<Coverage>& all);

}  // namespace regions
