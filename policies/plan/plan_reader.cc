#include <algorithm>
#include <tuple>

#include "policies/plan/plan.h"
#include "policies/plan/rules.h"
#include "policies/plan/table_reader.h"
#include "protocol/base/ids.h"

namespace regions {
namespace {

// DISCLOSURE 3: tier S below 10 enterprises, M below 40. A plan may ask for more, never for fewer.
constexpr std::int64_t kMFromMin = 10;
constexpr std::int64_t kLFromMin = 40;
constexpr std::int64_t kEnterprisesMax = 1'000'000;
// DISCLOSURE 2; which of these have a solution is known where the tables of noise are made.
constexpr std::int64_t kNoiseMin = 2;
constexpr std::int64_t kNoiseMax = 20;
constexpr std::int64_t kVarianceHundredthsMin = 200;
constexpr unsigned kVarianceDecimals = 2;
// Cells of all tables in all periods. A region of the top tier computes them in one pass, at some
// 500 bytes a cell until the last is signed.
constexpr std::int64_t kPlannedCellsMax = 1'000'000;

Result<void> read_years(const TomlTable& top, Plan& plan) {
  TRY(const std::int64_t from, top.integer("from", kYearMin, kYearMax));
  TRY(const std::int64_t until, top.integer("until", from, kYearMax));
  if (static_cast<std::size_t>(until - from) >= kPeriodYearsMax) {
    return top.error("until", "more than 100 years", "write an earlier year");
  }
  plan.from = static_cast<int>(from);
  plan.until = static_cast<int>(until);
  TRY(const std::string baseline, top.string_or("baseline", plan.baseline.text()));
  const auto period = Period::parse(baseline);
  if (!period) {
    return top.error("baseline", period.error().context,
                     "write a window such as \"" + plan.baseline.text() + "\"");
  }
  if (period->kind() != PeriodKind::window) {
    return top.error("baseline", "'" + baseline + "' is no window of three years",
                     "write a window such as \"" + plan.baseline.text() + "\"");
  }
  plan.baseline = *period;
  return {};
}

Result<std::uint32_t> read_threshold(const TomlTable& tiers, std::string_view key,
                                     std::int64_t least) {
  TRY(const std::int64_t value, tiers.integer(key, 0, kEnterprisesMax));
  if (value < least) {
    return forbidden(
        tiers, key,
        "tier " + std::string(key) + " begins at " + std::to_string(least) + " enterprises or more",
        "write " + std::string(key) + " = " + std::to_string(least));
  }
  return static_cast<std::uint32_t>(value);
}

Result<void> read_tiers(const TomlTable& top, Plan& plan) {
  TRY(const TomlTable tiers, top.table("tiers"));
  TRY_VOID(tiers.refuse_unknown_keys({"M", "L", "members"}));
  TRY(plan.m_from, read_threshold(tiers, "M", kMFromMin));
  TRY(plan.l_from, read_threshold(tiers, "L", kLFromMin));
  if (plan.l_from <= plan.m_from) return tiers.error("L", "not above M", "write a larger number");
  TRY(const auto members, tiers.optional_table("members"));
  if (!members) return {};
  for (const std::string& member : members->keys()) {
    if (!check_member_id(member)) {
      return members->error(member, "not a member id", "write 2 to 8 of A-Z and 0-9");
    }
    TRY(const std::string word, members->one_of(member, {"S", "M", "L"}));
    plan.member_tiers[member] = word == "S" ? Tier::S : word == "M" ? Tier::M : Tier::L;
  }
  return {};
}

Result<void> read_cell_key(const TomlTable& top, Plan& plan) {
  TRY(const TomlTable table, top.table("cell_key"));
  TRY_VOID(table.refuse_unknown_keys({"D", "variance"}));
  TRY(const std::int64_t d, table.integer("D", kNoiseMin, kNoiseMax));
  // No noise of at most d varies by more than d squared.
  TRY(const std::int64_t variance, table.decimal("variance", kVarianceDecimals, 0, 100 * d * d));
  if (variance < kVarianceHundredthsMin) {
    return forbidden(table, "variance", "below 2 the rows for 1 and 2 have no solution",
                     "write variance = 2.25");
  }
  plan.cell_key = {static_cast<std::uint32_t>(d), static_cast<std::uint32_t>(variance)};
  return {};
}

// An id is one margin; a figure stands in one table.
Result<void> check_unique(const TomlTable& entry, const PlannedTable& table, const Plan& plan) {
  for (const PlannedTable& other : plan.tables) {
    if (other.id == table.id && other.by != table.by) {
      return entry.error("id", "another table '" + table.id + "' is by other dimensions",
                         "name it otherwise");
    }
  }
  for (const std::string& indicator : table.indicators) {
    if (plan.find(indicator, table.period, table.by) == nullptr) continue;
    return forbidden(entry, "indicators",
                     "one figure, one method: " + indicator + " has this margin in another table",
                     "take it out of one of them");
  }
  return {};
}

// Of all its indicators in all its periods; at most `limit`.
std::int64_t cells_of(const PlannedTable& table, const Plan& plan, const Catalogue& catalogue,
                      std::int64_t limit) {
  auto cells = static_cast<std::int64_t>(table.indicators.size());
  cells *= (plan.until - plan.from) / static_cast<int>(table.period) + 1;
  for (const std::string& id : table.by) {
    cells *= static_cast<std::int64_t>(catalogue.dimension(id)->categories().size());
    if (cells > limit) return limit;
  }
  return std::min(cells, limit);
}

bool before(const PlannedTable& a, const PlannedTable& b) {
  return std::tie(a.id, a.period, a.indicators) < std::tie(b.id, b.period, b.indicators);
}

}  // namespace

Result<Plan> parse_plan(std::string_view file, std::string_view toml, const Catalogue& catalogue) {
  TRY(const TomlTable top, TomlTable::parse(file, toml));
  TRY_VOID(check_format(top, "regions4.plan/1"));
  TRY_VOID(top.refuse_unknown_keys(
      {"format", "id", "from", "until", "baseline", "tiers", "cell_key", "table"}));
  Plan plan;
  TRY(plan.id, read_code(top, "id"));
  TRY_VOID(read_years(top, plan));
  TRY_VOID(read_tiers(top, plan));
  TRY_VOID(read_cell_key(top, plan));
  TRY(const auto entries, top.tables("table"));
  std::int64_t cells = 0;
  for (const TomlTable& entry : entries) {
    TRY(PlannedTable table, read_planned_table(entry, catalogue));
    TRY_VOID(check_unique(entry, table, plan));
    cells += cells_of(table, plan, catalogue, kPlannedCellsMax + 1);
    if (cells > kPlannedCellsMax) {
      return entry.error("by", "with this table the plan asks for more than 1000000 cells",
                         "plan fewer years, dimensions or tables");
    }
    plan.tables.push_back(std::move(table));
  }
  std::sort(plan.tables.begin(), plan.tables.end(), before);
  return plan;
}

}  // namespace regions
