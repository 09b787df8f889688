// Where a peer's bytes become a statement, or do not: every statement of every log, our own
// included, passes here before anything uses it.
#pragma once

#include <memory>

#include "node/exchange/judgement.h"
#include "node/log/membership.h"
#include "policies/plan/plan.h"
#include "protocol/statement/verified.h"

namespace regions {

class Acceptor {
 public:
  // `plan`: the one whose digest the roster names; nullptr: there is none, headlines only.
  Acceptor(std::shared_ptr<const Membership> membership, const Catalogue& catalogue,
           std::shared_ptr<const Plan> plan = nullptr)
      : membership_(std::move(membership)), catalogue_(catalogue), plan_(std::move(plan)) {}

  // The state of an entry before its payload is here: pending, or why it will not be asked for.
  Judgement judge_entry(ByteView entry) const;

  // Signature, key set at that position, schema, catalogue, plan, audience, sequence (PROTOCOL
  // 8).
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
  std::shared_ptr<const Plan> plan_;
};

}  // namespace regions
