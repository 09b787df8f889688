#include "policies/catalogue/nace.h"

#include <algorithm>

#include "policies/catalogue/code_lines.h"

namespace regions {
namespace embedded {
extern const std::string_view nace_rev2;
}
namespace {

bool is_section(std::string_view code) {
  return code.size() == 1 && code[0] >= 'A' && code[0] <= 'U';
}

}  // namespace

NaceCodes::NaceCodes(std::string_view lines) : codes_(code_lines(lines)), sorted_(codes_) {
  std::string_view section;
  for (std::string_view code : codes_) {
    if (is_section(code)) section = code;
    if (code.size() == 2) divisions_.push_back({code, section});
  }
  std::sort(sorted_.begin(), sorted_.end());
}

const NaceCodes& NaceCodes::rev2() {
  static const NaceCodes codes(embedded::nace_rev2);
  return codes;
}

const NaceCodes::Division* NaceCodes::division_of(std::string_view code) const {
  const auto found = std::find_if(divisions_.begin(), divisions_.end(),
                                  [&](const Division& d) { return d.code == code.substr(0, 2); });
  return found == divisions_.end() ? nullptr : &*found;
}

std::optional<std::string_view> NaceCodes::canonical(std::string_view code) const {
  std::string_view section;
  if (code.size() > 1 && is_section(code.substr(0, 1))) {
    section = code.substr(0, 1);
    code.remove_prefix(1);
  }
  std::string dotted(code.substr(0, 8));
  if ((code.size() == 3 || code.size() == 4) && code.find('.') == std::string_view::npos) {
    dotted.insert(2, ".");
  }
  const auto found = std::lower_bound(sorted_.begin(), sorted_.end(), dotted);
  if (found == sorted_.end() || *found != dotted) return std::nullopt;
  if (section.empty()) return *found;
  const Division* division = division_of(*found);
  if (division == nullptr || division->section != section) return std::nullopt;
  return *found;
}

std::optional<char> NaceCodes::section_of(std::string_view code) const {
  const auto known = canonical(code);
  if (!known) return std::nullopt;
  if (is_section(*known)) return (*known)[0];
  const Division* division = division_of(*known);
  CHECK(division != nullptr);
  return division->section[0];
}

std::string_view NaceCodes::parent_of(std::string_view canonical) const {
  if (is_section(canonical)) return {};
  if (canonical.size() == 2) {
    const Division* division = division_of(canonical);
    CHECK(division != nullptr);
    return division->section;
  }
  return canonical.substr(0, canonical.size() == 4 ? 2 : 4);
}

}  // namespace regions
