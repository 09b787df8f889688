// The fenced blocks of a spec page whose example is TOML in and bytes out.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "protocol/base/bytes.h"

namespace regions {

inline std::string spec_text(const std::string& page) {
  std::ifstream in(REGIONS_SOURCE_DIR "/protocol/spec/" + page);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The fenced blocks of `kind` in the text of a page.
inline std::vector<std::string> spec_blocks(const std::string& text, const std::string& kind) {
  std::vector<std::string> out;
  const std::string open = "```" + kind + "\n";
  for (std::size_t at = text.find(open); at != std::string::npos; at = text.find(open, at + 1)) {
    const std::size_t begin = at + open.size();
    out.push_back(text.substr(begin, text.find("```", begin) - begin));
  }
  return out;
}

// Lines of hex, each with a comment after '#'.
inline Bytes spec_bytes(const std::string& block) {
  std::string hex, line;
  std::istringstream in(block);
  while (std::getline(in, line)) hex += line.substr(0, line.find(' '));
  auto bytes = from_hex(hex);
  EXPECT_TRUE(bytes.has_value()) << bytes.error().text();
  return *bytes;
}

}  // namespace regions
