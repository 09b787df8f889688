// Releases by plan: everything that is due, from one reading of the records, one table after the
// other.
#include <algorithm>

#include "node/cube/cube.h"
#include "node/publish/confirmation.h"
#include "node/publish/day.h"
#include "node/publish/publisher.h"
#include "policies/catalogue/tables.h"
#include "policies/disclosure/breakdown.h"

namespace regions {
namespace {

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

// The other tables are due all the same.
void refuse(DueLine& line, const Error& error) {
  line.state = DueLine::State::refused;
  line.reason = error.context;
}

// The tables of the lines that are still to be released by the cell key or rounded, and where each
// of them stands in what one pass over the records gives.
struct Breakdowns {
  std::vector<TableSpec> specs;
  std::map<std::pair<const PlannedTable*, std::string>, std::size_t> spec_at;
  YearSpan span{kYearMax, kYearMin};

  Breakdowns(const Catalogue& catalogue, const std::vector<DueTable>& due,
             const std::vector<DueLine>& lines) {
    for (std::size_t i = 0; i < due.size(); ++i) {
      if (lines[i].state != DueLine::State::would_release ||
          due[i].table->method == Method::exact) {
        continue;
      }
      if (spec_at.emplace(std::pair(due[i].table, due[i].indicator), specs.size()).second) {
        specs.push_back(spec_of(catalogue, due[i]));
      }
      span.first = std::min(span.first, due[i].period.first_year());
      span.last = std::max(span.last, due[i].period.last_year());
    }
  }
  // The place of one of them among the tables that the pass gives.
  std::size_t place(const DueTable& one) const {
    const std::size_t spec = spec_at.at(std::pair(one.table, one.indicator));
    std::size_t at = 0;
    for (std::size_t i = 0; i < spec; ++i) at += periods_in(specs[i].kind, span);
    const Period begin = Period::of(one.period.kind(), span.first);
    return at + static_cast<std::size_t>((one.period.first_year() - begin.first_year()) /
                                         static_cast<int>(begin.kind()));
  }
};

}  // namespace

Result<Publisher::Intent> Publisher::protect(const RawTable& raw, const DueTable& due) const {
  if (due.table->method == Method::rounded) {
    TRY(SafeTable table, BreakdownControl::rounded(raw, due.table->id, parts_.rules));
    return Intent{std::move(table), {}, false, BreakdownControl::why_withheld(raw, parts_.rules)};
  }
  TRY(SafeTable table,
      BreakdownControl::cell_key(raw, due.table->id, parts_.plan->noise, parts_.rules));
  return Intent{std::move(table), {}, false, {}};
}

Result<Publisher::Intent> Publisher::intend_headline(const DueTable& due,
                                                     const Facts& facts) const {
  std::optional<Decision> decision;
  TRY(ReleaseReport report, decide(due.indicator, due.period.text(), facts, decision));
  return Intent{std::move(report.table), std::move(decision), report.provisional,
                std::move(report.why)};
}

// What every line that is due would state; a line that is refused says so and has none.
Result<Publisher::Intents> Publisher::intend(const std::vector<DueTable>& due,
                                             std::vector<DueLine>& lines,
                                             const Facts& facts) const {
  Intents intents;
  const Breakdowns breakdowns(*parts_.catalogue, due, lines);
  std::vector<RawTable> raw;
  if (!breakdowns.specs.empty()) {
    raw = CubeBuilder::tables(facts, *parts_.catalogue, breakdowns.specs, breakdowns.span);
  }
  for (std::size_t i = 0; i < due.size(); ++i) {
    if (lines[i].state != DueLine::State::would_release) continue;
    auto intent = due[i].table->method == Method::exact
                      ? intend_headline(due[i], facts)
                      : protect(raw[breakdowns.place(due[i])], due[i]);
    if (intent) {
      intents.emplace(i, std::move(*intent));
    } else if (intent.error().code == Errc::refused) {
      refuse(lines[i], intent.error());
    } else {
      return intent.error();
    }
  }
  return intents;
}

Result<std::vector<DueLine>> Publisher::lines_of(const std::vector<DueTable>& due,
                                                 const Facts& facts) const {
  std::vector<DueLine> lines;
  for (const DueTable& one : due) {
    DueLine& line = lines.emplace_back();
    line.table = one.table->id;
    line.indicator = one.indicator;
    line.kind = one.period.kind();
    line.period = one.period.text();
    line.method = name(one.table->method);
    TRY(line.release, history_.released(line.indicator, line.period, line.table));
    if (line.release) {
      line.state = DueLine::State::existing;
    } else if (!is_computable(*parts_.catalogue->find(line.indicator), facts)) {
      line.state = DueLine::State::not_computable;
    }
  }
  return lines;
}

// Of what is stated already as of what would be, so that a call that was interrupted, or made
// twice, is confirmed by the same digest.
Result<Digest> Publisher::digest_of(const std::vector<DueLine>& lines,
                                    const Intents& intents) const {
  Confirmation all(parts_.confirmation_key, parts_.plan.get());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (const auto intent = intents.find(i); intent != intents.end()) {
      all.add(draft(intent->second));
    } else if (lines[i].release) {
      TRY(Release stated, stated_release(*lines[i].release));
      all.add(std::move(stated));
    }
  }
  return all.digest();
}

Result<void> Publisher::state_all(std::vector<DueLine>& lines, const Intents& intents) {
  for (const auto& [i, intent] : intents) {
    TRY(lines[i].release, state(intent.table, intent.decision, intent.provisional));
    lines[i].state = DueLine::State::released;
  }
  return {};
}

Result<DueReport> Publisher::release_due(bool dry_run, YearSpan years,
                                         const std::optional<Digest>& confirmed) {
  const std::lock_guard lock(mutex_);
  TRY_VOID(ready());
  if (!parts_.plan) {
    return fail(Errc::refused,
                "the roster names no release plan: headlines only, by regionctl release INDICATOR "
                "--period YEAR");
  }
  TRY(const auto facts, parts_.facts());
  TRY(const OwnTier own, tier(*facts));
  auto due = parts_.plan->plan.due(own.tier, day_of(parts_.clock->now()));
  std::erase_if(due, [&](const DueTable& one) {
    return one.period.last_year() < years.first || one.period.first_year() > years.last;
  });
  DueReport report{own.tier, {}, {}};
  TRY(report.lines, lines_of(due, *facts));
  TRY(Intents intents, intend(due, report.lines, *facts));
  TRY(report.digest, digest_of(report.lines, intents));
  TRY_VOID(require_confirmed(confirmed, report.digest));
  if (!dry_run) {
    const bool frozen = std::any_of(intents.begin(), intents.end(), [&](const auto& one) {
      return due[one.first].table->method != Method::exact;
    });
    if (frozen) {
      TRY_VOID(freeze_noise());
      TRY_VOID(freeze_tier(*facts, own));
    }
    TRY_VOID(state_all(report.lines, intents));
    TRY_VOID(judge_own());
  }
  for (auto& [i, intent] : intents) {
    report.lines[i].why = std::move(intent.why);
    report.lines[i].shown.emplace(std::move(intent.table), intent.provisional);
  }
  return report;
}

}  // namespace regions
