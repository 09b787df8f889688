// Numbers as statistical software writes them, as whole numbers of 10^-decimals: "1234.50",
// "-3", "1e+05" (R writes 100000 so), "1 234,5" with a decimal comma. Exact: never through double;
// but decimals behind the fifteenth digit, where a double has noise, and behind the ninth are
// rounded off.
#pragma once

#include <cstdint>
#include <string_view>

#include "protocol/base/result.h"

namespace regions {

struct DecimalText {
  std::int64_t digits = 0;  // value = digits * 10^-decimals
  unsigned decimals = 0;    // without trailing zeros
};

// invalid_input: no number; too_large: above 2^52 units.
Result<DecimalText> parse_value(std::string_view text, char decimal_point);

// digits * 10^-from as a whole number of 10^-to, half a unit away from 0; too_large beyond 2^52.
Result<std::int64_t> rescale(const DecimalText& value, unsigned to);
// The same of a level, which asks for more rather than for less: any part of a unit is a whole one.
Result<std::int64_t> rescale_up(DecimalText value, unsigned to);

// How many decimals a table of such values has: as many as they have, as far as their sum stays
// below 2^52 units (about the digits that a double of it has).
class DecimalsOfTable {
 public:
  void add(const DecimalText& value, std::int64_t times = 1);
  unsigned decimals() const;

 private:
  std::int64_t wholes_ = 0;  // not below the sum, or 2^52
  unsigned seen_ = 0;
};

// 12345 with two decimals is "123.45".
std::string format_value(std::int64_t value, unsigned decimals);

}  // namespace regions
