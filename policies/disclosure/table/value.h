// Numbers as statistical software writes them, as whole numbers of 10^-decimals: "1234.50",
// "-3", "1e+05" (R writes 100000 so), "1 234,5" with a decimal comma. Exact: never through double;
// but decimals behind the fifteenth digit are a double's noise, and are rounded off.
#pragma once

#include <cstdint>
#include <string_view>

#include "protocol/base/result.h"

namespace regions {

struct DecimalText {
  std::int64_t digits = 0;  // value = digits * 10^-decimals
  unsigned decimals = 0;    // without trailing zeros
};

// invalid_input: no number; too_large: more than kValueDecimalsMax decimals or above 2^52 units.
Result<DecimalText> parse_value(std::string_view text, char decimal_point);

// digits * 10^-from as a whole number of 10^-to, to >= from; too_large beyond 2^52.
Result<std::int64_t> rescale(const DecimalText& value, unsigned to);

// 12345 with two decimals is "123.45".
std::string format_value(std::int64_t value, unsigned decimals);

}  // namespace regions
