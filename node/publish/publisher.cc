#include "node/publish/publisher.h"

#include <algorithm>
#include <ctime>
#include <set>

#include "node/cube/cube.h"
#include "node/exchange/judge_again.h"
#include "node/exchange/own_log.h"
#include "node/publish/confirmation.h"
#include "policies/catalogue/period.h"
#include "policies/catalogue/tables.h"
#include "protocol/statement/dsse.h"

namespace regions {
namespace {

struct Date {
  int year = 0;
  std::string text;  // YYYY-MM-DD, UTC
};

Date date_of(std::int64_t seconds) {
  const std::time_t time = seconds;
  std::tm parts{};
  gmtime_r(&time, &parts);
  char text[16];
  std::strftime(text, sizeof text, "%Y-%m-%d", &parts);
  return {parts.tm_year + 1900, text};
}

// The protected table of one of the two headlines.
Result<SafeTable> table_of(const FixedHeadlines& headlines, const std::string& code) {
  if (headlines.ent().indicator() == code) return headlines.ent();
  if (headlines.sme() && headlines.sme()->indicator() == code) return *headlines.sme();
  return fail(Errc::not_computable, code + " " + headlines.period() +
                                        ": no enterprise has a known NACE code, so none can be "
                                        "told to be in manufacturing; import "
                                        "organisations with their NACE code. Nothing was stated");
}

bool same_figure(const FixedHeadlines& fixed, const FixedHeadlines& now, const std::string& code) {
  const auto one = table_of(fixed, code), other = table_of(now, code);
  return one && other && one->definition() == other->definition() && one->cells() == other->cells();
}

// Where SME-COOP is published, ENT-COOP is no smaller: only its nearness can withhold it.
WithheldCounts why_withheld(const FixedHeadlines& headlines, const SafeTable& table) {
  if (table.withheld() == 0) return {};
  const auto& sme = headlines.sme();
  const bool close =
      table.indicator() == headlines.ent().indicator() && sme && sme->published() > 0;
  return {{close ? Withheld::close : Withheld::minimum, table.withheld()}};
}

}  // namespace

Publisher::Publisher(PublisherParts parts, StatementKey key)
    : parts_(std::move(parts)),
      signer_(std::move(key), parts_.membership->roster().federation(), parts_.member,
              *parts_.clock, *parts_.random),
      history_(*parts_.records) {}

Result<void> Publisher::found() {
  const std::lock_guard lock(mutex_);
  TRY_VOID(parts_.committer->found());
  TRY(const std::uint64_t next, parts_.committer->next_sequence());
  if (next > 0) return judge_own();
  const VerifiedKeySet* keyset = parts_.membership->keyset(parts_.member);
  if (keyset == nullptr)
    return fail(Errc::refused, "key set 1 of " + parts_.member + " is not installed");
  const VerifiedRoster& roster = parts_.membership->roster();
  std::vector<SignedStatement> statements;
  TRY(auto adopts_keyset, signer_.keyset_adopted(0, keyset->key_set().number, keyset->digest()));
  TRY(auto adopts_roster, signer_.roster_adopted(1, roster.version(), roster.digest()));
  statements.push_back(std::move(adopts_keyset));
  statements.push_back(std::move(adopts_roster));
  TRY_VOID(parts_.committer->commit(statements));
  return judge_own();
}

Acceptor Publisher::acceptor() const {
  return {parts_.membership, *parts_.catalogue, plan_of(parts_.plan)};
}

Result<void> Publisher::judge_own() const {
  return judge_own_log(*parts_.shared, acceptor(), parts_.member);
}

Result<void> Publisher::recover() {
  const std::lock_guard lock(mutex_);
  TRY_VOID(check_noise());
  TRY_VOID(check_log_is_whole());
  TRY_VOID(judge_again(*parts_.shared, acceptor(), parts_.member));
  TRY(const auto pending, history_.pending());
  if (pending) {
    auto logged = log_pending(*pending);
    if (!logged) return logged.error().in("finishing an interrupted release");
  }
  return judge_own();
}

Result<void> Publisher::check_log_is_whole() const {
  TRY(const auto releases, history_.all_released());
  const LogStore log(*parts_.shared, parts_.member);
  for (const ReleaseRef& ref : releases) {
    const auto entry = log.entry(ref.index);
    if (entry && ByteView(*entry).ends_with(ref.id.view())) continue;
    return fail(Errc::corrupt, "the log does not hold release " + ref.id.hex() + " at entry " +
                                   std::to_string(ref.index) +
                                   ": the shared store has lost what was acknowledged. Nothing is "
                                   "signed with it; keep both stores and see the runbook");
  }
  return check_records_are_whole(releases);
}

// And the records every release that the log holds: a confidential store that lost its end would
// decide a second time, and two figures of one year disclose their difference.
Result<void> Publisher::check_records_are_whole(const std::vector<ReleaseRef>& releases) const {
  std::set<std::uint64_t> filed;
  for (const ReleaseRef& ref : releases) filed.insert(ref.index);
  TRY(const auto pending, history_.pending());
  const LogStore log(*parts_.shared, parts_.member);
  TRY(const auto head, log.head());
  for (std::uint64_t index = 0; head && index < head->size; ++index) {
    TRY(const Bytes bytes, log.entry(index));
    const auto entry = decode_entry(bytes);
    if (!entry || entry->kind != EntryKind::release || filed.contains(index)) continue;
    if (pending) {
      TRY(const auto statement, decode_envelope(pending->envelope));
      if (statement_id(statement.payload_type, statement.payload) == entry->statement) continue;
    }
    return fail(Errc::corrupt, "the records do not know release " + entry->statement.hex() +
                                   " at entry " + std::to_string(index) +
                                   ": the confidential store has lost what was acknowledged. "
                                   "Nothing is released from it; keep both stores and see the "
                                   "runbook");
  }
  return {};
}

Result<Release> Publisher::stated_release(const ReleaseRef& ref) const {
  TRY(const auto bytes, parts_.shared->get(Area::envelopes, ref.id.view()));
  if (!bytes) return fail(Errc::corrupt, "own log: envelope " + ref.id.hex() + " is missing");
  TRY(const auto envelope, decode_envelope(*bytes));
  TRY(Statement statement, decode_payload(envelope.payload_type, envelope.payload));
  auto* release = std::get_if<Release>(&statement);
  if (release == nullptr) return fail(Errc::corrupt, "own log: " + ref.id.hex() + " is no release");
  return std::move(*release);
}

// Logs the pending statement unless the log has it already, then files it.
Result<ReleaseRef> Publisher::log_pending(const PendingRelease& pending) {
  TRY(auto statement, signer_.again(pending.envelope));
  const ReleaseRef ref{statement.id(), statement.entry().sequence};
  TRY(const auto logged, parts_.shared->get(Area::envelopes, ref.id.view()));
  if (!logged) {
    std::vector<SignedStatement> statements;
    statements.push_back(std::move(statement));
    TRY_VOID(parts_.committer->commit(statements));
  }
  TRY_VOID(history_.finish(pending, ref));
  return ref;
}

Result<void> Publisher::require_planned(const std::string& code, const Period& year,
                                        const Facts& facts) const {
  if (!parts_.plan) return {};
  const Plan& plan = parts_.plan->plan;
  const PlannedTable* table = plan.find(code, PeriodKind::year, {});
  TRY(const OwnTier own, tier(facts));
  const bool planned = table != nullptr && table->method == Method::exact &&
                       table->is_for(own.tier) && plan.covers(year);
  return planned ? Result<void>() : fail(Errc::refused, std::string(kNotPlanned));
}

Result<ReleaseReport> Publisher::decide(const std::string& code, const std::string& period,
                                        const Facts& facts,
                                        std::optional<Decision>& decision) const {
  TRY_VOID(parts_.catalogue->require(code));
  TRY(const Period asked, Period::parse(period));
  if (asked.kind() != PeriodKind::year || (code != kHeadlineAll && code != kHeadlineSme)) {
    return fail(Errc::refused, std::string(kNotPlanned));
  }
  const int year = asked.first_year();
  TRY_VOID(require_planned(code, asked, facts));
  TRY(const HeadlineInput input, CubeBuilder::headline(facts, *parts_.catalogue, year));
  TRY(FixedHeadlines now, HeadlineControl::decide(input, parts_.rules));
  TRY(decision, history_.decision(period));
  TRY(const auto existing, history_.released(code, period, kHeadlineTable));
  const bool decided_before = decision.has_value();
  // A figure that was stated stays while it itself is what the records give, whatever became of the
  // other headline.
  const bool holds = decided_before && (existing ? same_figure(decision->headlines, now, code)
                                                 : decision->headlines == now);
  if (decided_before && !holds) {
    return fail(
        Errc::refused,
        code + " " + period + ": the headlines of this year were released on " +
            date_of(decision->decided_at).text +
            " and the records, or the rules, now give others; corrections come with the ledger. "
            "Nothing was stated");
  }
  if (!decided_before)
    decision.emplace(Decision{std::move(now), parts_.clock->now(), parts_.rule_set});
  TRY(SafeTable table, table_of(decision->headlines, code));
  const bool provisional = date_of(parts_.clock->now()).year <= year;
  WithheldCounts why = why_withheld(decision->headlines, table);
  ReleaseReport report{
      std::move(table), provisional, existing.has_value(), decided_before, std::move(why),
      existing,         {}};
  Release content = signer_.draft(report.table, context(decision, provisional));
  if (existing) {
    TRY(content, stated_release(*existing));
    report.provisional = std::any_of(content.cells.begin(), content.cells.end(),
                                     [](const Cell& cell) { return cell.status == ObsStatus::P; });
  }
  Confirmation confirmation(parts_.confirmation_key, parts_.plan.get());
  confirmation.add(std::move(content));
  report.digest = confirmation.digest();
  return report;
}

Result<ReleaseReport> Publisher::dry_run(const std::string& indicator, const std::string& period) {
  const std::lock_guard lock(mutex_);
  TRY(const auto facts, parts_.facts());
  std::optional<Decision> decision;
  return decide(indicator, period, *facts, decision);
}

Result<ReleaseReport> Publisher::release(const std::string& indicator, const std::string& period,
                                         const std::optional<Digest>& confirmed) {
  const std::lock_guard lock(mutex_);
  TRY_VOID(ready());
  TRY(const auto facts, parts_.facts());
  std::optional<Decision> decision;
  TRY(ReleaseReport report, decide(indicator, period, *facts, decision));
  TRY_VOID(require_confirmed(confirmed, report.digest));
  if (!report.existing) {
    TRY(report.release, state(report.table, decision, report.provisional));
  }
  TRY_VOID(judge_own());
  return report;
}

// What a failed call before this one left half-way comes first.
Result<void> Publisher::ready() {
  if (!parts_.committer->founded()) {
    return fail(Errc::refused,
                "the log is not founded: install roster 1 and this node's key set 1 first");
  }
  TRY(const auto left, history_.pending());
  if (left) TRY_VOID(log_pending(*left));
  return judge_own();
}

ReleaseContext Publisher::context(const std::optional<Decision>& decision, bool provisional) const {
  const VerifiedRoster& roster = parts_.membership->roster();
  const Member* self = roster.find(parts_.member);
  CHECK(self != nullptr);
  return {roster.version(), self->nuts_version, decision ? decision->rule_set : parts_.rule_set,
          provisional};
}

Release Publisher::draft(const Intent& intent) const {
  return signer_.draft(intent.table, context(intent.decision, intent.provisional));
}

Result<ReleaseRef> Publisher::state(const SafeTable& table, const std::optional<Decision>& decision,
                                    bool provisional) {
  TRY(const std::uint64_t next, parts_.committer->next_sequence());
  TRY(const auto statement, signer_.release(next, table, context(decision, provisional)));
  const PendingRelease pending{table.indicator(), table.period(), table.table(),
                               statement.envelope()};
  TRY_VOID(history_.prepare(decision, pending));
  return log_pending(pending);
}

}  // namespace regions
