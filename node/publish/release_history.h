// What was decided and released, in the confidential store: the fixed headlines of each year, the
// tier and the table of noise that the plan gives, the statement of each (indicator, period,
// table), and the one statement that is signed but not logged yet.
#pragma once

#include "node/storage/store.h"
#include "policies/disclosure/headline.h"

namespace regions {

struct Decision {
  FixedHeadlines headlines;
  std::int64_t decided_at = 0;  // POSIX seconds
  Digest rule_set;              // keyed digest of the rules that decided
};

struct ReleaseRef {
  Digest id;
  std::uint64_t index = 0;
};

// A statement that is to be logged; durable before it is.
struct PendingRelease {
  std::string indicator;
  std::string period;
  std::string table;
  Bytes envelope;
};

class ReleaseHistory {
 public:
  explicit ReleaseHistory(Store& records) : records_(records) {}

  Result<std::optional<Decision>> decision(const std::string& period) const;
  Result<std::optional<ReleaseRef>> released(const std::string& indicator,
                                             const std::string& period,
                                             std::string_view table) const;
  Result<std::optional<PendingRelease>> pending() const;
  // Every release that was filed as logged.
  Result<std::vector<ReleaseRef>> all_released() const;

  // Fixes the decision (when there is one, and none was before) and notes the pending statement, in
  // one durable write.
  Result<void> prepare(const std::optional<Decision>& decision, const PendingRelease& pending);
  // Turns the pending statement into the release of its indicator and period.
  Result<void> finish(const PendingRelease& pending, const ReleaseRef& ref);

  // The tier under the plan of that digest, once frozen.
  Result<std::optional<int>> frozen_tier(const Digest& plan) const;
  Result<void> freeze_tier(const Digest& plan, int tier);
  // The digest of the table of noise under that plan, once frozen.
  Result<std::optional<Digest>> frozen_noise(const Digest& plan) const;
  Result<void> freeze_noise(const Digest& plan, const Digest& noise);

 private:
  Store& records_;
};

}  // namespace regions
