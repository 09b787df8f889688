#include "node/federation/text_parts.h"

namespace regions {

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
  std::string out = "coverage:";
  for (const Coverage& coverage : all) {
    out += " " + coverage.region + " " + coverage.state + " (" + std::to_string(coverage.releases) +
           ")";
    if (&coverage != &all.back()) out += ",";
  }
  return out + "\n";
}

}  // namespace regions
