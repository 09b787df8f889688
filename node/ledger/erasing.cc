// What the ledger would recognise somebody by, taken out of it.
#include <algorithm>

#include "node/ledger/amount_rows.h"
#include "node/ledger/ledger.h"
#include "node/ledger/ledger_rows.h"

namespace regions {
namespace {

// Whether the row held anything of it.
bool erase(const std::string& id, DecidedMembers& members) {
  const MembershipTag tag = membership_tag(members.secret, id);
  std::size_t gone = std::erase(members.tags.ent, tag);
  if (members.tags.sme) gone = std::max<std::size_t>(gone, std::erase(*members.tags.sme, tag));
  if (gone > 0) ++members.erased;
  for (HeadlineFinding& finding : members.waived) {
    for (Party& party : finding.observers) {
      if (party.kind == PartyKind::member || party.name != id) continue;
      party.name.clear();
      gone = 1;
    }
  }
  return gone > 0;
}

Result<void> erase_from_amounts(const Reader& records, const std::vector<std::string>& ids,
                                ErasedHoldings& out, Batch& batch) {
  const auto cursor = records.scan(Area::decisions, kHoldersPrefix);
  for (; cursor->valid(); cursor->next()) {
    ledger::AmountMembers row;
    TRY_VOID(unseal(cursor->value(), row));
    TRY(AmountMembers members, from_row(row));
    bool any = false;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (!erase_party(members, ids[i])) continue;
      ++out.decisions[i];
      any = true;
    }
    if (!any) continue;
    out.amounts.insert(decision_in_holders_key(cursor->key()));
    batch.put(Area::decisions, cursor->key(), seal(to_row(members)));
  }
  return cursor->status();
}

Result<void> erase_from_headlines(const Reader& records, const std::vector<std::string>& ids,
                                  ErasedHoldings& out, Batch& batch) {
  const auto cursor = records.scan(Area::decisions, kMembersPrefix);
  for (; cursor->valid(); cursor->next()) {
    ledger::Members row;
    TRY_VOID(unseal(cursor->value(), row));
    const std::string period = period_in_members_key(cursor->key());
    TRY(DecidedMembers members, from_row(row, period));
    const std::uint64_t counted = members.erased;
    bool any = false;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (!erase(ids[i], members)) continue;
      ++out.decisions[i];
      any = true;
    }
    if (!any) continue;
    if (members.erased > counted) out.years.insert(period);
    batch.put(Area::decisions, cursor->key(), seal(to_row(members)));
  }
  return cursor->status();
}

}  // namespace

Result<ErasedHoldings> Ledger::erase_holdings(const std::vector<std::string>& ids, bool dry_run) {
  ErasedHoldings out;
  out.decisions.resize(ids.size());
  Batch batch;
  TRY_VOID(erase_from_amounts(records_, ids, out, batch));
  TRY_VOID(erase_from_headlines(records_, ids, out, batch));
  if (!dry_run && !batch.empty()) TRY_VOID(records_.commit(batch));
  return out;
}

Result<std::size_t> Ledger::erase_members(const std::string& period) {
  Batch batch;
  const auto cursor = records_.scan(Area::decisions, members_prefix(period));
  for (; cursor->valid(); cursor->next()) batch.erase(Area::decisions, cursor->key());
  TRY_VOID(cursor->status());
  if (!batch.empty()) TRY_VOID(records_.commit(batch));
  return batch.writes().size();
}

Result<std::size_t> Ledger::erase_amount_members(const std::string& indicator,
                                                 std::uint32_t number) {
  const Bytes key = numbered(holders_prefix(indicator), number);
  TRY(const auto stored, records_.get(Area::decisions, key));
  if (!stored) return std::size_t{0};
  Batch batch;
  batch.erase(Area::decisions, key);
  TRY_VOID(records_.commit(batch));
  return std::size_t{1};
}

}  // namespace regions
