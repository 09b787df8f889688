#include "node/ledger/ledger_rows.h"

#include <algorithm>

#include "node/ledger/limits.h"
#include "protocol/crypto/sha256.h"

namespace regions {
namespace {

constexpr std::size_t kSealBytes = 8;
constexpr std::string_view kAudience = "federation";

Error damaged() { return fail(Errc::corrupt, "a row of the ledger is damaged"); }

Result<Digest> digest_in(ByteView bytes) {
  const auto digest = Digest::from_bytes(bytes, "ledger");
  if (!digest) return damaged();
  return *digest;
}

Result<WithdrawnRelease> withdrawn_of(const ledger::Withdrawn& row) {
  WithdrawnRelease out;
  TRY(out.statement.id, digest_in(row.statement()));
  out.statement.index = row.index();
  if (row.reason() < 1 || row.reason() > 3) return damaged();
  out.reason = static_cast<WithdrawalReason>(row.reason());
  out.at = row.at();
  out.by = row.by();
  return out;
}

}  // namespace

Bytes packed(const MembershipTags& tags) {
  Bytes out;
  for (const MembershipTag& tag : tags) out.append(tag.begin(), tag.end());
  return out;
}

Result<MembershipTags> unpacked(ByteView bytes) {
  constexpr std::size_t kTagBytes = std::tuple_size_v<MembershipTag>;
  if (bytes.size() % kTagBytes != 0) return damaged();
  MembershipTags tags(bytes.size() / kTagBytes);
  for (std::size_t i = 0; i < tags.size(); ++i) {
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(i * kTagBytes), kTagBytes,
                tags[i].begin());
  }
  // Each once and in order: otherwise a count of those that came or went would be wrong.
  const auto ascends = [](const MembershipTag& a, const MembershipTag& b) { return a >= b; };
  if (std::adjacent_find(tags.begin(), tags.end(), ascends) != tags.end()) return damaged();
  return tags;
}

Bytes headline_prefix(const std::string& period) { return "headline/" + period + "/"; }
Bytes members_prefix(const std::string& period) { return Bytes(kMembersPrefix) + period + "/"; }

Bytes amount_prefix(const std::string& indicator) { return Bytes(kAmountPrefix) + indicator + "/"; }
Bytes witness_prefix(const std::string& indicator) { return "witness/" + indicator + "/"; }
Bytes holders_prefix(const std::string& indicator) {
  return Bytes(kHoldersPrefix) + indicator + "/";
}

Bytes figure_prefix(std::string_view kind, const FigureName& figure) {
  return Bytes(kind) + figure.indicator + "/" + figure.period + "/" + figure.table + "/" +
         Bytes(kAudience) + "/";
}

Bytes numbered(Bytes prefix, std::uint32_t number) {
  append_u32(prefix, number);
  return prefix;
}

std::string period_in_members_key(ByteView key) {
  key.remove_prefix(std::min(key.size(), kMembersPrefix.size()));
  return std::string(key.substr(0, key.find('/')));
}

std::pair<std::string, std::uint32_t> decision_in_holders_key(ByteView key) {
  key.remove_prefix(std::min(key.size(), kHoldersPrefix.size()));
  const std::size_t slash = key.find('/');
  if (slash == ByteView::npos || key.size() != slash + 5) return {};
  return {std::string(key.substr(0, slash)), read_u32(key.substr(slash + 1))};
}

Result<NumberedFigure> parse_figure_key(std::string_view kind, ByteView key) {
  if (!key.starts_with(kind) || key.size() < kind.size() + 4) return damaged();
  key.remove_prefix(kind.size());
  NumberedFigure out;
  for (std::string* part : {&out.figure.indicator, &out.figure.period, &out.figure.table}) {
    const std::size_t slash = key.find('/');
    if (slash == ByteView::npos) return damaged();
    *part = key.substr(0, slash);
    key.remove_prefix(slash + 1);
  }
  if (!key.starts_with(Bytes(kAudience) + "/") || key.size() != kAudience.size() + 5) {
    return damaged();
  }
  out.number = read_u32(key.substr(kAudience.size() + 1));
  return out;
}

Bytes seal(const google::protobuf::MessageLite& message) {
  const Bytes bytes = message.SerializeAsString();
  return Bytes(sha256(bytes).view().substr(0, kSealBytes)) + bytes;
}

Result<void> unseal(ByteView row, google::protobuf::MessageLite& message) {
  if (row.size() < kSealBytes || row.size() > kLedgerRowBytesMax) return damaged();
  const ByteView bytes = row.substr(kSealBytes);
  if (sha256(bytes).view().substr(0, kSealBytes) != row.substr(0, kSealBytes) ||
      !message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return damaged();
  }
  return {};
}

ledger::Members to_row(const DecidedMembers& members) {
  ledger::Members row;
  row.set_secret(members.secret);
  row.set_ent(packed(members.tags.ent));
  if (members.tags.sme) row.set_sme(packed(*members.tags.sme));
  row.set_erased(members.erased);
  for (const HeadlineFinding& finding : members.waived) {
    ledger::Finding& waived = *row.add_waived();
    waived.set_indicator(finding.indicator);
    for (const Party& party : finding.observers) {
      ledger::Observer& observer = *waived.add_observers();
      observer.set_kind(static_cast<std::uint32_t>(party.kind));
      observer.set_name(party.name);
    }
    waived.set_known(finding.known);
    waived.set_remains(finding.remains);
  }
  return row;
}

Result<DecidedMembers> from_row(const ledger::Members& row, const std::string& period) {
  DecidedMembers out{row.secret(), {}, row.erased(), {}};
  if (out.secret.size() != 32) return damaged();
  TRY(out.tags.ent, unpacked(row.ent()));
  if (row.has_sme()) {
    TRY(out.tags.sme, unpacked(row.sme()));
  }
  for (const ledger::Finding& waived : row.waived()) {
    HeadlineFinding& finding = out.waived.emplace_back();
    finding = {waived.indicator(), period, {}, waived.known(), waived.remains()};
    for (const ledger::Observer& one : waived.observers()) {
      if (one.kind() > static_cast<std::uint32_t>(PartyKind::member)) return damaged();
      finding.observers.push_back({static_cast<PartyKind>(one.kind()), one.name()});
    }
  }
  return out;
}

ledger::Release to_row(const LedgerRelease& release) {
  ledger::Release row;
  row.set_statement(Bytes(release.ref.id.view()));
  row.set_index(release.ref.index);
  row.set_definition(Bytes(release.definition.view()));
  row.set_at(release.at);
  row.set_by(release.by);
  row.set_decision(release.decision);
  if (release.supersedes) row.set_supersedes(Bytes(release.supersedes->view()));
  row.set_published(release.published);
  row.set_withheld(release.withheld);
  if (!release.withdrawn) return row;
  ledger::Withdrawn& withdrawn = *row.mutable_withdrawn();
  withdrawn.set_statement(Bytes(release.withdrawn->statement.id.view()));
  withdrawn.set_index(release.withdrawn->statement.index);
  withdrawn.set_reason(static_cast<std::uint32_t>(release.withdrawn->reason));
  withdrawn.set_at(release.withdrawn->at);
  withdrawn.set_by(release.withdrawn->by);
  return row;
}

Result<LedgerRelease> from_row(const ledger::Release& row, const NumberedFigure& name) {
  LedgerRelease out;
  out.figure = name.figure;
  out.version = name.number;
  TRY(out.ref.id, digest_in(row.statement()));
  out.ref.index = row.index();
  TRY(out.definition, digest_in(row.definition()));
  out.at = row.at();
  out.by = row.by();
  out.decision = row.decision();
  if (row.has_supersedes()) {
    TRY(out.supersedes, digest_in(row.supersedes()));
  }
  out.published = row.published();
  out.withheld = row.withheld();
  if (row.has_withdrawn()) {
    TRY(out.withdrawn, withdrawn_of(row.withdrawn()));
  }
  return out;
}

ledger::Pending to_row(const PendingStatement& pending) {
  ledger::Pending row;
  row.set_indicator(pending.release.figure.indicator);
  row.set_period(pending.release.figure.period);
  row.set_table(pending.release.figure.table);
  row.set_version(pending.release.version);
  row.set_envelope(pending.envelope);
  *row.mutable_release() = to_row(pending.release);
  return row;
}

Result<PendingStatement> from_row(const ledger::Pending& row) {
  PendingStatement out;
  TRY(out.release,
      from_row(row.release(), {{row.indicator(), row.period(), row.table()}, row.version()}));
  out.envelope = row.envelope();
  return out;
}

}  // namespace regions
