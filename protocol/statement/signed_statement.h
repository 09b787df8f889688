// The wall on the way out. A SignedStatement is what the committer of the log takes, and only
// StatementSigner (node/publish) makes one: no other code can sign a statement, by type.
#pragma once

#include "protocol/log/entry.h"
#include "protocol/statement/dsse.h"
#include "protocol/statement/statement.h"

namespace regions {

// Declared here, defined in node/publish alone.
class StatementSigner;

// A member's statement key. Unlike a PrivateKey it signs nothing by itself.
class StatementKey {
 public:
  explicit StatementKey(PrivateKey key) : key_(std::move(key)) {}
  const PublicKey& public_key() const { return key_.public_key(); }

 private:
  friend class SignedStatement;
  friend class StatementSigner;
  Bytes sign(ByteView message) const { return key_.sign(message); }

  PrivateKey key_;
};

class SignedStatement {
 public:
  const Entry& entry() const { return entry_; }
  const Digest& id() const { return entry_.statement; }
  // The encoded envelope: what is stored and served, byte for byte.
  const Bytes& envelope() const { return envelope_; }

 private:
  friend class StatementSigner;
  SignedStatement(const Entry& entry, Bytes envelope)
      : entry_(entry), envelope_(std::move(envelope)) {}
  // malformed or too_large: the statement breaks a rule of its kind or does not fit an envelope;
  // nothing was signed then.
  static Result<SignedStatement> make(const Statement& statement, const StatementKey& key);

  Entry entry_;
  Bytes envelope_;
};

}  // namespace regions
