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

// How many decisions about amounts held it.
Result<std::size_t> erase_from_amounts(const Reader& records, const std::string& id, Batch& batch) {
  std::size_t count = 0;
  const auto cursor = records.scan(Area::decisions, kHoldersPrefix);
  for (; cursor->valid(); cursor->next()) {
    ledger::AmountMembers row;
    TRY_VOID(unseal(cursor->value(), row));
    TRY(AmountMembers members, from_row(row));
    if (!erase_party(members, id)) continue;
    ++count;
    batch.put(Area::decisions, cursor->key(), seal(to_row(members)));
  }
  TRY_VOID(cursor->status());
  return count;
}

}  // namespace

Result<std::size_t> Ledger::erase_holding(std::string_view id) {
  Batch batch;
  TRY(std::size_t count, erase_from_amounts(records_, std::string(id), batch));
  const auto cursor = records_.scan(Area::decisions, kMembersPrefix);
  for (; cursor->valid(); cursor->next()) {
    ledger::Members row;
    TRY_VOID(unseal(cursor->value(), row));
    TRY(DecidedMembers members, from_row(row, period_in_members_key(cursor->key())));
    if (!erase(std::string(id), members)) continue;
    ++count;
    batch.put(Area::decisions, cursor->key(), seal(to_row(members)));
  }
  TRY_VOID(cursor->status());
  if (!batch.empty()) TRY_VOID(records_.commit(batch));
  return count;
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
