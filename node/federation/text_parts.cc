#include "node/federation/text_parts.h"

#include <map>

namespace regions {
namespace {

// Lines of a terminal's width, those behind the first one indented.
std::string wrapped(const std::vector<std::string>& words) {
  std::string out, line;
  for (const std::string& word : words) {
    if (!line.empty() && line.size() + 1 + word.size() > kTerminalColumns) {
      out += line + "\n";
      line = " ";
    }
    line += (line.empty() ? "" : " ") + word;
  }
  return out + line + "\n";
}

}  // namespace

std::string padded(const std::string& text, std::size_t width) {
  return std::string(width > text.size() ? width - text.size() : 0, ' ') + text;
}

std::string label(const std::string& text, std::size_t width) {
  if (text.size() < width) return text + std::string(width - text.size(), ' ');
  return text.substr(0, width - 2) + "~ ";
}

std::string decimal(std::int64_t value, unsigned decimals) {
  std::string digits = std::to_string(value < 0 ? -value : value);
  if (decimals > 0) {
    if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
    digits.insert(digits.size() - decimals, ".");
  }
  return (value < 0 ? "-" : "") + digits;
}

std::string coverage_line(const std::vector<Coverage>& all) {
  std::map<std::string, std::vector<std::string>> others;
  std::size_t complete = 0;
  for (const Coverage& coverage : all) {
    if (coverage.state == "complete") {
      ++complete;
    } else {
      others[coverage.state].push_back(coverage.region);
    }
  }
  std::vector<std::string> words = {"coverage:", std::to_string(complete),
                                    "of",        std::to_string(all.size()),
                                    "regions",   "complete"};
  for (const auto& [state, regions] : others) {
    words.back() += ";";
    words.push_back(state);
    for (const std::string& region : regions) {
      words.push_back(region + (region == regions.back() ? "" : ","));
    }
  }
  return wrapped(words);
}

}  // namespace regions
