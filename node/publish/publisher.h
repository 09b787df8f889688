// The door between the wings: reads the cube, has disclosure control decide, signs, and hands bytes
// to the log. Everything that leaves a region as a statement passes here.
//
// Crash safety: decision and signed bytes are durable in the confidential store before the log sees
// them; recover() finishes what a crash left between the two stores, byte for byte.
// Threads: any; calls are serialised inside.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>

#include "node/base/clock.h"
#include "node/cube/layout.h"
#include "node/exchange/acceptor.h"
#include "node/log/committer.h"
#include "node/publish/adopted_plan.h"
#include "node/publish/records_now.h"
#include "node/publish/reports.h"
#include "node/publish/signer.h"
#include "policies/disclosure/rule_set.h"

namespace regions {

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
  KnowledgeSource knowledge;
  std::shared_ptr<const AdoptedPlan> plan;  // nullptr: headlines only
  // Of this region, confidential (region_keys.h).
  Digest confirmation_key{};
  Digest amount_key{};
  std::uint64_t amount_pivots_max = kPivotsMax;  // of one decision about amounts
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
  // where it stopped. All tables of an amount that are due are decided together, durably with the
  // first one that is stated. `dry_run`: says what it would do, and fixes nothing. `years`: only
  // periods with a year in it. `revise`: also counts that were released and would say something
  // else by now, once a year and never in the baseline window, and what was withdrawn for an error.
  // `choice`: of these tables alone; one that names its table is also released again, like with
  // `revise`, whatever it was withdrawn for. refused: the roster names no plan; the rule set
  // refuses; or what is or would be stated is not what `confirmed` is the digest of, and then
  // nothing is. busy: the records changed while they were read.
  Result<DueReport> release_due(bool dry_run, YearSpan years = {kYearMin, kYearMax},
                                const std::optional<Digest>& confirmed = std::nullopt,
                                bool revise = false, const std::string& by = {},
                                const DueChoice& choice = {});

  // States that a release of this region holds no longer; the same call again does nothing.
  // not_found: no such release. refused: it is another member's, or no release. conflict: it was
  // withdrawn for another reason.
  Result<WithdrawReport> withdraw(const Digest& release, WithdrawalReason reason,
                                  const std::string& by = {});

  Result<LedgerReport> ledger();
  // What the claim of a release of an amount was made from, for an auditor of the region.
  // not_found: no such release. refused: it claims no witnesses.
  Result<OpenedRelease> open_witnesses(const Digest& release);
  // Erases who stood in the headlines of a year, or in one decision about the amounts of an
  // indicator; `dry_run`: only says whose tags these are. not_found: nothing was decided in
  // that year. invalid_input: no amount, or no such decision about it.
  Result<ErasedReport> erase_members(const std::string& year, bool dry_run);
  Result<ErasedReport> erase_amount_members(const std::string& indicator, std::uint32_t decision,
                                            bool dry_run);
  // Takes holdings, or enterprises without one, out of what the ledger would recognise them by, all
  // of them in one write; `dry_run`: only says what that costs.
  Result<ForgottenReport> forget(const std::vector<std::string>& holding_or_register_ids,
                                 bool dry_run);

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
    Digest rule_set;                   // of the rules that decided
    std::optional<Standing> standing;  // of a headline
    std::uint32_t amounts = 0;         // of an amount: the decision that it is part of
    bool provisional = false;
    WithheldCounts why;
    std::optional<Digest> supersedes;
    std::vector<HeadlineFinding> near;             // of a headline
    std::vector<WithheldAmount> withheld;          // of an amount
    std::optional<DecidedHeadlines> decided = {};  // of a headline
  };
  struct Intents {
    std::map<std::size_t, Intent> of_line;      // by its place
    std::map<std::string, NewAmounts> amounts;  // by indicator: decided and not durable yet
    std::vector<AmountReport> reports;
  };

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

  // Whether what was released may go out once more: with all that is due, or as the one table that
  // is asked for.
  enum class Again { no, all, this_table };
  Result<std::vector<DueLine>> lines_of(const std::vector<DueTable>& due, const Facts& facts,
                                        Again asked) const;
  // `raw`: nullptr for a headline. nullopt: what holds says it already.
  Result<std::optional<Intent>> intend(const DueTable& due, const DueLine& line,
                                       const RecordsNow& records, const RawTable* raw) const;
  DueLine::State state_of(const DueTable& due, const std::vector<LedgerRelease>& versions,
                          const Facts& facts, Again asked) const;
  // Empty: what was released may be stated anew as the records are now.
  std::string why_not_revised(const DueTable& due,
                              const std::vector<LedgerRelease>& versions) const;
  // Whether a release that was stated says what the table says.
  Result<bool> says(const ReleaseRef& release, const SafeTable& table) const;
  Result<Intents> intend(const std::vector<DueTable>& due, std::vector<DueLine>& lines,
                         const RecordsNow& records) const;
  Result<Digest> digest_of(const std::vector<DueLine>& lines, const Intents& intents) const;
  // Of a decision about amounts, which the ledger has unless it is `made` now; canonical.
  Result<Bytes> witnesses_of(const std::string& indicator, std::uint32_t decision,
                             const std::optional<NewAmounts>& made) const;
  Result<void> state_all(std::vector<DueLine>& lines, Intents& intents, const Facts& facts,
                         const std::string& by);

  // In amounts.cc: what the lines of amounts would state, or why none can be.
  struct AmountCall;
  // Of tables that were stated before, by their places in `due`.
  struct AmountCorrections {
    Bytes secret;                               // of members
    std::set<std::size_t> corrected;            // to be stated anew
    std::set<std::size_t> settled;              // nothing is to be stated, or it is refused
    std::map<std::size_t, std::string> barred;  // why it may only be stated as it was
    std::vector<DecidedAmount> decided;
    std::vector<AmountInterval> intervals;
  };
  Result<void> intend_amounts(const std::vector<DueTable>& due, std::vector<DueLine>& lines,
                              const RecordsNow& records, Intents& intents) const;
  // The lines of one indicator, by their places in `due`.
  Result<Intents> decide_amounts(const Indicator& indicator, const std::vector<std::size_t>& places,
                                 const std::vector<DueTable>& due, std::vector<DueLine>& lines,
                                 const RecordsNow& records) const;
  // refused: this indicator was released without a decision, or under another definition.
  Result<void> check_amounts_are_whole(const Indicator& indicator,
                                       const std::vector<AmountDecision>& decisions) const;
  Result<RawAmounts> raw_amounts(const Indicator& indicator, const AmountRequest& request,
                                 const RecordsNow& records) const;
  Result<std::vector<AmountTable>> planned_amounts(const std::string& indicator,
                                                   const Facts& facts) const;
  std::vector<AmountCall> calls_of(const std::vector<std::size_t>& places,
                                   const std::vector<DueTable>& due,
                                   const std::vector<AmountDecision>& decisions,
                                   const AmountCorrections& again) const;
  NewAmounts new_amounts(const AmountCall& call, const Indicator& indicator,
                         const AmountCorrections& again, ProtectedAmounts& made) const;
  // Of the call's table number `at`.
  Result<void> intend_amount(const AmountCall& call, std::size_t at,
                             const std::vector<DueTable>& due, std::vector<DueLine>& lines,
                             const AmountCorrections& again, ProtectedAmounts& made,
                             Intents& intents) const;

  // In amount_corrections.cc: of what was stated before, what is stated anew and what stands.
  Result<AmountCorrections> correct_amounts(const RawAmounts& raw, AmountRequest request,
                                            const std::vector<std::size_t>& places,
                                            const std::vector<DueTable>& due,
                                            const std::vector<AmountDecision>& decisions,
                                            std::vector<DueLine>& lines) const;
  Result<std::vector<EarlierAmounts>> earlier_amounts(
      const std::vector<AmountDecision>& decisions) const;
  // Whether a decision about the table waits to be stated.
  Result<bool> is_owed(const DueTable& due, const std::vector<LedgerRelease>& versions) const;
  // Empty: by the plan it may be.
  std::string why_not_now(const DueTable& due, const std::vector<LedgerRelease>& versions) const;

  Result<void> file_refusals(const std::vector<DueLine>& lines, const std::string& by);

  Result<void> ready();
  ReleaseContext context(const Intent& intent) const;
  // What state() signs, without sequence, time and blind.
  Release draft(const Intent& intent) const;
  // Signs, makes durable and logs one table.
  // `witnesses`: canonical, of an amount; nullptr of a count. Their claim says nothing of how many
  // there are: a release of an amount has one in any case.
  Result<ReleaseRef> state(const Intent& intent, const Facts& facts, const std::string& by,
                           const std::optional<NewAmounts>& amounts = {},
                           const Bytes* witnesses = nullptr);
  Result<std::optional<NewDecision>> to_be_made(const Intent& intent, const Facts& facts);

  // What the records, `facts`, say now, held against what was decided before.
  struct Decided {
    Intent intent;
    std::optional<ReleaseRef> existing;  // that says it already
  };
  Result<Decided> decide(const std::string& indicator, const std::string& period,
                         const RecordsNow& records) const;
  Result<RuledHeadlines> rule(int year, const RecordsNow& records) const;
  Result<Standing> standing(const Period& year, const Facts& facts, FixedHeadlines now) const;
  // Why what was decided stands although the records give `now`; empty: it need not.
  Result<std::string> why_it_stands(const Period& year, const Facts& facts,
                                    const std::vector<Decision>& earlier,
                                    const FixedHeadlines& now) const;
  Result<bool> has_stated(const std::vector<LedgerRelease>& versions, const Decision& decision,
                          const std::string& code) const;
  // What a release of a headline was decided with.
  Result<FixedHeadlines> decided_with(const LedgerRelease& release) const;
  Result<ReleaseReport> report_of(const Decided& decided, const RecordsNow& records) const;
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
