#include "policies/catalogue/nuts.h"

#include <algorithm>

#include "policies/catalogue/code_lines.h"

namespace regions {
namespace embedded {
extern const std::string_view nuts_2021;
}

NutsCodes::NutsCodes(std::string_view name, std::string_view lines)
    : name_(name), codes_(code_lines(lines)) {
  CHECK(std::is_sorted(codes_.begin(), codes_.end()));
}

const NutsCodes& NutsCodes::version_2021() {
  static const NutsCodes codes("2021", embedded::nuts_2021);
  return codes;
}

const NutsCodes* NutsCodes::version(std::string_view name) {
  return name == version_2021().name() ? &version_2021() : nullptr;
}

bool NutsCodes::contains(std::string_view code) const {
  return std::binary_search(codes_.begin(), codes_.end(), code);
}

}  // namespace regions
