// Any text as a rule set: what is accepted keeps the floor.
#include "policies/disclosure/rule_set.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const regions::ByteView text(reinterpret_cast<const char*>(data), size);
  if (const auto rules = regions::parse_rule_set("fuzzed", text)) {
    CHECK(rules->minimum >= regions::kMinimumFloor);
    CHECK(rules->p_percent >= 1 && rules->k_percent <= 99);
  }
  return 0;
}
