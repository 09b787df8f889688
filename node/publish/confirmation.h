// One digest over everything that some releases say: a dry run shows it, and a release that names
// it states exactly that or nothing.
//
// HMAC-SHA256, under a key that follows from the region's secret, of "regions4/confirmation/v1"
// with the fields (protocol/base/tagged.h): digests of the plan and of its table of noise, both
// empty without a plan; then SHA-256 of each payload in the order of stating, without what is drawn
// when it is stated: sequence, time and blind set to zero, the digest of witnesses left out; behind
// that of a headline SHA-256 of FixedHeadlines::encode(): the year's other headline, which it
// decides too and which may be stated later or by nobody. Keyed,
// because it stands in logs and in the histories of shells, and a digest of a few small counts
// alone could be guessed there before they are released.
#pragma once

#include "node/publish/adopted_plan.h"
#include "policies/disclosure/headline.h"
#include "protocol/base/tagged.h"
#include "protocol/statement/statement.h"

namespace regions {

class Confirmation {
 public:
  // `plan`: nullptr without one.
  Confirmation(const Digest& key, const AdoptedPlan* plan);
  // In the order in which they are stated, those that were stated before in their places.
  void add(Release release);
  // With the release of a headline, what it decides or was decided by.
  void add(Release release, const FixedHeadlines& decided);
  Digest digest() const;

 private:
  const Digest key_;
  Bytes content_;
};

// refused: what `now` is a digest of is not what `confirmed` was.
Result<void> require_confirmed(const std::optional<Digest>& confirmed, const Digest& now);

}  // namespace regions
