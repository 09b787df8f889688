#include "policies/disclosure/table/value.h"

#include <algorithm>
#include <string>

#include "policies/disclosure/rules/contributions.h"
#include "policies/disclosure/rules/wide.h"
#include "policies/disclosure/table/limits.h"

namespace regions {
namespace {

Error no_number(std::string_view text) {
  return fail(Errc::invalid_input, '\'' + std::string(text.substr(0, 32)) + "' is no number");
}

// Whose decimals stand behind the other sign.
Error other_point(std::string_view text, char decimal_point) {
  return fail(Errc::invalid_input, '\'' + std::string(text.substr(0, 32)) +
                                       "' is no number where '" + decimal_point +
                                       "' comes before decimals (decimal in [input])");
}

Error too_large(std::string_view text) {
  return fail(Errc::too_large, '\'' + std::string(text.substr(0, 32)) + "' is above 2^52 units");
}

std::int64_t power_of_ten(unsigned exponent) {
  std::int64_t power = 1;
  for (; exponent > 0; --exponent) power *= 10;
  return power;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The exponent behind an e; R and Fortran write e+05.
Result<int> parse_exponent(std::string_view whole, std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || text.size() > 3) return no_number(whole);
  int value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return no_number(whole);
    value = value * 10 + (c - '0');
  }
  return negative ? -value : value;
}

// What a double adds behind its fifteenth digit (0.30000000000000004) is no part of the value.
void drop_noise(std::string& digits, int& decimals) {
  constexpr std::size_t kDigitsOfDouble = 15;
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (decimals <= 0) return;
  std::size_t dropped = digits.size() - std::min(digits.size(), kDigitsOfDouble);
  dropped = std::min(dropped, static_cast<std::size_t>(decimals));
  if (decimals > static_cast<int>(kValueDecimalsMax)) {
    dropped = std::max(dropped, static_cast<std::size_t>(decimals) - kValueDecimalsMax);
  }
  if (dropped == 0) return;
  if (digits.size() < dropped) digits.insert(0, dropped - digits.size(), '0');
  const bool up = digits[digits.size() - dropped] >= '5';
  digits.resize(digits.size() - dropped);
  decimals -= static_cast<int>(dropped);
  if (!up) return;
  std::size_t at = digits.size();
  while (at > 0 && digits[at - 1] == '9') digits[--at] = '0';
  if (at == 0) {
    digits.insert(0, 1, '1');
  } else {
    ++digits[at - 1];
  }
}

}  // namespace

Result<DecimalText> parse_value(std::string_view text, char decimal_point) {
  const std::string_view whole = text;
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const std::size_t e = text.find_first_of("eE");
  int exponent = 0;
  if (e != std::string_view::npos) {
    TRY(exponent, parse_exponent(whole, text.substr(e + 1)));
    text = text.substr(0, e);
  }
  std::string digits;
  int decimals = -exponent;
  bool point = false;
  for (const char c : text) {
    if (c == decimal_point && !point) {
      point = true;
    } else if (is_digit(c)) {
      digits += c;
      decimals += point ? 1 : 0;
    } else {
      const bool other = (c == ',' || c == '.') && c != decimal_point && !point;
      return other ? other_point(whole, decimal_point) : no_number(whole);
    }
  }
  if (digits.empty()) return no_number(whole);
  drop_noise(digits, decimals);
  for (; decimals > 0 && digits.size() > 1 && digits.back() == '0'; --decimals) digits.pop_back();
  for (; decimals < 0 && digits.size() < 20 && digits != "0"; ++decimals) digits += '0';
  if (digits.find_first_not_of('0') == std::string::npos) return DecimalText{};
  if (decimals < 0) return too_large(whole);
  std::int64_t value = 0;
  for (const char c : digits) {
    value = value * 10 + (c - '0');
    if (value > Contributions::kAmountMax) return too_large(whole);
  }
  return DecimalText{negative ? -value : value, static_cast<unsigned>(decimals)};
}

Result<std::int64_t> rescale(const DecimalText& value, unsigned to) {
  std::int64_t scaled = value.digits;
  if (value.decimals > to) {
    const std::int64_t unit = power_of_ten(value.decimals - to);
    const std::int64_t half = unit / 2;
    return (scaled + (scaled < 0 ? -half : half)) / unit;
  }
  for (unsigned at = value.decimals; at < to; ++at) {
    scaled *= 10;
    if (scaled > Contributions::kAmountMax || scaled < -Contributions::kAmountMax) {
      return fail(Errc::too_large, "a value above 2^52 units; round the values");
    }
  }
  return scaled;
}

Result<std::int64_t> rescale_up(DecimalText value, unsigned to) {
  for (; value.decimals > to; --value.decimals) value.digits = (value.digits + 9) / 10;
  return rescale(value, to);
}

void DecimalsOfTable::add(const DecimalText& value, std::int64_t times) {
  const Wide whole = value.digits / power_of_ten(value.decimals);
  const Wide more = ((whole < 0 ? -whole : whole) + 1) * times;
  wholes_ = static_cast<std::int64_t>(std::min<Wide>(wholes_ + more, Contributions::kAmountMax));
  seen_ = std::max(seen_, value.decimals);
}

unsigned DecimalsOfTable::decimals() const {
  unsigned decimals = 0;
  for (std::int64_t units = wholes_; decimals < seen_; ++decimals) {
    if (units > Contributions::kAmountMax / 10) break;
    units *= 10;
  }
  return decimals;
}

std::string format_value(std::int64_t value, unsigned decimals) {
  std::string text = std::to_string(value < 0 ? -value : value);
  if (decimals > 0) {
    if (text.size() <= decimals) text.insert(0, decimals + 1 - text.size(), '0');
    text.insert(text.size() - decimals, ".");
  }
  return value < 0 ? '-' + text : text;
}

}  // namespace regions
