// Amounts that are out and that the records now contradict: released again where that tells of
// nobody, else they stand (policies/disclosure/amounts/correcting.h).
#include "node/publish/amount_tables.h"
#include "node/publish/day.h"
#include "node/publish/publisher.h"
#include "node/publish/versions.h"

namespace regions {
namespace {

constexpr std::string_view kGivesAnother =
    "the records now give another amount than the one that was out, but ";

std::string stands(std::string_view why, bool holds) {
  return std::string(kGivesAnother) + std::string(why) +
         (holds ? ". What was released stands" : ". What was withdrawn does not come back");
}

}  // namespace

Result<bool> Publisher::is_owed(const DueTable& due,
                                const std::vector<LedgerRelease>& versions) const {
  TRY(const auto decisions, ledger_.amounts(due.indicator));
  const AmountDecision* last = last_of(decisions, due);
  const auto& withdrawn = versions.back().withdrawn;
  const bool by_law = withdrawn && withdrawn->reason == WithdrawalReason::legal_obligation;
  return last != nullptr && !is_stated(*last, versions) && !by_law;
}

std::string Publisher::why_not_now(const DueTable& due,
                                   const std::vector<LedgerRelease>& versions) const {
  const Period& baseline = parts_.plan->plan.baseline;
  if (baseline.first_year() <= due.period.first_year() &&
      due.period.last_year() <= baseline.last_year()) {
    return "it is part of the baseline, which is frozen";
  }
  const bool was_corrected = versions.front().decision != versions.back().decision;
  if (was_corrected && day_of(versions.back().at).year() == day_of(parts_.clock->now()).year()) {
    return "it was corrected this year already, and once a year is enough";
  }
  return {};
}

Result<std::vector<EarlierAmounts>> Publisher::earlier_amounts(
    const std::vector<AmountDecision>& decisions) const {
  std::vector<EarlierAmounts> earlier;
  for (const AmountDecision& decision : decisions) {
    EarlierAmounts& one = earlier.emplace_back();
    for (const DecidedAmount& amount : decision.cells) one.cells.push_back(amount.cell);
    TRY(one.members, ledger_.amount_members(decision.indicator, decision.number));
  }
  return earlier;
}

Result<Publisher::AmountCorrections> Publisher::correct_amounts(
    const RawAmounts& raw, AmountRequest request, const std::vector<std::size_t>& places,
    const std::vector<DueTable>& due, const std::vector<AmountDecision>& decisions,
    std::vector<DueLine>& lines) const {
  AmountCorrections out;
  TRY(const auto earlier, earlier_amounts(decisions));
  for (const EarlierAmounts& one : earlier) {
    if (one.members) out.secret = one.members->secret;
  }
  if (out.secret.empty()) out.secret = parts_.random->bytes(32);
  std::vector<std::size_t> asked;
  std::set<std::size_t> current_ones;  // of which what was decided last holds
  request.tables.clear();
  for (const std::size_t i : places) {
    TRY(const auto versions,
        ledger_.releases({lines[i].indicator, lines[i].period, lines[i].table}));
    const AmountDecision* last = last_of(decisions, due[i]);
    if (last == nullptr || !is_stated(*last, versions)) continue;
    if (const std::string why = why_not_now(due[i], versions); !why.empty()) {
      out.barred.emplace(i, stands(why, lines[i].release.has_value()));
      continue;
    }
    const LedgerRelease* holds = current(versions);
    if (holds != nullptr && holds->decision == last->number) current_ones.insert(i);
    asked.push_back(i);
    request.tables.push_back({due[i].table, due[i].period});
  }
  if (asked.empty()) return out;
  TRY(CorrectedAmounts made, AmountControl::correct(raw, request, earlier));
  for (std::size_t at = 0; at < asked.size(); ++at) {
    DueLine& line = lines[asked[at]];
    if (made.corrected[at]) {
      out.corrected.insert(asked[at]);
    } else if (!made.why_not[at].empty()) {
      line.state = DueLine::State::refused;
      line.reason = stands(made.why_not[at], line.release.has_value());
      out.settled.insert(asked[at]);
    } else if (current_ones.contains(asked[at])) {
      line.state = DueLine::State::existing;
      out.settled.insert(asked[at]);
    }
  }
  out.decided = std::move(made.decided);
  out.intervals = std::move(made.intervals);
  return out;
}

}  // namespace regions
