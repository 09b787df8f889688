// Withdrawals, and what the ledger tells the operator.
#include <algorithm>

#include "node/publish/publisher.h"
#include "node/publish/versions.h"
#include "protocol/statement/dsse.h"

namespace regions {
namespace {

// What is wrong with an id that is no release of ours.
Error not_ours(const Store& shared, const Digest& id) {
  const auto bytes = shared.get(Area::envelopes, id.view());
  if (!bytes) return bytes.error();
  if (!*bytes) {
    return fail(Errc::not_found, id.hex() +
                                     ": no release of this region; regionctl ledger show "
                                     "lists them. Nothing was stated");
  }
  const auto envelope = decode_envelope(**bytes);
  if (!envelope) return envelope.error();
  const auto statement = decode_payload(envelope->payload_type, envelope->payload);
  if (!statement) return statement.error();
  const auto* release = std::get_if<Release>(&*statement);
  if (release == nullptr) {
    return fail(Errc::refused, id.hex() + ": is no release; nothing was stated");
  }
  return fail(Errc::refused, id.hex() + ": is a release of " + release->header.author +
                                 ", which alone can withdraw it; nothing was stated");
}

}  // namespace

Result<WithdrawReport> Publisher::withdraw(const Digest& id, WithdrawalReason reason,
                                           const std::string& by) {
  const std::lock_guard lock(mutex_);
  TRY_VOID(ready());
  TRY(const auto releases, ledger_.all_releases());
  const auto found = std::find_if(releases.begin(), releases.end(),
                                  [&](const LedgerRelease& one) { return one.ref.id == id; });
  if (found == releases.end()) return not_ours(*parts_.shared, id);
  WithdrawReport report{*found, found->withdrawn.has_value(), {}, false};
  if (report.existing && found->withdrawn->reason != reason) {
    return fail(Errc::conflict,
                id.hex() + ": was withdrawn before, for another reason; nothing was stated");
  }
  if (!report.existing) {
    TRY(const std::uint64_t next, parts_.committer->next_sequence());
    TRY(const auto statement, signer_.withdrawal(next, id, reason));
    report.release.withdrawn = {{statement.id(), next}, reason, parts_.clock->now(), by};
    const PendingStatement pending{report.release, statement.envelope()};
    TRY_VOID(ledger_.prepare({}, pending));
    TRY_VOID(log_pending(pending));
    TRY_VOID(judge_own());
  }
  TRY(const auto versions, ledger_.releases(found->figure));
  if (const LedgerRelease* holds = current(versions)) {
    report.holds_now = holds->ref.id;
    report.superseded = holds->version > found->version;
  }
  return report;
}

Result<LedgerReport> Publisher::ledger() {
  const std::lock_guard lock(mutex_);
  LedgerReport report;
  TRY(report.releases, ledger_.all_releases());
  std::sort(
      report.releases.begin(), report.releases.end(),
      [](const LedgerRelease& a, const LedgerRelease& b) { return a.ref.index < b.ref.index; });
  TRY(report.refusals, ledger_.all_refusals());
  TRY(report.waived, ledger_.all_waived());
  TRY(report.amounts, ledger_.all_amounts());
  return report;
}

}  // namespace regions
