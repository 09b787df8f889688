// Reporting periods (DISCLOSURE 1): a calendar year, a window of three years, a programme of seven.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/base/result.h"

namespace regions {

inline constexpr int kYearMin = 1900;
inline constexpr int kYearMax = 2999;
// A query for more years than this is a mistake, and every year costs a cell per member.
inline constexpr std::size_t kPeriodYearsMax = 100;

// The value is the number of years.
enum class PeriodKind : std::uint8_t { year = 1, window = 3, programme = 7 };
inline constexpr std::array kPeriodKinds = {PeriodKind::year, PeriodKind::window,
                                            PeriodKind::programme};
// "year", "window", "programme": also the ids of the dimensions.
std::string_view name(PeriodKind kind);
std::optional<PeriodKind> period_kind(std::string_view name);

class Period {
 public:
  // "2017"; "2018-2020", one of the windows ..., 2018-2020, 2021-2023, ...; "2014-2020", one of the
  // programmes ..., 2014-2020, 2021-2027, ...; all within 1900 to 2999. Anything else is
  // invalid_input with the nearest periods there are.
  static Result<Period> parse(std::string_view text);
  // The period of that kind that holds `year`. At the edges of the years allowed it may reach
  // beyond them; parse() refuses such a one.
  static Period of(PeriodKind kind, int year);
  static Period of_year(int year) { return of(PeriodKind::year, year); }

  PeriodKind kind() const { return kind_; }
  int first_year() const { return first_; }
  int last_year() const { return first_ + static_cast<int>(kind_) - 1; }
  bool contains(int year) const { return first_ <= year && year <= last_year(); }
  // "2017", "2018-2020".
  std::string text() const;
  // The one after it, of the same kind.
  Period next() const { return {kind_, first_ + static_cast<int>(kind_)}; }

  // By first year, then the shorter first: the bytewise order of text().
  auto operator<=>(const Period&) const = default;

 private:
  Period(PeriodKind kind, int first) : first_(first), kind_(kind) {}

  int first_;
  PeriodKind kind_;
};

// Exactly four digits, 1900 to 2999, else invalid_input.
Result<int> parse_year(std::string_view text);

// What a query may ask for: a period, or "2015..2020", a list of years, or "2018-2020..2021-2023",
// a list of windows or programmes; both ends included, ascending, at most 100 periods. The texts of
// the periods, else invalid_input.
Result<std::vector<std::string>> parse_period_range(std::string_view text);

}  // namespace regions
