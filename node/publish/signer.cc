#include "node/publish/signer.h"

#include "protocol/statement/dsse.h"

namespace regions {

Header StatementSigner::lasting_header() const {
  Header header;
  header.federation = federation_;
  header.author = member_;
  header.audience.kind = AudienceKind::federation;
  return header;
}

// issued-at is a multiple of 60 (PROTOCOL 2).
Header StatementSigner::header(std::uint64_t sequence) const {
  Header header = lasting_header();
  header.sequence = sequence;
  header.issued_at = static_cast<std::uint64_t>(clock_.now() / 60 * 60);
  header.blind = random_.digest();
  return header;
}

Release StatementSigner::draft(const SafeTable& table, const ReleaseContext& context) const {
  Release release;
  release.header = lasting_header();
  release.indicator = table.indicator();
  release.definition = table.definition();
  release.period = table.period();
  release.table = table.table();
  release.roster_version = context.roster_version;
  release.nuts_version = context.nuts_version;
  release.dimensions = table.dimensions();
  for (const SafeTable::Cell& cell : table.cells()) {
    const ObsStatus published = context.provisional ? ObsStatus::P : ObsStatus::A;
    release.cells.push_back({cell.categories, cell.value, cell.value ? published : ObsStatus::Q});
  }
  release.claim = {table.method(), table.method_version(), table.minimum(), context.rule_set,
                   context.witnesses};
  release.supersedes = context.supersedes;
  return release;
}

Result<SignedStatement> StatementSigner::release(std::uint64_t sequence, const SafeTable& table,
                                                 const ReleaseContext& context) {
  Release release = draft(table, context);
  release.header = header(sequence);
  return SignedStatement::make(release, key_);
}

Result<SignedStatement> StatementSigner::withdrawal(std::uint64_t sequence, const Digest& release,
                                                    WithdrawalReason reason) {
  return SignedStatement::make(Withdrawal{header(sequence), release, reason}, key_);
}

Result<SignedStatement> StatementSigner::keyset_adopted(std::uint64_t sequence,
                                                        std::uint32_t number,
                                                        const Digest& digest) {
  return SignedStatement::make(KeysetAdopted{header(sequence), number, digest}, key_);
}

Result<SignedStatement> StatementSigner::roster_adopted(std::uint64_t sequence,
                                                        std::uint32_t version,
                                                        const Digest& digest) {
  return SignedStatement::make(RosterAdopted{header(sequence), version, digest}, key_);
}

Result<SignedStatement> StatementSigner::again(ByteView envelope) {
  TRY(const auto sealed, decode_envelope(envelope));
  TRY(const Statement statement, decode_payload(sealed.payload_type, sealed.payload));
  TRY(auto made, SignedStatement::make(statement, key_));
  if (made.envelope() != envelope) {
    return fail(Errc::mismatch, "a pending statement was not signed by this node's statement key");
  }
  return made;
}

}  // namespace regions
