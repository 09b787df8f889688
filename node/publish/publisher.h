// The door between the wings: reads the cube, has disclosure control decide, signs, and hands bytes
// to the log. Everything that leaves a region as a statement passes here.
//
// Crash safety: decision and signed bytes are durable in the confidential store before the log sees
// them; recover() finishes what a crash left between the two stores, byte for byte.
// Threads: any; calls are serialised inside.
#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "node/base/clock.h"
#include "node/cube/layout.h"
#include "node/exchange/acceptor.h"
#include "node/log/committer.h"
#include "node/publish/adopted_plan.h"
#include "node/publish/release_history.h"
#include "node/publish/signer.h"
#include "policies/disclosure/rule_set.h"

namespace regions {

// The records of now as the cube counts them; shared, because they are immutable.
using FactsSource = std::function<Result<std::shared_ptr<const Facts>>()>;

struct PublisherParts {
  Store* records = nullptr;
  Store* shared = nullptr;
  Committer* committer = nullptr;
  std::shared_ptr<const Membership> membership;
  const Catalogue* catalogue = nullptr;
  const Clock* clock = nullptr;
  Random* random = nullptr;
  RuleSet rules;
  Digest rule_set;  // its keyed digest
  std::string member;
  FactsSource facts;
  std::shared_ptr<const AdoptedPlan> plan;  // nullptr: headlines only
};

// What a release call did or, for a dry run, would do.
struct ReleaseReport {
  SafeTable table;
  bool provisional = false;
  bool existing = false;              // it had been released before; nothing was done
  bool decided_before = false;        // the year's other headline had fixed these cells
  bool too_close = false;             // withheld because the other headline is too near
  std::optional<ReleaseRef> release;  // nullopt after a dry run of something not released
};

// One planned table of one period.
struct DueLine {
  std::string table;
  std::string indicator;
  std::string period;
  std::string method;
  // refused: the year's headlines are fixed and the records give others, or the rules forbid it.
  enum class State {
    released,
    existing,
    not_computable,
    refused,
    would_release
  } state = State::released;
  std::size_t published = 0;
  std::size_t withheld = 0;
  std::optional<ReleaseRef> release;
  std::string reason;  // of a refusal; for the operator alone
};
struct DueReport {
  Tier tier = Tier::S;
  std::vector<DueLine> lines;  // in the plan's order
};

class Publisher {
 public:
  Publisher(PublisherParts parts, StatementKey key);

  // Signs head 0 and states keyset-adopted(1) and roster-adopted(1). Idempotent.
  Result<void> found();
  // Finishes a release that a crash interrupted, and judges what of our own log is not judged yet.
  // Once, before anything else. mismatch: the table of noise is not the one that was released with.
  Result<void> recover();

  // Releases one headline for one year; the same call again returns the existing release.
  // not_computable: SME-COOP without any known NACE. refused: the year's protected cells are fixed
  // and the records would now give others; or the rule set refuses. Nothing is stated then.
  Result<ReleaseReport> release(const std::string& indicator, const std::string& period);
  // The same without stating or fixing anything.
  Result<ReleaseReport> dry_run(const std::string& indicator, const std::string& period);

  // Releases every table that the plan asks for and that is not released yet; each is durable
  // before the next begins, so that an interrupted call goes on where it stopped. `dry_run`: says
  // what it would do, and fixes nothing. refused: the roster names no plan, or the rule set
  // refuses.
  // `years`: only periods with a year in it.
  Result<DueReport> release_due(bool dry_run, YearSpan years = {kYearMin, kYearMax});

 private:
  bool baseline_ended() const;
  // Given by the plan, frozen, or counted now; S while the baseline window has not ended.
  Result<Tier> tier(const Facts& facts) const;
  Result<void> freeze_tier(const Facts& facts, Tier tier);
  // refused: an adopted plan does not hold this headline in this year for this region.
  Result<void> require_planned(const std::string& indicator, const Period& year,
                               const Facts& facts) const;
  // mismatch: the table of noise is another than that of the releases under this plan.
  Result<void> check_noise() const;
  Result<void> freeze_noise();
  Result<void> release_headline(DueLine& line, bool dry_run);
  Result<std::map<std::size_t, SafeTable>> protect_all(const std::vector<DueTable>& due,
                                                       std::vector<DueLine>& lines,
                                                       const Facts& facts) const;
  Result<void> ready();
  // Signs, makes durable and logs one table.
  Result<ReleaseRef> state(const SafeTable& table, const std::optional<Decision>& decision,
                           bool provisional);
  Result<ReleaseReport> release_locked(const std::string& indicator, const std::string& period);

  Result<ReleaseReport> decide(const std::string& indicator, const std::string& period,
                               std::optional<Decision>& decision);
  Result<ReleaseRef> log_pending(const PendingRelease& pending);
  Acceptor acceptor() const;
  Result<void> judge_own() const;
  // The log must still hold every release that was filed as logged: a shared store that lost its
  // end would be signed over a second time.
  Result<void> check_log_is_whole() const;
  Result<void> check_records_are_whole(const std::vector<ReleaseRef>& releases) const;
  // Whether a logged release was stated as provisional.
  Result<bool> stated_provisional(const ReleaseRef& ref) const;

  const PublisherParts parts_;
  StatementSigner signer_;
  ReleaseHistory history_;
  std::mutex mutex_;  // one release at a time
};

}  // namespace regions
