// The witnesses behind a claim, and what opens it (protocol/spec/witnesses.md).
#include <algorithm>

#include "node/publish/publisher.h"
#include "policies/disclosure/amounts/amount_witnesses.h"

namespace regions {

Result<Bytes> Publisher::witnesses_of(const std::string& indicator, std::uint32_t decision,
                                      const std::optional<NewAmounts>& made) const {
  if (made) return canonical(made->witnesses);
  TRY(const auto kept, ledger_.witnesses(indicator, decision));
  return canonical(kept);
}

Result<OpenedRelease> Publisher::open_witnesses(const Digest& id) {
  const std::lock_guard lock(mutex_);
  TRY(const auto releases, ledger_.all_releases());
  const auto found = std::find_if(releases.begin(), releases.end(),
                                  [&](const LedgerRelease& one) { return one.ref.id == id; });
  if (found == releases.end()) {
    return fail(Errc::not_found,
                id.hex() + ": no release of this region; regionctl ledger show lists them");
  }
  TRY(const Release stated, stated_release(found->ref));
  if (!stated.claim.witnesses) {
    return fail(Errc::refused, id.hex() +
                                   ": claims no witnesses: it is no amount, or was released by a "
                                   "version that claimed none");
  }
  TRY(const auto secret, ledger_.witness_secret(found->figure, found->version));
  if (!secret) return fail(Errc::corrupt, "the ledger: what opens the claim of " + id.hex());
  TRY(auto witnesses, ledger_.witnesses(found->figure.indicator, found->decision));
  Bytes bytes = canonical(witnesses);
  return OpenedRelease{
      *found, std::move(witnesses), *stated.claim.witnesses, {id, *secret, std::move(bytes)}};
}

}  // namespace regions
