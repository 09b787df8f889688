// A number in an error's text.
#pragma once

#include <charconv>
#include <string>

namespace regions {

// The shortest text that reads back as the same number: "2.25".
inline std::string decimal(double value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value);
  return {text, end.ptr};
}

}  // namespace regions
