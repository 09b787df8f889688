#include "node/publish/publisher.h"

#include <algorithm>
#include <set>

#include "node/cube/cube.h"
#include "node/exchange/judge_again.h"
#include "node/exchange/own_log.h"
#include "policies/catalogue/period.h"
#include "protocol/statement/dsse.h"
#include "protocol/statement/opening.h"

namespace regions {
Publisher::Publisher(PublisherParts parts, StatementKey key)
    : parts_(std::move(parts)),
      signer_(std::move(key), parts_.membership->roster().federation(), parts_.member,
              *parts_.clock, *parts_.random),
      ledger_(*parts_.records) {}

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
  TRY_VOID(ledger_.check_format());
  TRY_VOID(check_noise());
  TRY_VOID(check_log_is_whole());
  TRY_VOID(judge_again(*parts_.shared, acceptor(), parts_.member));
  TRY(const auto pending, ledger_.pending());
  if (pending) {
    auto logged = log_pending(*pending);
    if (!logged) return logged.error().in("finishing an interrupted release");
  }
  return judge_own();
}

Result<void> Publisher::check_log_is_whole() const {
  TRY(const auto releases, ledger_.all_releases());
  const LogStore log(*parts_.shared, parts_.member);
  const auto require = [&](const ReleaseRef& ref, const std::string& what) -> Result<void> {
    const auto entry = log.entry(ref.index);
    if (entry && ByteView(*entry).ends_with(ref.id.view())) return {};
    return fail(Errc::corrupt, "the log does not hold " + what + " " + ref.id.hex() + " at entry " +
                                   std::to_string(ref.index) +
                                   ": the shared store has lost what was acknowledged. Nothing is "
                                   "signed with it; keep both stores and see the runbook");
  };
  for (const LedgerRelease& one : releases) {
    TRY_VOID(require(one.ref, "release"));
    if (one.withdrawn) TRY_VOID(require(one.withdrawn->statement, "withdrawal"));
  }
  return check_records_are_whole(releases);
}

// And the ledger every release and withdrawal that the log holds: a confidential store that lost
// its end would decide a second time, and two figures of one year disclose their difference.
Result<void> Publisher::check_records_are_whole(const std::vector<LedgerRelease>& releases) const {
  std::set<std::uint64_t> filed;
  for (const LedgerRelease& one : releases) {
    filed.insert(one.ref.index);
    if (one.withdrawn) filed.insert(one.withdrawn->statement.index);
  }
  TRY(const auto pending, ledger_.pending());
  const LogStore log(*parts_.shared, parts_.member);
  TRY(const auto head, log.head());
  for (std::uint64_t index = 0; head && index < head->size; ++index) {
    TRY(const Bytes bytes, log.entry(index));
    const auto entry = decode_entry(bytes);
    if (!entry || filed.contains(index)) continue;
    if (entry->kind != EntryKind::release && entry->kind != EntryKind::withdrawal) continue;
    if (pending) {
      TRY(const auto statement, decode_envelope(pending->envelope));
      if (statement_id(statement.payload_type, statement.payload) == entry->statement) continue;
    }
    const std::string what = entry->kind == EntryKind::release ? "release " : "withdrawal ";
    return fail(Errc::corrupt, "the records do not know " + what + entry->statement.hex() +
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
Result<ReleaseRef> Publisher::log_pending(const PendingStatement& pending) {
  TRY(auto statement, signer_.again(pending.envelope));
  const ReleaseRef ref{statement.id(), statement.entry().sequence};
  TRY(const auto logged, parts_.shared->get(Area::envelopes, ref.id.view()));
  if (!logged) {
    std::vector<SignedStatement> statements;
    statements.push_back(std::move(statement));
    TRY_VOID(parts_.committer->commit(statements));
  }
  TRY_VOID(ledger_.finish(pending, ref.index));
  return ref;
}

// What a failed call before this one left half-way comes first.
Result<void> Publisher::ready() {
  if (!parts_.committer->founded()) {
    return fail(Errc::refused,
                "the log is not founded: install roster 1 and this node's key set 1 first");
  }
  TRY(const auto left, ledger_.pending());
  if (left) TRY_VOID(log_pending(*left));
  return judge_own();
}

ReleaseContext Publisher::context(const Intent& intent) const {
  const VerifiedRoster& roster = parts_.membership->roster();
  const Member* self = roster.find(parts_.member);
  CHECK(self != nullptr);
  return {roster.version(),   self->nuts_version, intent.rule_set,
          intent.provisional, intent.supersedes,  {}};
}

Release Publisher::draft(const Intent& intent) const {
  return signer_.draft(intent.table, context(intent));
}

// The other headline of the year may have made the decision since it was taken.
Result<std::optional<NewDecision>> Publisher::to_be_made(const Intent& intent, const Facts& facts) {
  if (!intent.standing || !intent.standing->is_new) return std::optional<NewDecision>();
  const Decision& decision = intent.standing->decision;
  const std::string& period = intent.table.period();
  TRY(const auto made, ledger_.decisions(period));
  if (made.size() >= decision.version) return std::optional<NewDecision>();
  TRY(const int year, parse_year(period));
  TRY(const auto holdings, CubeBuilder::headline_holdings(facts, *parts_.catalogue, year));
  Bytes secret = parts_.random->bytes(32);
  HeadlineMembers members = holdings.tags(secret);
  // What forbids a figure need not be known later, what was let out in spite of it must.
  auto waived =
      parts_.rules.headline_waives_observer_rule ? intent.near : std::vector<HeadlineFinding>();
  return std::optional(
      NewDecision{decision, {std::move(secret), std::move(members), 0, std::move(waived)}});
}

Result<ReleaseRef> Publisher::state(const Intent& intent, const Facts& facts, const std::string& by,
                                    const std::optional<NewAmounts>& amounts,
                                    const Bytes* witnesses) {
  const SafeTable& table = intent.table;
  const FigureName figure{table.indicator(), table.period(), table.table()};
  TRY(const auto made, to_be_made(intent, facts));
  TRY(const auto versions, ledger_.releases(figure));
  TRY(const std::uint64_t next, parts_.committer->next_sequence());
  ReleaseContext with = context(intent);
  std::optional<Bytes> witness_secret;
  if (witnesses != nullptr) {
    witness_secret = parts_.random->bytes(kWitnessSecretBytes);
    with.witnesses = witnesses_digest(*witness_secret, *witnesses);
  }
  TRY(const auto statement, signer_.release(next, table, with));
  PendingStatement pending{{}, statement.envelope()};
  LedgerRelease& release = pending.release;
  release.figure = figure;
  release.version = static_cast<std::uint32_t>(versions.size()) + 1;
  release.ref = {statement.id(), 0};
  release.definition = table.definition();
  release.at = parts_.clock->now();
  release.by = by;
  release.decision = intent.standing ? intent.standing->decision.version : intent.amounts;
  release.supersedes = intent.supersedes;
  release.published = static_cast<std::uint32_t>(table.published());
  release.withheld = static_cast<std::uint32_t>(table.withheld());
  TRY_VOID(ledger_.prepare(made, pending, amounts, witness_secret));
  return log_pending(pending);
}

}  // namespace regions
