// The worked examples of a page in protocol/spec.
#pragma once

#include <algorithm>
#include <fstream>
#include <map>
#include <string>

namespace regions {

// All "name = value" lines of the page's ```example blocks. An indented line goes on with the value
// above it. White space within a value is layout and is left out unless `keep_spaces`.
inline std::map<std::string, std::string> spec_examples(const std::string& page,
                                                        bool keep_spaces = false) {
  std::ifstream file(std::string(REGIONS_SOURCE_DIR) + "/protocol/spec/" + page);
  std::map<std::string, std::string> examples;
  std::string line, name;
  bool inside = false;
  while (std::getline(file, line)) {
    if (line.rfind("```", 0) == 0) {
      inside = line == "```example";
      continue;
    }
    if (!inside) continue;
    std::string value = line;
    if (line[0] != ' ') {
      const std::size_t equals = line.find(" =");
      name = line.substr(0, equals);
      value = line.substr(std::min(equals + 3, line.size()));
    }
    for (const char c : value) {
      if (keep_spaces || c != ' ') examples[name].push_back(c);
    }
  }
  return examples;
}

}  // namespace regions
