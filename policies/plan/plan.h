// The release plan: which tables exist, for which regions, by which method. It is fixed before data
// are seen and adopted by the federation, whose roster names its digest (DISCLOSURE 3). A planned
// table always appears at its date, withheld cells and all; anything else is refused.
//
// Pure values, immutable after parse_plan(): any thread may read them.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policies/catalogue/indicator.h"

namespace regions {

// The one reason for whatever is not planned, of releases and of questions: another would tell of
// the data (DISCLOSURE 3).
inline constexpr std::string_view kNotPlanned =
    "not in the release plan; regionctl plan show says what is";

// How much a region can publish: by its enterprises of ENT-COOP in the baseline window, frozen with
// it.
enum class Tier : std::uint8_t { S, M, L };
std::string_view name(Tier tier);

// DISCLOSURE 2. One figure, one method, for ever.
enum class Method : std::uint8_t { exact, cell_key, rounded };
// As in a release: kMethodExact, kMethodCellKey, kMethodRounded.
std::string_view name(Method method);

// One margin of one or more indicators, in every period of one kind. Its region is the author's.
struct PlannedTable {
  std::string id;                       // as in a release; an id is one margin, whatever the period
  std::vector<std::string> indicators;  // bytewise order
  PeriodKind period = PeriodKind::year;
  std::vector<std::string> by;  // dimensions besides region and period, bytewise order
  Method method = Method::exact;
  std::vector<Tier> tiers;  // ascending

  bool is_for(Tier tier) const;
};

// One release that the plan asks for.
struct DueTable {
  const PlannedTable* table;  // inside the plan
  std::string indicator;
  Period period;
};

// Noise of the cell key: at most `d` either way, of variance variance_hundredths / 100.
struct CellKeyParameters {
  std::uint32_t d = 3;
  std::uint32_t variance_hundredths = 225;
};

struct Plan {
  std::string id;
  int from = 0;  // the first and the last year that a period may touch
  int until = 0;
  Period baseline = Period::of(PeriodKind::window, 2018);
  std::uint32_t m_from = 0;  // enterprises: fewer are tier S
  std::uint32_t l_from = 0;
  std::map<std::string, Tier> member_tiers;  // given by the federation instead of counted
  CellKeyParameters cell_key;
  std::vector<PlannedTable> tables;  // by id, then kind of period, then indicators

  // Whether the period lies within from and until.
  bool covers(const Period& period) const {
    return period.first_year() >= from && period.last_year() <= until;
  }
  // The tier of a member with that many enterprises of ENT-COOP in the baseline window.
  Tier tier_of(const std::string& member, std::int64_t enterprises) const;
  // Pointers into this plan, in its order.
  std::vector<const PlannedTable*> tables_for(Tier tier) const;
  // Every release of a region of that tier whose period lies within from and until and has ended
  // before `today`: by period (bytewise order of its text), then in the plan's order, then by
  // indicator.
  std::vector<DueTable> due(Tier tier, std::chrono::year_month_day today) const;
  // The table with this margin of this indicator, whatever the tiers it is for; `by` in any order.
  // nullptr: not planned.
  const PlannedTable* find(std::string_view indicator, PeriodKind period,
                           std::vector<std::string> by) const;
};

// Format regions4.plan/1, strict; `file` names it in errors. invalid_input: not a plan, or unknown
// indicators, dimensions and words, with the nearest known. refused: it asks for what DISCLOSURE
// forbids; the error names the rule.
Result<Plan> parse_plan(std::string_view file, std::string_view toml, const Catalogue& catalogue);

// The text of policies/plan/default.toml.
std::string_view default_plan_toml();

// The bytes of protocol/spec/plan.md, with the definitions and the groupings that the plan stands
// on; `catalogue` is the one that it was parsed with.
Bytes canonical_plan(const Plan& plan, const Catalogue& catalogue);
// Their SHA-256: the digest in the roster.
Digest plan_digest(const Plan& plan, const Catalogue& catalogue);

}  // namespace regions
