// Amounts: all tables of an indicator that are due are protected together, beside everything that
// was ever decided about it. Each is then stated as it was decided, however often that is tried and
// whatever became of the records. Whether one that is out may be decided again:
// amount_corrections.cc.
#include <algorithm>
#include <iterator>
#include <set>

#include "node/cube/cube.h"
#include "node/publish/amount_tables.h"
#include "node/publish/publisher.h"
#include "node/publish/versions.h"

namespace regions {
namespace {

AmountHistory history_of(const std::vector<AmountDecision>& decisions) {
  AmountHistory history;
  for (const AmountDecision& one : decisions) history.release(one.cells);
  if (!decisions.empty()) history.intervals = decisions.back().intervals;
  return history;
}

// The years of everything that is in play.
YearSpan span_of(const AmountRequest& request) {
  YearSpan span{kYearMax, kYearMin};
  const auto widen = [&](const Period& period) {
    span.first = std::min(span.first, period.first_year());
    span.last = std::max(span.last, period.last_year());
  };
  for (const AmountTable& table : request.tables) widen(table.period);
  for (const AmountTable& table : request.planned) widen(table.period);
  for (const DecidedAmount& amount : request.history.cells) {
    if (const auto period = Period::parse(amount.cell.period)) widen(*period);
  }
  return span;
}

WithheldCounts counts_of(const std::vector<WithheldAmount>& withheld) {
  WithheldCounts counts;
  for (const WithheldAmount& one : withheld) ++counts[one.reason];
  return counts;
}

// Names of observers are records too, and a decision outlives these.
std::vector<AmountFinding> without_names(std::vector<AmountFinding> findings) {
  for (AmountFinding& one : findings) {
    if (one.who != "anybody") one.who = "somebody";
  }
  return findings;
}

AmountReport told_of(const std::string& indicator, const ProtectedAmounts& made) {
  return {indicator,      made.method,   made.cost,       made.bound,
          made.unsafe,    made.besides,  made.safe_cents, made.published_cents,
          made.observers, made.programs, made.disclosed,  made.outdated};
}

void refuse(DueLine& line, std::string reason) {
  line.state = DueLine::State::refused;
  line.reason = std::move(reason);
}

constexpr std::string_view kTry =
    "Try fewer periods with one call (--period A..B); where that does not help, withhold more by "
    "rule, or have the federation plan coarser tables";

// What leaves one amount out and holds up nothing else.
bool is_refusal(Errc code) {
  return code == Errc::refused || code == Errc::too_large || code == Errc::timed_out ||
         code == Errc::not_computable;
}

}  // namespace

Result<void> Publisher::check_amounts_are_whole(
    const Indicator& indicator, const std::vector<AmountDecision>& decisions) const {
  TRY(const auto releases, ledger_.all_releases());
  for (const LedgerRelease& one : releases) {
    if (one.figure.indicator != indicator.code || one.decision > 0) continue;
    return fail(Errc::refused,
                "an amount was released by a version that kept no decisions, so that what others "
                "would tell beside it cannot be judged");
  }
  const Digest definition = parts_.catalogue->definition(indicator);
  for (const AmountDecision& one : decisions) {
    if (one.definition == definition) continue;
    return fail(Errc::refused,
                "amounts were released under another definition, and what both would tell "
                "together is not judged");
  }
  return {};
}

Result<RawAmounts> Publisher::raw_amounts(const Indicator& indicator, const AmountRequest& request,
                                          const RecordsNow& records) const {
  std::set<std::string> ids;
  for (const PlannedTable& table : parts_.plan->plan.tables) {
    const auto& named = table.indicators;
    if (std::find(named.begin(), named.end(), indicator.code) == named.end()) continue;
    ids.insert(table.by.begin(), table.by.end());
  }
  for (const DecidedAmount& amount : request.history.cells) {
    for (const auto& [dimension, category] : amount.cell.categories) ids.insert(dimension);
  }
  std::vector<const Dimension*> by;
  for (const std::string& id : ids) {
    by.push_back(parts_.catalogue->dimension(id));
    if (by.back() == nullptr) {
      return fail(Errc::corrupt, "amounts were decided by " + id +
                                     ", which the catalogue has no more; run the version that "
                                     "decided them");
    }
  }
  TRY(const Knowledge* knowledge, records.knowledge());
  return CubeBuilder::amounts(*knowledge, *parts_.catalogue, indicator, by, span_of(request));
}

// Of this region's tier, in all years of the plan: what goes out now must leave what these will
// tell protected.
Result<std::vector<AmountTable>> Publisher::planned_amounts(const std::string& indicator,
                                                            const Facts& facts) const {
  using namespace std::chrono;
  TRY(const OwnTier own, tier(facts));
  std::vector<AmountTable> planned;
  const year_month_day end{year{kYearMax + 1}, January, day{1}};
  for (const DueTable& one : parts_.plan->plan.due(own.tier, end)) {
    if (one.indicator == indicator) planned.push_back({one.table, one.period});
  }
  return planned;
}

// One call of disclosure control: tables of one earlier decision, under the rules of that one, or
// those that are new.
struct Publisher::AmountCall {
  std::uint32_t decision = 0;
  bool is_new = false;
  Digest rule_set;
  RuleSet rules;
  std::vector<std::size_t> places;  // of its tables among all that are due
};

std::vector<Publisher::AmountCall> Publisher::calls_of(const std::vector<std::size_t>& places,
                                                       const std::vector<DueTable>& due,
                                                       const std::vector<AmountDecision>& decisions,
                                                       const AmountCorrections& again) const {
  std::map<std::uint32_t, AmountCall> calls;
  for (const std::size_t i : places) {
    if (again.settled.contains(i)) continue;
    const AmountDecision* made = again.corrected.contains(i) ? nullptr : last_of(decisions, due[i]);
    const bool is_new = made == nullptr;
    const auto next = static_cast<std::uint32_t>(decisions.size()) + 1;
    AmountCall& call = calls[is_new ? next : made->number];
    call.decision = is_new ? next : made->number;
    call.is_new = is_new;
    call.rules = is_new ? parts_.rules : made->rules;
    call.rule_set = is_new ? parts_.rule_set : made->rule_set;
    call.places.push_back(i);
  }
  std::vector<AmountCall> out;
  for (auto& [number, call] : calls) out.push_back(std::move(call));
  return out;
}

NewAmounts Publisher::new_amounts(const AmountCall& call, const Indicator& indicator,
                                  const AmountCorrections& again, ProtectedAmounts& made) const {
  NewAmounts out;
  out.decision.indicator = indicator.code;
  out.decision.number = call.decision;
  out.decision.definition = parts_.catalogue->definition(indicator);
  out.decision.decided_at = parts_.clock->now();
  out.decision.rules = call.rules;
  out.decision.rule_set = call.rule_set;
  out.decision.method = made.method;
  out.decision.cost = made.cost;
  out.decision.bound = made.bound;
  out.decision.cells = again.decided;
  std::move(made.decided.begin(), made.decided.end(), std::back_inserter(out.decision.cells));
  out.decision.intervals = std::move(made.intervals);
  out.decision.disclosed = without_names(std::move(made.disclosed));
  out.witnesses = std::move(made.witnesses);
  return out;
}

// What was out and is withdrawn comes back only while the records still say it, or as a correction:
// nobody is helped by the same error twice.
Result<void> Publisher::intend_amount(const AmountCall& call, std::size_t at,
                                      const std::vector<DueTable>& due, std::vector<DueLine>& lines,
                                      const AmountCorrections& again, ProtectedAmounts& made,
                                      Intents& intents) const {
  const std::size_t i = call.places[at];
  TRY(const auto versions, ledger_.releases({lines[i].indicator, lines[i].period, lines[i].table}));
  const bool outdated = std::any_of(made.outdated.begin(), made.outdated.end(),
                                    [&](const AmountCell& cell) { return is_in(cell, due[i]); });
  const auto barred = again.barred.find(i);
  if (outdated && barred != again.barred.end()) {
    refuse(lines[i], barred->second);
    return {};
  }
  Intent intent{
      std::move(made.tables[at]), call.rule_set, {}, call.decision, false, {}, {}, {}, {}};
  for (const WithheldAmount& one : made.withheld) {
    if (one.table == at) intent.withheld.push_back(one);
  }
  intent.why = counts_of(intent.withheld);
  const bool as_before = !call.is_new || again.corrected.contains(i);
  if (as_before && intent.table.withheld() > 0) {
    intent.why[Withheld::earlier] = intent.table.withheld();
  }
  intent.supersedes = superseded(versions, intent.table.definition());
  intents.of_line.emplace(i, std::move(intent));
  return {};
}

Result<Publisher::Intents> Publisher::decide_amounts(const Indicator& indicator,
                                                     const std::vector<std::size_t>& places,
                                                     const std::vector<DueTable>& due,
                                                     std::vector<DueLine>& lines,
                                                     const RecordsNow& records) const {
  TRY(const auto decisions, ledger_.amounts(indicator.code));
  TRY_VOID(check_amounts_are_whole(indicator, decisions));
  AmountRequest request;
  request.catalogue = parts_.catalogue;
  request.history = history_of(decisions);
  request.rules = parts_.rules;
  request.region_key = parts_.amount_key.view();
  request.pivots_max = parts_.amount_pivots_max;
  for (const std::size_t i : places) request.tables.push_back({due[i].table, due[i].period});
  TRY(request.planned, planned_amounts(indicator.code, records.facts()));
  TRY(const RawAmounts raw, raw_amounts(indicator, request, records));
  TRY(const AmountCorrections again, correct_amounts(raw, request, places, due, decisions, lines));
  if (!again.decided.empty()) {
    request.history.release(again.decided);
    request.history.intervals = again.intervals;
  }
  Intents intents;
  for (const AmountCall& call : calls_of(places, due, decisions, again)) {
    request.rules = call.rules;
    request.tables.clear();
    for (const std::size_t i : call.places) {
      request.tables.push_back({due[i].table, due[i].period});
    }
    TRY(ProtectedAmounts made, AmountControl::protect(raw, request));
    for (std::size_t at = 0; at < call.places.size(); ++at) {
      TRY_VOID(intend_amount(call, at, due, lines, again, made, intents));
    }
    if (!call.is_new) continue;
    if (!made.decided.empty()) intents.reports.push_back(told_of(indicator.code, made));
    NewAmounts decided = new_amounts(call, indicator, again, made);
    TRY(decided.members, AmountControl::members(raw, *parts_.catalogue, again.secret));
    intents.amounts.emplace(indicator.code, std::move(decided));
  }
  return intents;
}

// Refusals say what to try; the other tables are due all the same.
Result<void> Publisher::intend_amounts(const std::vector<DueTable>& due,
                                       std::vector<DueLine>& lines, const RecordsNow& records,
                                       Intents& intents) const {
  std::map<std::string, std::vector<std::size_t>> of_indicator;
  for (std::size_t i = 0; i < due.size(); ++i) {
    const bool asked = lines[i].state == DueLine::State::would_release;
    if (asked && due[i].table->method == Method::rounded) {
      of_indicator[due[i].indicator].push_back(i);
    }
  }
  for (const auto& [code, places] : of_indicator) {
    auto decided = decide_amounts(*parts_.catalogue->find(code), places, due, lines, records);
    if (decided) {
      intents.of_line.merge(decided->of_line);
      intents.amounts.merge(decided->amounts);
      std::move(decided->reports.begin(), decided->reports.end(),
                std::back_inserter(intents.reports));
      continue;
    }
    if (!is_refusal(decided.error().code)) return decided.error().in(code);
    const std::string why = decided.error().context + "; none of the " +
                            std::to_string(places.size()) + " tables of " + code +
                            " that were to be decided together goes out. " + std::string(kTry);
    for (const std::size_t i : places) refuse(lines[i], why);
  }
  return {};
}

}  // namespace regions
