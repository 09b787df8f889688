#include "protocol/statement/verified.h"

#include <algorithm>

namespace regions {
namespace {

Error mismatch(std::string what) { return fail(Errc::mismatch, std::move(what)); }

Result<void> check_signature(const UnverifiedEnvelope& envelope, const JudgedBy& judge) {
  // Of two signatures a reader would have to choose one; no choice, no difference between readers.
  if (envelope.signatures.size() != 1) {
    return fail(Errc::bad_signature, "a statement carries exactly one signature");
  }
  const Bytes message = pae(envelope.payload_type, envelope.payload);
  const EnvelopeSignature& signature = envelope.signatures.front();
  const bool verified = std::any_of(
      judge.statement_keys.begin(), judge.statement_keys.end(),
      [&](const PublicKey& key) { return verify(key, message, signature).has_value(); });
  if (!verified) return fail(Errc::bad_signature, "not by a statement key of " + judge.author);
  return {};
}

// What can be compared when the payload itself cannot be read.
Result<void> check_kind(const NotUnderstood& unknown, const Entry& entry) {
  const auto named = kind_named_by(unknown.payload_type);
  // Rosters and key sets stand outside the log and are signed by another role.
  if (named == "roster" || named == "keyset") return mismatch("a document is not a statement");
  const auto kind = named ? entry_kind_of(*named) : std::nullopt;
  if (kind && *kind != entry.kind) return mismatch("the entry's kind is not the payload's");
  return {};
}

Result<void> check_header(const Statement& statement, const Entry& entry, const JudgedBy& judge) {
  const Header& header = *header_of(statement);
  if (header.federation != judge.federation) return mismatch("statement of another federation");
  if (header.author != judge.author) return mismatch("statement of another author");
  const Entry expected = entry_of(statement, entry.statement);
  if (expected.kind != entry.kind) return mismatch("the entry's kind is not the payload's");
  if (expected.audience != entry.audience)
    return mismatch("the entry's audience is not the payload's");
  if (expected.sequence != entry.sequence)
    return mismatch("the entry's sequence is not the payload's");
  if (expected.issued_at != entry.issued_at) {
    return mismatch("the entry's issued-at is not the payload's");
  }
  return {};
}

}  // namespace

Result<VerifiedStatement> open(const UnverifiedEnvelope& envelope, ByteView entry_bytes,
                               std::uint64_t index, const JudgedBy& judge) {
  TRY(const Entry entry, decode_entry(entry_bytes));
  if (statement_id(envelope.payload_type, envelope.payload) != entry.statement) {
    return mismatch("the envelope is not the one that the entry names");
  }
  // There is no earlier epoch yet, whose entries would be added.
  if (entry.sequence != index) return mismatch("the entry's sequence is not its place in the log");
  TRY_VOID(check_signature(envelope, judge));
  TRY(Statement statement, decode_payload(envelope.payload_type, envelope.payload));
  if (const auto* unknown = std::get_if<NotUnderstood>(&statement)) {
    TRY_VOID(check_kind(*unknown, entry));
  } else {
    TRY_VOID(check_header(statement, entry, judge));
  }
  return VerifiedStatement(std::move(statement), entry, index);
}

}  // namespace regions
