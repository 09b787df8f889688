// The wall on the way in: UnverifiedEnvelope -> open() -> VerifiedStatement. Nothing reads a peer's
// statement except through this type.
#pragma once

#include "protocol/statement/dsse.h"
#include "protocol/statement/statement.h"

namespace regions {

// By whom a statement at one position of one log must be: from the roster and the key set last
// entered before it in that log.
struct JudgedBy {
  Digest federation;
  std::string author;
  std::vector<PublicKey> statement_keys;
};

class VerifiedStatement {
 public:
  const Statement& statement() const { return statement_; }
  const Entry& entry() const { return entry_; }
  const Digest& id() const { return entry_.statement; }
  std::uint64_t index() const { return index_; }

 private:
  friend Result<VerifiedStatement> open(const UnverifiedEnvelope& envelope, ByteView entry_bytes,
                                        std::uint64_t index, const JudgedBy& judge);
  VerifiedStatement(Statement statement, const Entry& entry, std::uint64_t index)
      : statement_(std::move(statement)), entry_(entry), index_(index) {}

  Statement statement_;
  Entry entry_;
  std::uint64_t index_;
};

// `entry_bytes`: the leaf at `index` of the author's log, which the caller has proved to be there.
// mismatch: the envelope is not the one of the entry, or a field is not what entry, index, author
// or federation say; bad_signature; malformed or too_large: the payload breaks its format;
// unsupported: an entry of a version, kind or audience that this build does not know (kept raw, no
// misbehaviour). A payload that this build has no codec for gives a VerifiedStatement that holds
// NotUnderstood.
Result<VerifiedStatement> open(const UnverifiedEnvelope& envelope, ByteView entry_bytes,
                               std::uint64_t index, const JudgedBy& judge);

}  // namespace regions
