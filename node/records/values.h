// Single values of a CSV cell. Pure; each says what is wrong in words for the reject file.
#pragma once

#include <cstdint>
#include <string_view>

#include "protocol/base/result.h"

namespace regions {

// True when `format` has %Y, %m and %d once each, and no other %.
bool is_date_format(std::string_view format);

// Days since 1970-01-01 of `text` in `format` (four, two and two digits), a day that exists, in the
// years of period.h; else invalid_input.
Result<std::int32_t> parse_date(std::string_view text, std::string_view format);

// The last day of a year; the year of a day.
std::int32_t last_day_of(int year);
int year_of(std::int32_t day);

// Cents: digits, then at most two decimals behind `decimal`. Negative, finer or larger than
// kAmountCentsMax: invalid_input.
Result<std::int64_t> parse_amount(std::string_view text, char decimal);

// True for one to kRecordIdBytesMax bytes of UTF-8 text without control characters or blanks at an
// end.
bool is_record_id(std::string_view text);

}  // namespace regions
