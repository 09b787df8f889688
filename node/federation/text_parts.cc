#include "node/federation/text_parts.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <limits>
#include <map>

#include "policies/catalogue/tables.h"

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

std::string error_in_words(const std::string& method, std::int64_t error, unsigned decimals) {
  const std::string most = decimal(error, decimals);
  if (method == kMethodCellKey) return "carries noise of at most " + most + " (cell key)";
  return "is rounded, by at most " + most;
}

std::string minute_of(std::int64_t seconds) {
  if (seconds == 0) return "never";
  using namespace std::chrono;
  const sys_seconds at{std::chrono::seconds(seconds)};
  const year_month_day date(floor<days>(at));
  const hh_mm_ss time(at - floor<days>(at));
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u %02d:%02d UTC", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()));
  return text;
}

std::string coverage_line(const std::vector<Coverage>& all) {
  std::map<std::string, std::vector<std::string>> others;
  std::size_t complete = 0;
  std::int64_t oldest = std::numeric_limits<std::int64_t>::max();
  for (const Coverage& coverage : all) {
    if (coverage.state == "complete") {
      ++complete;
      oldest = std::min(oldest, coverage.as_of);
    } else {
      const bool heard = coverage.state != "absent";
      others[coverage.state].push_back(coverage.region +
                                       (heard ? " (" + minute_of(coverage.as_of) + ")" : ""));
    }
  }
  std::vector<std::string> words = {"coverage:", std::to_string(complete),
                                    "of",        std::to_string(all.size()),
                                    "regions",   "complete"};
  if (complete > 0) words.push_back("(as of " + minute_of(oldest) + ")");
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
