#include "protocol/statement/signed_statement.h"

#include "protocol/base/limits.h"

namespace regions {

Result<SignedStatement> SignedStatement::make(const Statement& statement, const StatementKey& key) {
  // A statement that a follower would refuse must never be signed: it could not be taken back.
  TRY_VOID(check(statement));
  UnverifiedEnvelope envelope{payload_type_of(statement), encode_payload(statement), {}};
  constexpr std::size_t kRoomForTheRest = kSignatureBytesMax + 2 * kNameBytesMax;
  if (envelope.payload.size() > kEnvelopeBytesMax - kRoomForTheRest) {
    return fail(Errc::too_large, "statement does not fit an envelope of 1 MiB");
  }
  envelope.signatures.push_back(
      {keyid_of(key.public_key()), key.sign(pae(envelope.payload_type, envelope.payload))});
  const Digest id = statement_id(envelope.payload_type, envelope.payload);
  return SignedStatement(entry_of(statement, id), encode_envelope(envelope));
}

}  // namespace regions
