// Any text as a number: refused with a reason, or read so that writing and reading it again gives
// the same number.
#include <cstdint>

#include "policies/disclosure/table/value.h"
#include "protocol/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regions;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto value = parse_value(text, '.');
  if (!value) {
    CHECK(!value.error().context.empty());
    return 0;
  }
  const auto again = parse_value(format_value(value->digits, value->decimals), '.');
  CHECK(again.has_value() && again->digits == value->digits && again->decimals == value->decimals);
  return 0;
}
