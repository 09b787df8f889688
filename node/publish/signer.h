// The only place where a statement is signed: one function per kind. Owns the statement key.
#pragma once

#include "node/base/clock.h"
#include "policies/disclosure/safe_table.h"
#include "protocol/crypto/random.h"
#include "protocol/statement/signed_statement.h"

namespace regions {

// What a release says besides the safe table.
struct ReleaseContext {
  std::uint32_t roster_version = 1;
  std::string nuts_version;
  Digest rule_set;                        // keyed digest of the rule set (PROTOCOL 10)
  bool provisional = false;               // the period has not ended
  std::optional<Digest> supersedes = {};  // the release of the same figure before it
  std::optional<Digest> witnesses = {};   // keyed digest of them (protocol/spec/witnesses.md)
};

class StatementSigner {
 public:
  // `clock` and `random` must outlive the object.
  StatementSigner(StatementKey key, const Digest& federation, std::string member,
                  const Clock& clock, Random& random)
      : key_(std::move(key)),
        federation_(federation),
        member_(std::move(member)),
        clock_(clock),
        random_(random) {}

  // What release() signs, but for what it gives every statement anew: sequence, time and blind are
  // zero here.
  Release draft(const SafeTable& table, const ReleaseContext& context) const;
  Result<SignedStatement> release(std::uint64_t sequence, const SafeTable& table,
                                  const ReleaseContext& context);
  Result<SignedStatement> withdrawal(std::uint64_t sequence, const Digest& release,
                                     WithdrawalReason reason);
  Result<SignedStatement> keyset_adopted(std::uint64_t sequence, std::uint32_t number,
                                         const Digest& digest);
  Result<SignedStatement> roster_adopted(std::uint64_t sequence, std::uint32_t version,
                                         const Digest& digest);

  // A statement that was signed before and not logged yet, byte for byte: signatures are
  // deterministic. mismatch: the envelope is not one that this key signed.
  Result<SignedStatement> again(ByteView envelope);

 private:
  Header lasting_header() const;
  Header header(std::uint64_t sequence) const;

  const StatementKey key_;
  const Digest federation_;
  const std::string member_;
  const Clock& clock_;
  Random& random_;
};

}  // namespace regions
