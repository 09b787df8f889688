// Whether what an indicator declares of its dimensions holds on given records (DISCLOSURE 1).
#pragma once

#include <set>

#include "tests/node/cube/oracle/raw_reader.h"

namespace regions {

// What the cells of one dimension do in one kind of period.
struct Behaviour {
  bool adds_up = true;    // in every period the parts give the whole
  bool overlaps = false;  // in some period they give more
  bool exceeded = false;  // in some period they give less, which no declaration allows
};

inline std::int64_t measure_of(const Indicator& indicator, const OracleCell& cell) {
  return indicator.is_amount() ? cell.cents : cell.count;
}

// Sums over the cells by their period.
inline std::map<std::string, std::int64_t> by_period(const Indicator& indicator,
                                                     const OracleCells& cells) {
  std::map<std::string, std::int64_t> sums;
  for (const auto& [at, cell] : cells) sums[at[0]] += measure_of(indicator, cell);
  return sums;
}

inline void judge(Behaviour& behaviour, std::int64_t parts, std::int64_t whole) {
  behaviour.adds_up &= parts == whole;
  behaviour.overlaps |= parts > whole;
  behaviour.exceeded |= parts < whole;
}

// Of a dimension with categories, over all kinds of periods.
inline Behaviour of_categories(const Facts& facts, const Catalogue& catalogue,
                               const Indicator& indicator, const Dimension& dimension,
                               YearSpan span) {
  Behaviour behaviour;
  for (const PeriodKind kind : kPeriodKinds) {
    const auto cells = cube_cells(facts, catalogue,
                                  {{&indicator, kind, {}}, {&indicator, kind, {&dimension}}}, span);
    const auto whole = by_period(indicator, cells[0]);
    auto parts = by_period(indicator, cells[1]);
    for (const auto& [period, sum] : whole) judge(behaviour, parts[period], sum);
    for (const auto& [period, sum] : parts) behaviour.overlaps |= !whole.contains(period);
  }
  return behaviour;
}

// Of years, windows and programmes: the periods of a kind against every longer one that they fill.
inline Behaviour of_periods(const Facts& facts, const Catalogue& catalogue,
                            const Indicator& indicator, PeriodKind shorter, YearSpan span) {
  Behaviour behaviour;
  for (const PeriodKind longer : kPeriodKinds) {
    if (longer <= shorter || static_cast<int>(longer) % static_cast<int>(shorter) != 0) continue;
    const auto cells =
        cube_cells(facts, catalogue, {{&indicator, longer, {}}, {&indicator, shorter, {}}}, span);
    std::map<std::string, std::int64_t> parts;
    for (const auto& [period, sum] : by_period(indicator, cells[1])) {
      parts[Period::of(longer, Period::parse(period).value().first_year()).text()] += sum;
    }
    for (const auto& [period, sum] : by_period(indicator, cells[0])) {
      judge(behaviour, parts[period], sum);
    }
  }
  return behaviour;
}

// "CODE by DIMENSION: ..." for every declaration of the indicator that the records disprove.
inline std::set<std::string> wrong_declarations(const Facts& facts, const Catalogue& catalogue,
                                                const Indicator& indicator, YearSpan span) {
  std::set<std::string> wrong;
  for (const DimensionDef& declared : indicator.dimensions) {
    // One region's records say nothing of regions; windows and programmes fill no longer period:
    // that years do not add up to them is what `year` is asked about.
    const auto kind = period_kind(declared.id);
    if (declared.id == kRegionDimension || (kind && *kind != PeriodKind::year)) continue;
    const Behaviour seen =
        kind ? of_periods(facts, catalogue, indicator, *kind, span)
             : of_categories(facts, catalogue, indicator, *catalogue.dimension(declared.id), span);
    const std::string what = indicator.code + " by " + declared.id;
    const bool additive = declared.combines == Combines::additive;
    if (seen.exceeded) wrong.insert(what + ": less than the whole");
    if (additive && seen.overlaps) wrong.insert(what + ": declared additive, and overlaps");
    if (!additive && seen.adds_up) wrong.insert(what + ": declared overlapping, and adds up");
  }
  return wrong;
}

}  // namespace regions
