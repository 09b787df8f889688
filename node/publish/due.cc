// Releases by plan: everything that is due, one table after the other.
#include <algorithm>
#include <map>

#include "node/cube/cube.h"
#include "node/publish/publisher.h"
#include "policies/catalogue/tables.h"
#include "policies/disclosure/breakdown.h"

namespace regions {
namespace {

std::chrono::year_month_day day_of(std::int64_t seconds) {
  return std::chrono::floor<std::chrono::days>(
      std::chrono::sys_seconds(std::chrono::seconds(seconds)));
}

// An indicator that asks for a sector says nothing where no sector is known.
bool is_computable(const Indicator& indicator, const Facts& facts) {
  return indicator.condition(Attribute::nace) == nullptr || facts.knows_nace();
}

// The plan was parsed with this catalogue, so that everything it names is there.
TableSpec spec_of(const Catalogue& catalogue, const DueTable& due) {
  TableSpec spec{catalogue.find(due.indicator), due.period.kind(), {}};
  for (const std::string& id : due.table->by) spec.by.push_back(catalogue.dimension(id));
  return spec;
}

Result<SafeTable> protect(const RawTable& raw, const DueTable& due, const AdoptedPlan& plan,
                          const RuleSet& rules) {
  if (due.table->method == Method::rounded) {
    return BreakdownControl::rounded(raw, due.table->id, rules);
  }
  return BreakdownControl::cell_key(raw, due.table->id, plan.noise, rules);
}

// The other tables are due all the same.
void refuse(DueLine& line, const Error& error) {
  line.state = DueLine::State::refused;
  line.reason = error.context;
}

}  // namespace

// Whether the window that the tiers are counted in has ended.
bool Publisher::baseline_ended() const {
  const int today = static_cast<int>(day_of(parts_.clock->now()).year());
  return parts_.plan->plan.baseline.last_year() < today;
}

Result<Tier> Publisher::tier(const Facts& facts) const {
  const Plan& plan = parts_.plan->plan;
  const auto given = plan.member_tiers.find(parts_.member);
  if (given != plan.member_tiers.end()) return given->second;
  TRY(const auto frozen, history_.frozen_tier(parts_.plan->digest));
  if (frozen) return static_cast<Tier>(*frozen);
  if (!baseline_ended()) return Tier::S;
  const TableSpec total{parts_.catalogue->find(kHeadlineAll), plan.baseline.kind(), {}};
  const auto baseline = CubeBuilder::tables(
      facts, *parts_.catalogue, {total}, {plan.baseline.first_year(), plan.baseline.last_year()});
  TRY(const int tier, BreakdownControl::tier(baseline.at(0), plan.m_from, plan.l_from));
  return static_cast<Tier>(tier);
}

// With the first release that stands on it. A call before the baseline is over, or before anything
// was imported, must not decide for all time.
Result<void> Publisher::freeze_tier(const Facts& facts, Tier tier) {
  const bool given = parts_.plan->plan.member_tiers.contains(parts_.member);
  if (given || !baseline_ended() || facts.cooperations().empty()) return {};
  TRY(const auto frozen, history_.frozen_tier(parts_.plan->digest));
  if (frozen) return {};
  return history_.freeze_tier(parts_.plan->digest, static_cast<int>(tier));
}

// The same firms must get the same value in every table and year.
Result<void> Publisher::check_noise() const {
  if (!parts_.plan) return {};
  TRY(const auto frozen, history_.frozen_noise(parts_.plan->digest));
  if (!frozen || *frozen == parts_.plan->noise_digest) return {};
  return fail(Errc::mismatch,
              "perturbation table: another one than this region released with under plan " +
                  parts_.plan->plan.id +
                  ", so that the same firms would get other values; put perturbation.csv of the "
                  "home back as it was then, or away if there was none");
}

Result<void> Publisher::freeze_noise() {
  TRY(const auto frozen, history_.frozen_noise(parts_.plan->digest));
  if (frozen) return {};
  return history_.freeze_noise(parts_.plan->digest, parts_.plan->noise_digest);
}

Result<void> Publisher::release_headline(DueLine& line, bool dry_run) {
  std::optional<Decision> decision;
  const auto report = dry_run ? decide(line.indicator, line.period, decision)
                              : release_locked(line.indicator, line.period);
  if (!report && report.error().code == Errc::refused) {
    refuse(line, report.error());
    return {};
  }
  if (!report) return report.error();
  line.published = report->table.published();
  line.withheld = report->table.withheld();
  line.release = report->release;
  return {};
}

// The protected tables of the lines that are still to be released by the cell key or rounded, by
// their place in `due`: one pass over the records for all of them.
Result<std::map<std::size_t, SafeTable>> Publisher::protect_all(const std::vector<DueTable>& due,
                                                                std::vector<DueLine>& lines,
                                                                const Facts& facts) const {
  std::map<std::size_t, SafeTable> safe;
  std::vector<TableSpec> specs;
  std::map<std::pair<const PlannedTable*, std::string>, std::size_t> spec_at;
  YearSpan span{kYearMax, kYearMin};
  for (std::size_t i = 0; i < due.size(); ++i) {
    if (lines[i].state != DueLine::State::would_release || due[i].table->method == Method::exact) {
      continue;
    }
    const auto key = std::pair(due[i].table, due[i].indicator);
    if (spec_at.emplace(key, specs.size()).second) {
      specs.push_back(spec_of(*parts_.catalogue, due[i]));
    }
    span.first = std::min(span.first, due[i].period.first_year());
    span.last = std::max(span.last, due[i].period.last_year());
  }
  if (specs.empty()) return safe;
  const auto raw = CubeBuilder::tables(facts, *parts_.catalogue, specs, span);
  std::size_t first = 0;
  std::vector<std::size_t> first_of;
  for (const TableSpec& spec : specs) {
    first_of.push_back(first);
    first += periods_in(spec.kind, span);
  }
  for (std::size_t i = 0; i < due.size(); ++i) {
    const auto found = spec_at.find(std::pair(due[i].table, due[i].indicator));
    if (found == spec_at.end() || lines[i].state != DueLine::State::would_release) continue;
    const Period begin = Period::of(due[i].period.kind(), span.first);
    const auto period = static_cast<std::size_t>((due[i].period.first_year() - begin.first_year()) /
                                                 static_cast<int>(begin.kind()));
    auto table = protect(raw[first_of[found->second] + period], due[i], *parts_.plan, parts_.rules);
    if (table) {
      safe.emplace(i, std::move(*table));
    } else if (table.error().code == Errc::refused) {
      refuse(lines[i], table.error());
    } else {
      return table.error();
    }
  }
  return safe;
}

Result<DueReport> Publisher::release_due(bool dry_run, YearSpan years) {
  const std::lock_guard lock(mutex_);
  TRY_VOID(ready());
  if (!parts_.plan) {
    return fail(Errc::refused,
                "the roster names no release plan: headlines only, by regionctl release INDICATOR "
                "--period YEAR");
  }
  TRY(const auto facts, parts_.facts());
  DueReport report;
  TRY(report.tier, tier(*facts));
  auto due = parts_.plan->plan.due(report.tier, day_of(parts_.clock->now()));
  std::erase_if(due, [&](const DueTable& one) {
    return one.period.last_year() < years.first || one.period.first_year() > years.last;
  });
  for (const DueTable& one : due) {
    DueLine line{one.table->id,
                 one.indicator,
                 one.period.text(),
                 std::string(name(one.table->method)),
                 DueLine::State::would_release,
                 0,
                 0,
                 {},
                 {}};
    TRY(line.release, history_.released(line.indicator, line.period, line.table));
    if (line.release) {
      line.state = DueLine::State::existing;
    } else if (!is_computable(*parts_.catalogue->find(line.indicator), *facts)) {
      line.state = DueLine::State::not_computable;
    }
    report.lines.push_back(std::move(line));
  }
  TRY(const auto safe, protect_all(due, report.lines, *facts));
  if (!dry_run && !safe.empty()) {
    TRY_VOID(freeze_noise());
    TRY_VOID(freeze_tier(*facts, report.tier));
  }
  for (std::size_t i = 0; i < due.size(); ++i) {
    DueLine& line = report.lines[i];
    if (line.state != DueLine::State::would_release) continue;
    if (due[i].table->method == Method::exact) {
      TRY_VOID(release_headline(line, dry_run));
    } else {
      line.published = safe.at(i).published();
      line.withheld = safe.at(i).withheld();
      if (!dry_run) {
        TRY(line.release, state(safe.at(i), std::nullopt, false));
      }
    }
    if (!dry_run && line.state == DueLine::State::would_release) {
      line.state = DueLine::State::released;
    }
  }
  TRY_VOID(judge_own());
  return report;
}

}  // namespace regions
