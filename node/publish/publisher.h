// The door between the wings: reads the cube, has disclosure control decide, signs, and hands bytes
// to the log. Everything that leaves a region as a statement passes here.
//
// Crash safety: decision and signed bytes are durable in the confidential store before the log sees
// them; recover() finishes what a crash left between the two stores, byte for byte.
// Threads: any; calls are serialised inside.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "node/base/clock.h"
#include "node/cube/layout.h"
#include "node/exchange/acceptor.h"
#include "node/ledger/ledger.h"
#include "node/log/committer.h"
#include "node/publish/adopted_plan.h"
#include "node/publish/signer.h"
#include "policies/disclosure/rule_set.h"
#include "policies/disclosure/withheld.h"

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
  Digest confirmation_key{};                // of this region, confidential (confirmation.h)
};

// What a release call did or, for a dry run, would do.
struct ReleaseReport {
  SafeTable table;
  bool provisional = false;
  bool existing = false;        // it had been released before; nothing was done
  bool decided_before = false;  // the year's other headline had fixed these cells
  bool behind = false;          // the records changed since then, by too little to decide anew
  WithheldCounts why;           // for the operator alone
  std::optional<ReleaseRef> release;  // nullopt after a dry run of something not released
  Digest digest;                      // of what it states, as confirmation.h says
  std::optional<Digest> supersedes;   // the release of this figure before it
};

struct WithdrawReport {
  LedgerRelease release;  // with its withdrawal
  bool existing = false;  // it had been withdrawn before for that reason; nothing was done
  std::optional<Digest> holds_now;  // the release of the figure that holds again
};

// What the ledger says, for the operator alone.
struct LedgerReport {
  std::vector<LedgerRelease> releases;  // in the order of the log
  std::vector<Refusal> refusals;        // by figure
};

// What peers see of a table.
struct ShownTable {
  SafeTable table;
  bool provisional = false;
};

// One planned table of one period.
struct DueLine {
  std::string table;
  std::string indicator;
  PeriodKind kind = PeriodKind::year;
  std::string period;
  std::string method;
  // existing: nothing is to be done. refused: the rules forbid it. withdrawn: it goes out again
  // when it is asked for alone, or revised.
  enum class State {
    released,
    existing,
    not_computable,
    refused,
    withdrawn,
    would_release
  } state = State::would_release;
  std::optional<ShownTable> shown;  // of what goes out now
  WithheldCounts why;               // for the operator alone, like the reason
  std::optional<ReleaseRef> release;
  std::string reason;  // of a refusal
  std::optional<Digest> supersedes;
};
struct DueReport {
  Tier tier = Tier::S;
  std::vector<DueLine> lines;  // in the plan's order
  Digest digest;               // of all that is or would be stated, as confirmation.h says
};

// The tier of this region, and why it is that.
struct OwnTier {
  // given: by the plan. frozen: with the first release that stood on it. counted: as the records
  // are now. baseline_runs: the window that it is counted in has not ended, until when it is S.
  enum class Why { given, frozen, counted, baseline_runs };
  Tier tier = Tier::S;
  Why why = Why::counted;
};

class Publisher {
 public:
  Publisher(PublisherParts parts, StatementKey key);

  // Signs head 0 and states keyset-adopted(1) and roster-adopted(1). Idempotent.
  Result<void> found();
  // Finishes a release that a crash interrupted, and judges what of our own log is not judged yet.
  // Once, before anything else. mismatch: the table of noise is not the one that was released with.
  Result<void> recover();

  // Releases one headline for one year; the same call again returns the existing release. Where the
  // records give another figure by now it is corrected as far as that tells of nobody
  // (policies/disclosure/correction.h). `by`: who asks, for the ledger. not_computable: SME-COOP
  // without any known NACE. refused: what was released stands; or the rule set refuses; or what
  // would be stated is not what `confirmed` is the digest of. Nothing is stated then.
  Result<ReleaseReport> release(const std::string& indicator, const std::string& period,
                                const std::optional<Digest>& confirmed = std::nullopt,
                                const std::string& by = {});
  // The same without stating or fixing anything.
  Result<ReleaseReport> dry_run(const std::string& indicator, const std::string& period);

  // Releases every table that the plan asks for and that is not released yet, all from one reading
  // of the records; each is durable before the next begins, so that an interrupted call goes on
  // where it stopped. `dry_run`: says what it would do, and fixes nothing. `years`: only periods
  // with a year in it. `revise`: also what was released and would say something else by now, once
  // a year and never in the baseline window, and what was withdrawn for an error. refused: the
  // roster names no plan; the rule set refuses; or what is or would be stated is not what
  // `confirmed` is the digest of, and then nothing is.
  Result<DueReport> release_due(bool dry_run, YearSpan years = {kYearMin, kYearMax},
                                const std::optional<Digest>& confirmed = std::nullopt,
                                bool revise = false, const std::string& by = {});

  // States that a release of this region holds no longer; the same call again does nothing.
  // not_found: no such release. refused: it is another member's, or no release. conflict: it was
  // withdrawn for another reason.
  Result<WithdrawReport> withdraw(const Digest& release, WithdrawalReason reason,
                                  const std::string& by = {});

  Result<LedgerReport> ledger();
  // Takes one holding, or an enterprise without one, out of what the ledger would recognise it by;
  // how many decisions held it.
  Result<std::size_t> forget(const std::string& holding_or_register_id);

  // refused: the roster names no plan.
  Result<OwnTier> own_tier() const;

 private:
  // The decision that holds for a year.
  struct Standing {
    Decision decision;
    bool is_new = false;
    std::string because;  // the records give others, which must not be decided; why
  };
  // What one statement is to say, decided and not yet stated.
  struct Intent {
    SafeTable table;
    std::optional<Standing> standing;  // of a headline
    bool provisional = false;
    WithheldCounts why;
    std::optional<Digest> supersedes;
  };
  using Intents = std::map<std::size_t, Intent>;  // by the place of its line

  bool baseline_ended() const;
  // Given by the plan, frozen, or counted now; S while the baseline window has not ended.
  Result<OwnTier> tier(const Facts& facts) const;
  Result<void> freeze_tier(const Facts& facts, const OwnTier& tier);
  // refused: an adopted plan does not hold this headline in this year for this region.
  Result<void> require_planned(const std::string& indicator, const Period& year,
                               const Facts& facts) const;
  // mismatch: the table of noise is another than that of the releases under this plan.
  Result<void> check_noise() const;
  Result<void> freeze_noise();

  Result<std::vector<DueLine>> lines_of(const std::vector<DueTable>& due, const Facts& facts,
                                        bool revise) const;
  Result<Intent> protect(const RawTable& raw, const DueTable& due) const;
  // `raw`: nullptr for a headline. nullopt: what holds says it already.
  Result<std::optional<Intent>> intend(const DueTable& due, const DueLine& line, const Facts& facts,
                                       const RawTable* raw) const;
  DueLine::State state_of(const DueTable& due, const std::vector<LedgerRelease>& versions,
                          const Facts& facts, bool revise) const;
  bool may_revise(const DueTable& due, const std::vector<LedgerRelease>& versions) const;
  // Whether a release that was stated says what the table says.
  Result<bool> says(const ReleaseRef& release, const SafeTable& table) const;
  Result<Intents> intend(const std::vector<DueTable>& due, std::vector<DueLine>& lines,
                         const Facts& facts) const;
  Result<Digest> digest_of(const std::vector<DueLine>& lines, const Intents& intents) const;
  Result<void> state_all(std::vector<DueLine>& lines, const Intents& intents, const Facts& facts,
                         const std::string& by);
  Result<void> file_refusals(const std::vector<DueLine>& lines, const std::string& by);

  Result<void> ready();
  ReleaseContext context(const Intent& intent) const;
  // What state() signs, without sequence, time and blind.
  Release draft(const Intent& intent) const;
  // Signs, makes durable and logs one table.
  Result<ReleaseRef> state(const Intent& intent, const Facts& facts, const std::string& by);
  Result<std::optional<NewDecision>> to_be_made(const Intent& intent, const Facts& facts);

  // What the records, `facts`, say now, held against what was decided before.
  struct Decided {
    Intent intent;
    std::optional<ReleaseRef> existing;  // that says it already
  };
  Result<Decided> decide(const std::string& indicator, const std::string& period,
                         const Facts& facts) const;
  Result<Standing> standing(const Period& year, const Facts& facts, FixedHeadlines now) const;
  // Why what was decided stands although the records give `now`; empty: it need not.
  Result<std::string> why_it_stands(const Period& year, const Facts& facts,
                                    const std::vector<Decision>& earlier,
                                    const FixedHeadlines& now) const;
  Result<bool> has_stated(const std::vector<LedgerRelease>& versions, const Decision& decision,
                          const std::string& code) const;
  Result<ReleaseReport> report_of(const Decided& decided) const;
  // Files what was refused; the error that is left to be told.
  Error refused(const FigureName& figure, const Error& error, const std::string& by);

  Result<ReleaseRef> log_pending(const PendingStatement& pending);
  Acceptor acceptor() const;
  Result<void> judge_own() const;
  // The log must still hold every release that was filed as logged: a shared store that lost its
  // end would be signed over a second time.
  Result<void> check_log_is_whole() const;
  Result<void> check_records_are_whole(const std::vector<LedgerRelease>& releases) const;
  // A logged release as it was stated.
  Result<Release> stated_release(const ReleaseRef& ref) const;

  const PublisherParts parts_;
  StatementSigner signer_;
  Ledger ledger_;
  std::mutex mutex_;  // one release at a time
};

}  // namespace regions
