// What a question is about: one indicator by some dimensions, in the periods of one kind. Only what
// the release plan holds can be asked for, and the headlines, which need no plan.
//
// Pure values; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "node/exchange/figures.h"
#include "policies/plan/plan.h"

namespace regions {

struct Margin {
  const Indicator* indicator = nullptr;  // the catalogue's
  PeriodKind period = PeriodKind::year;
  std::string table;            // as in a release
  std::vector<std::string> by;  // dimensions besides region and period, bytewise order
  std::string method;           // the planned one, as in a release
  // The most that a published value may differ from the true one, in the indicator's smallest unit:
  // D by the cell key, half a step when rounded, 0 when exact.
  std::int64_t error = 0;

  // Whether the figure is this table in one of its periods, under whatever definition.
  bool holds(const Figure& figure) const;
  // Every combination of the categories of `by` with _U and without _T, bytewise order; one, empty,
  // without dimensions.
  std::vector<std::vector<std::string>> categories(const Catalogue& catalogue) const;
};

// nullopt: not in the plan (nullptr: there is none) and no headline. `by` in any order.
std::optional<Margin> find_margin(const Catalogue& catalogue, const Plan* plan,
                                  const Indicator& indicator, PeriodKind period,
                                  std::vector<std::string> by);

// The same; a margin that cannot be asked for is refused, always in the same words (DISCLOSURE 3).
Result<Margin> require_margin(const Catalogue& catalogue, const Plan* plan,
                              const Indicator& indicator, PeriodKind period,
                              std::vector<std::string> by);

// --by: "region", optional; one of year, window, programme; dimensions of the catalogue.
struct By {
  bool region = false;
  PeriodKind period = PeriodKind::year;
  std::vector<std::string> dimensions;  // bytewise order
};
// invalid_input with the nearest word there is.
Result<By> parse_by(const std::vector<std::string>& words, const Catalogue& catalogue);

}  // namespace regions
