// The embedded code files: one bare code a line.
#pragma once

#include <string_view>
#include <vector>

#include "protocol/base/check.h"

namespace regions {

// The lines of an embedded text, in its order. Such a text is part of the program: an empty line or
// a missing last newline is a programmer's error.
inline std::vector<std::string_view> code_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    CHECK(end != std::string_view::npos && end > 0);
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return lines;
}

}  // namespace regions
