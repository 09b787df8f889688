#include "policies/catalogue/period.h"

#include <algorithm>

namespace regions {
namespace {

// The first year of one period of each kind; the others follow in both directions.
constexpr int first_of(PeriodKind kind) { return kind == PeriodKind::window ? 2018 : 2014; }

// Distances from first_of() are taken below this, so that a remainder is never negative.
constexpr int kBelowAllYears = 3 * 7 * 1000;

std::string quoted(std::string_view text) {
  return "period '" + std::string(text.substr(0, 32)) + "'";
}

Error no_period(std::string_view text, int first, int last) {
  std::vector<std::string> near;
  for (PeriodKind kind : {PeriodKind::window, PeriodKind::programme}) {
    for (int year : {first, last}) {
      std::string candidate = Period::of(kind, year).text();
      if (std::find(near.begin(), near.end(), candidate) == near.end()) near.push_back(candidate);
    }
  }
  std::string list;
  for (const std::string& one : near) list += (list.empty() ? "" : ", ") + one;
  return fail(Errc::invalid_input, quoted(text) +
                                       ": neither a window of three years nor a programme of "
                                       "seven; nearest: " +
                                       list + "; a list of years is written 2015..2020");
}

}  // namespace

std::string_view name(PeriodKind kind) {
  switch (kind) {
    case PeriodKind::year:
      return "year";
    case PeriodKind::window:
      return "window";
    case PeriodKind::programme:
      return "programme";
  }
  return {};
}

std::optional<PeriodKind> period_kind(std::string_view word) {
  for (PeriodKind kind : kPeriodKinds) {
    if (name(kind) == word) return kind;
  }
  return std::nullopt;
}

Period Period::of(PeriodKind kind, int year) {
  const int length = static_cast<int>(kind);
  return {kind, year - (year - first_of(kind) + kBelowAllYears) % length};
}

Result<Period> Period::parse(std::string_view text) {
  const std::size_t dash = text.find('-');
  TRY(const int first, parse_year(text.substr(0, dash)));
  if (dash == std::string_view::npos) return of_year(first);
  TRY(const int last, parse_year(text.substr(dash + 1)));
  for (PeriodKind kind : {PeriodKind::window, PeriodKind::programme}) {
    const Period period = of(kind, first);
    if (period.first_year() == first && period.last_year() == last) return period;
  }
  return no_period(text, first, last);
}

std::string Period::text() const {
  const std::string first = std::to_string(first_);
  return kind_ == PeriodKind::year ? first : first + '-' + std::to_string(last_year());
}

Result<int> parse_year(std::string_view text) {
  const bool digits = text.size() == 4 && std::all_of(text.begin(), text.end(),
                                                      [](char c) { return c >= '0' && c <= '9'; });
  int year = 0;
  if (digits) {
    for (char c : text) year = year * 10 + (c - '0');
  }
  if (year < kYearMin || year > kYearMax) {
    return fail(Errc::invalid_input,
                quoted(text) + ": a year from 1900 to 2999 expected, such as 2017");
  }
  return year;
}

Result<std::vector<std::string>> parse_period_range(std::string_view text) {
  const std::size_t dots = text.find("..");
  if (dots == 0 || (dots != std::string_view::npos && dots + 2 == text.size())) {
    return fail(Errc::invalid_input,
                quoted(text) + ": a range has both its ends; write 2015..2020");
  }
  TRY(const Period first, Period::parse(text.substr(0, dots)));
  Period last = first;
  if (dots != std::string_view::npos) {
    TRY(last, Period::parse(text.substr(dots + 2)));
  }
  if (first.kind() != last.kind()) {
    return fail(Errc::invalid_input, quoted(text) +
                                         ": both ends of one kind expected; write 2015..2020 or "
                                         "2018-2020..2021-2023");
  }
  if (last < first) {
    return fail(Errc::invalid_input, quoted(text) + ": ends before it begins; write 2015..2020");
  }
  std::vector<std::string> periods;
  for (Period at = first; at <= last; at = at.next()) {
    if (periods.size() == kPeriodYearsMax) {
      return fail(Errc::invalid_input, quoted(text) + ": at most 100 periods; ask for fewer");
    }
    periods.push_back(at.text());
  }
  return periods;
}

}  // namespace regions
