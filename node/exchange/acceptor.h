// Where a peer's bytes become a statement, or do not: every statement of every log, our own
// included, passes here before anything uses it.
#pragma once

#include <memory>

#include "node/exchange/verdict.h"
#include "node/log/membership.h"
#include "policies/catalogue/indicator.h"
#include "protocol/statement/verified.h"

namespace regions {

// What is to be done with an envelope that was offered for an entry.
struct Judgement {
  StatementState state = StatementState::pending;
  std::string reason;
};

class Acceptor {
 public:
  Acceptor(std::shared_ptr<const Membership> membership, const Catalogue& catalogue)
      : membership_(std::move(membership)), catalogue_(catalogue) {}

  // The state of an entry before its payload is here: pending, or why it will not be asked for.
  Judgement judge_entry(ByteView entry) const;

  // Signature, key set at that position, schema, catalogue, audience, sequence (PROTOCOL 8).
  // `pending` means: these bytes are not what the author logged and signed, ask again; whoever
  // served them is at fault. `invalid` means that the author signed something that breaks a rule.
  Judgement judge(const std::string& member, std::uint64_t index, ByteView entry,
                  ByteView envelope) const;

  const Membership& membership() const { return *membership_; }

 private:
  Judgement judge_content(const std::string& member, const VerifiedStatement& statement) const;
  Judgement judge_release(const Release& release) const;

  std::shared_ptr<const Membership> membership_;
  const Catalogue& catalogue_;
};

}  // namespace regions
