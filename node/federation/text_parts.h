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
// The noise or rounding behind "noise of at most 3 (cell key)" of one region's value; `error` above
// 0, in the smallest unit.
std::string error_in_words(const std::string& method, std::int64_t error, unsigned decimals);
// "2026-11-24 11:00 UTC"; "never" for 0.
std::string minute_of(std::int64_t seconds);
// "coverage: 6 of 8 regions complete (as of 2026-11-24 11:00 UTC); late ES (2026-11-22 09:30 UTC);
// absent PT16, RO42", in lines of a terminal's width: those that are complete have their rows, the
// others must be seen. The first time is that of the complete region heard of longest ago.
std::string coverage_line(const std::vector<Coverage>& all);

}  // namespace regions
