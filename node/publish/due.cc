// Releases by plan: everything that is due, from one reading of the records, one table after the
// other.
#include <algorithm>

#include "node/cube/cube.h"
#include "node/publish/confirmation.h"
#include "node/publish/day.h"
#include "node/publish/publisher.h"
#include "node/publish/versions.h"
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

void refuse(DueLine& line, const Error& error) {
  line.state = DueLine::State::refused;
  line.reason = error.context;
}

// `decided`: of a headline; else nullptr.
void add(Confirmation& all, Release release, const FixedHeadlines* decided) {
  if (decided == nullptr) return all.add(std::move(release));
  all.add(std::move(release), *decided);
}

bool is_chosen(const DueTable& due, const DueChoice& choice) {
  const auto is = [](const std::string& wanted, const std::string& given) {
    return wanted.empty() || wanted == given;
  };
  return is(choice.indicator, due.indicator) && is(choice.period, due.period.text()) &&
         is(choice.table, due.table->id);
}

// The tables of the lines that are still to be released by the cell key, and where each of them
// stands in what one pass over the records gives.
struct Breakdowns {
  std::vector<TableSpec> specs;
  std::map<std::pair<const PlannedTable*, std::string>, std::size_t> spec_at;
  YearSpan span{kYearMax, kYearMin};

  Breakdowns(const Catalogue& catalogue, const std::vector<DueTable>& due,
             const std::vector<DueLine>& lines) {
    for (std::size_t i = 0; i < due.size(); ++i) {
      if (lines[i].state != DueLine::State::would_release ||
          due[i].table->method != Method::cell_key) {
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

Result<std::optional<Publisher::Intent>> Publisher::intend(const DueTable& due, const DueLine& line,
                                                           const RecordsNow& records,
                                                           const RawTable* raw) const {
  if (raw == nullptr) {
    TRY(Decided decided, decide(line.indicator, line.period, records));
    return decided.existing ? std::optional<Intent>() : std::optional(std::move(decided.intent));
  }
  TRY(SafeTable table,
      BreakdownControl::cell_key(*raw, due.table->id, parts_.plan->noise, parts_.rules));
  TRY(const auto versions, ledger_.releases({line.indicator, line.period, line.table}));
  if (!versions.empty()) {
    TRY(const bool same, says(line.release.value_or(versions.back().ref), table));
    if (same && line.release) return std::optional<Intent>();
    // Else withdrawing would be a way round that rule: enough noisy values of nearly the same firms
    // tell their number.
    const std::string why = same ? "" : why_not_revised(due, versions);
    if (!why.empty()) {
      return fail(Errc::refused,
                  "the records now give another figure than the one that was out, but " + why +
                      ". What was withdrawn does not come back");
    }
  }
  auto before = superseded(versions, table.definition());
  return std::optional(Intent{std::move(table), parts_.rule_set, {}, 0, false, {}, before, {}, {}});
}

// What every line that is due would state; a line that is refused says so and has none.
Result<Publisher::Intents> Publisher::intend(const std::vector<DueTable>& due,
                                             std::vector<DueLine>& lines,
                                             const RecordsNow& records) const {
  Intents intents;
  TRY_VOID(intend_amounts(due, lines, records, intents));
  const Breakdowns breakdowns(*parts_.catalogue, due, lines);
  std::vector<RawTable> raw;
  if (!breakdowns.specs.empty()) {
    raw =
        CubeBuilder::tables(records.facts(), *parts_.catalogue, breakdowns.specs, breakdowns.span);
  }
  for (std::size_t i = 0; i < due.size(); ++i) {
    const Method method = due[i].table->method;
    if (lines[i].state != DueLine::State::would_release || method == Method::rounded) continue;
    auto intent = intend(due[i], lines[i], records,
                         method == Method::exact ? nullptr : &raw[breakdowns.place(due[i])]);
    if (intent && *intent) {
      intents.of_line.emplace(i, std::move(**intent));
    } else if (intent) {
      lines[i].state = DueLine::State::existing;
    } else if (intent.error().code == Errc::refused) {
      refuse(lines[i], intent.error());
    } else {
      return intent.error();
    }
  }
  return intents;
}

Result<bool> Publisher::says(const ReleaseRef& release, const SafeTable& table) const {
  TRY(const Release stated, stated_release(release));
  if (stated.definition != table.definition() || stated.dimensions != table.dimensions()) {
    return false;
  }
  return std::equal(stated.cells.begin(), stated.cells.end(), table.cells().begin(),
                    table.cells().end(), [](const Cell& a, const SafeTable::Cell& b) {
                      return a.categories == b.categories && a.value == b.value;
                    });
}

// DISCLOSURE 4: the baseline is frozen, and a year has one revision at the most. The headlines have
// a rule of their own.
std::string Publisher::why_not_revised(const DueTable& due,
                                       const std::vector<LedgerRelease>& versions) const {
  const Period& baseline = parts_.plan->plan.baseline;
  if (due.table->method == Method::exact) return {};
  if (baseline.first_year() <= due.period.first_year() &&
      due.period.last_year() <= baseline.last_year()) {
    return "it is part of the baseline, which is frozen";
  }
  const bool revised = versions.size() > 1 &&
                       day_of(versions.back().at).year() == day_of(parts_.clock->now()).year();
  return revised ? "it was released anew this year already, and once a year is enough" : "";
}

// What was withdrawn because a law demands it, the operator lets out again by asking for that table
// alone, or not at all.
DueLine::State Publisher::state_of(const DueTable& due, const std::vector<LedgerRelease>& versions,
                                   const Facts& facts, Again asked) const {
  const bool computable = is_computable(*parts_.catalogue->find(due.indicator), facts);
  if (versions.empty()) {
    return computable ? DueLine::State::would_release : DueLine::State::not_computable;
  }
  const bool holds = current(versions) != nullptr;
  const auto& withdrawn = versions.back().withdrawn;
  const bool by_law = withdrawn && withdrawn->reason == WithdrawalReason::legal_obligation;
  const bool again =
      (!by_law || asked == Again::this_table) && (!holds || why_not_revised(due, versions).empty());
  if (asked != Again::no && computable && again) return DueLine::State::would_release;
  return holds ? DueLine::State::existing : DueLine::State::withdrawn;
}

Result<std::vector<DueLine>> Publisher::lines_of(const std::vector<DueTable>& due,
                                                 const Facts& facts, Again asked) const {
  std::vector<DueLine> lines;
  for (const DueTable& one : due) {
    DueLine& line = lines.emplace_back();
    line.table = one.table->id;
    line.indicator = one.indicator;
    line.kind = one.period.kind();
    line.period = one.period.text();
    line.method = name(one.table->method);
    TRY(const auto versions, ledger_.releases({line.indicator, line.period, line.table}));
    if (const LedgerRelease* holds = current(versions)) {
      line.release = holds->ref;
      line.published = holds->published;
      line.withheld = holds->withheld;
      if (one.table->method == Method::exact) {
        TRY(FixedHeadlines with, decided_with(*holds));
        line.decided = DecidedHeadlines{std::move(with), {}, {}};
      }
    }
    line.state = state_of(one, versions, facts, asked);
    if (asked != Again::no && line.state == DueLine::State::existing) {
      line.reason = why_not_revised(one, versions);
    }
    if (one.table->method != Method::rounded || versions.empty()) continue;
    TRY(const bool owed, is_owed(one, versions));
    if (owed) line.state = DueLine::State::would_release;
  }
  return lines;
}

// Of what is stated already as of what would be, so that a call that was interrupted, or made
// twice, is confirmed by the same digest.
Result<Digest> Publisher::digest_of(const std::vector<DueLine>& lines,
                                    const Intents& intents) const {
  Confirmation all(parts_.confirmation_key, parts_.plan.get());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (const auto intent = intents.of_line.find(i); intent != intents.of_line.end()) {
      const auto& decided = intent->second.decided;
      add(all, draft(intent->second), decided ? &decided->both : nullptr);
    } else if (lines[i].release) {
      TRY(Release stated, stated_release(*lines[i].release));
      add(all, std::move(stated), lines[i].decided ? &lines[i].decided->both : nullptr);
    }
  }
  return all.digest();
}

// What is decided about amounts becomes durable with the first of their tables.
Result<void> Publisher::state_all(std::vector<DueLine>& lines, Intents& intents, const Facts& facts,
                                  const std::string& by) {
  std::map<std::pair<std::string, std::uint32_t>, Bytes> witnesses;
  for (const auto& [i, intent] : intents.of_line) {
    const auto made = intents.amounts.find(lines[i].indicator);
    const bool first =
        made != intents.amounts.end() && made->second.decision.number == intent.amounts;
    std::optional<NewAmounts> decided;
    if (first) decided = std::move(made->second);
    const Bytes* claimed = nullptr;
    if (intent.amounts > 0) {
      const auto [at, is_new] = witnesses.try_emplace({lines[i].indicator, intent.amounts});
      if (is_new) {
        TRY(at->second, witnesses_of(lines[i].indicator, intent.amounts, decided));
      }
      claimed = &at->second;
    }
    TRY(lines[i].release, state(intent, facts, by, decided, claimed));
    if (first) intents.amounts.erase(made);
    lines[i].state = DueLine::State::released;
  }
  return {};
}

// What cannot be computed is told once: nobody asked for that table by itself.
Result<void> Publisher::file_refusals(const std::vector<DueLine>& lines, const std::string& by) {
  std::vector<NewRefusal> refusals;
  for (const DueLine& line : lines) {
    const bool computable = line.state != DueLine::State::not_computable;
    if (computable && line.state != DueLine::State::refused) continue;
    refusals.push_back({{line.indicator, line.period, line.table},
                        computable ? line.reason : std::string(name(Errc::not_computable)),
                        !computable});
  }
  return ledger_.refuse(refusals, parts_.clock->now(), by);
}

Result<DueReport> Publisher::release_due(bool dry_run, YearSpan years,
                                         const std::optional<Digest>& confirmed, bool revise,
                                         const std::string& by, const DueChoice& choice) {
  const std::lock_guard lock(mutex_);
  TRY_VOID(ready());
  if (!parts_.plan) {
    return fail(Errc::refused,
                "the roster names no release plan: headlines only, by regionctl release INDICATOR "
                "--period YEAR");
  }
  TRY(const RecordsNow records, RecordsNow::read(parts_.facts, parts_.knowledge));
  const Facts& facts = records.facts();
  TRY(const OwnTier own, tier(facts));
  auto due = parts_.plan->plan.due(own.tier, day_of(parts_.clock->now()));
  std::erase_if(due, [&](const DueTable& one) {
    return one.period.last_year() < years.first || one.period.first_year() > years.last ||
           !is_chosen(one, choice);
  });
  DueReport report{own.tier, {}, {}, {}, {}};
  const Again asked = !choice.table.empty() ? Again::this_table : revise ? Again::all : Again::no;
  TRY(report.lines, lines_of(due, facts, asked));
  TRY(Intents intents, intend(due, report.lines, records));
  TRY(report.digest, digest_of(report.lines, intents));
  TRY_VOID(require_confirmed(confirmed, report.digest));
  std::vector<Period> going_out;
  for (const auto& one : intents.of_line) going_out.push_back(due[one.first].period);
  report.years_without_records = records.years_without(going_out);
  if (!dry_run) {
    const bool frozen =
        std::any_of(intents.of_line.begin(), intents.of_line.end(),
                    [&](const auto& one) { return due[one.first].table->method != Method::exact; });
    if (frozen) {
      TRY_VOID(freeze_noise());
      TRY_VOID(freeze_tier(facts, own));
    }
    TRY_VOID(file_refusals(report.lines, by));
    TRY_VOID(state_all(report.lines, intents, facts, by));
    TRY_VOID(judge_own());
  }
  for (auto& [i, intent] : intents.of_line) {
    DueLine& line = report.lines[i];
    line.why = std::move(intent.why);
    line.supersedes = intent.supersedes;
    line.near = std::move(intent.near);
    line.withheld_figures = std::move(intent.withheld);
    line.decided = std::move(intent.decided);
    line.shown = ShownTable{std::move(intent.table), intent.provisional};
  }
  report.amounts = std::move(intents.reports);
  return report;
}

}  // namespace regions
