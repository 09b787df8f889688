// The ledger: what this region decided, released, withdrew and refused, in the confidential store.
// It is what a decision about the next release stands on, so nothing is signed before what it
// decided is durable here, and a release that is tried again reads it and says the same bytes.
//
// Owned by publish; one thread at a time. Every row bears a digest of itself: one that is damaged
// is corrupt and nothing is decided without it. Layout and format version: ledger_rows.h.
#pragma once

#include <set>

#include "node/storage/store.h"
#include "policies/disclosure/amounts/amount_history.h"
#include "policies/disclosure/amounts/amount_members.h"
#include "policies/disclosure/correction.h"
#include "policies/disclosure/rule_set.h"
#include "protocol/statement/statement.h"

namespace regions {

// A figure of this region, in all its versions.
struct FigureName {
  std::string indicator;
  std::string period;
  std::string table;

  auto operator<=>(const FigureName&) const = default;
};

// Where a statement stands in the own log.
struct ReleaseRef {
  Digest id;
  std::uint64_t index = 0;
};

// Both headlines of a year, decided together.
struct Decision {
  FixedHeadlines headlines;
  std::int64_t decided_at = 0;  // POSIX seconds
  Digest rule_set;              // keyed digest of the rules that decided
  std::uint32_t version = 1;    // of this year
};

// Who stood in them, by tags under a secret of that decision alone.
struct DecidedMembers {
  Bytes secret;
  HeadlineMembers tags;
  std::uint64_t erased = 0;  // tags that were taken out since
  // Where the rules waive the observer rule: who comes too near. The name of one that was erased is
  // empty.
  std::vector<HeadlineFinding> waived = {};
};

// What one call decided of the amounts of an indicator: all of it before any table of it is stated.
struct AmountDecision {
  std::string indicator;
  std::uint32_t number = 1;  // 1, 2, ... of the indicator
  Digest definition;
  std::int64_t decided_at = 0;
  RuleSet rules;    // that decided
  Digest rule_set;  // their keyed digest
  AmountMethod method = AmountMethod::none;
  double cost = 0, bound = 0;
  std::vector<DecidedAmount> cells;       // whole tables, new with this decision
  std::vector<AmountInterval> intervals;  // to anybody, of everything decided by then
  // What earlier decisions gave away; `who` is "anybody" or "somebody": names are not kept.
  std::vector<AmountFinding> disclosed;

  bool operator==(const AmountDecision&) const = default;
};

struct WithdrawnRelease {
  ReleaseRef statement;
  WithdrawalReason reason = WithdrawalReason::error_in_records;
  std::int64_t at = 0;
  std::string by;  // who asked for it
};

struct LedgerRelease {
  FigureName figure;
  std::uint32_t version = 1;  // 1, 2, ... of its figure, withdrawn ones too
  ReleaseRef ref;
  Digest definition;
  std::int64_t at = 0;
  std::string by;
  std::uint32_t decision = 0;  // of headlines and amounts: the one that it states
  std::optional<Digest> supersedes;
  std::optional<WithdrawnRelease> withdrawn;
  std::uint32_t published = 0;  // cells with a value
  std::uint32_t withheld = 0;
};

// In the same words as often as it happened.
struct Refusal {
  FigureName figure;
  std::string reason;
  std::int64_t first_at = 0;
  std::int64_t last_at = 0;
  std::string by;  // the last one
  std::uint64_t times = 0;
};

// One that is to be filed.
struct NewRefusal {
  FigureName figure;
  std::string reason;
  // What nobody asked for by itself is not filed again while it is the last one of its figure.
  bool is_told_once = false;
};

// A statement that is to be logged; durable before it is. A withdrawal where `release` says that it
// is withdrawn.
struct PendingStatement {
  LedgerRelease release;
  Bytes envelope;
};

// Decisions that are new with a statement.
struct NewDecision {
  Decision decision;
  DecidedMembers members;
};
struct NewAmounts {
  AmountDecision decision;
  std::vector<AmountWitness> witnesses;
  std::optional<AmountMembers> members = {};  // of the rows that it was made from
};

// Parties that were, or would be, taken out of the decisions that held them.
struct ErasedHoldings {
  std::vector<std::size_t> decisions;                       // by party: how many held it
  std::set<std::string> years;                              // whose headlines counted one
  std::set<std::pair<std::string, std::uint32_t>> amounts;  // indicator and number of the decision
};

class Ledger {
 public:
  explicit Ledger(Store& records) : records_(records) {}

  // unsupported: rows of a newer format, or of a build that had no ledger.
  Result<void> check_format() const;

  // Every version, oldest first; the last one holds. corrupt: one is missing, also the last ones as
  // far as a release states them; so for amounts().
  Result<std::vector<Decision>> decisions(const std::string& period) const;
  // nullopt: erased.
  Result<std::optional<DecidedMembers>> members(const std::string& period,
                                                std::uint32_t version) const;
  // Every decision about amounts of the indicator, oldest first.
  Result<std::vector<AmountDecision>> amounts(const std::string& indicator) const;
  // Of one of them. corrupt: they are missing, or there is no such decision.
  Result<std::vector<AmountWitness>> witnesses(const std::string& indicator,
                                               std::uint32_t number) const;
  // The secret behind the claim of witnesses of one version of a figure, 32 bytes. nullopt: it
  // claims none.
  Result<std::optional<Bytes>> witness_secret(const FigureName& figure,
                                              std::uint32_t version) const;
  // The rows of one of them. nullopt: not kept.
  Result<std::optional<AmountMembers>> amount_members(const std::string& indicator,
                                                      std::uint32_t number) const;
  // Every version of a figure, in the order of the log.
  Result<std::vector<LedgerRelease>> releases(const FigureName& figure) const;
  // Of all figures, by figure.
  Result<std::vector<LedgerRelease>> all_releases() const;
  Result<std::vector<Refusal>> all_refusals() const;
  // Of the last decision of every year: for whom the rules were waived.
  Result<std::vector<HeadlineFinding>> all_waived() const;
  // Of all indicators, oldest first of each.
  Result<std::vector<AmountDecision>> all_amounts() const;
  Result<std::optional<PendingStatement>> pending() const;

  // Makes the decision, where it is a new one, and the pending statement durable in one write.
  // too_large: more amounts than a row can hold; nothing is written. Members that no row can hold
  // are not kept: what they are of cannot be corrected then. `witness_secret`: of the claim in the
  // statement, where it has one.
  Result<void> prepare(const std::optional<NewDecision>& decision, const PendingStatement& pending,
                       const std::optional<NewAmounts>& amounts = {},
                       const std::optional<Bytes>& witness_secret = {});
  // Files the pending statement, which the log has at `index`.
  Result<void> finish(const PendingStatement& pending, std::uint64_t index);
  // All in one write, or none where nothing is new; of different figures. `at`, `by`: of this time.
  // Texts are cut to kLedgerTextBytesMax.
  Result<void> refuse(const std::vector<NewRefusal>& refusals, std::int64_t at,
                      const std::string& by);

  // Takes the tags, the rows and the names of these parties out of every decision, in one write.
  // What was decided and released stays. `dry_run`: only says what it would take out.
  Result<ErasedHoldings> erase_holdings(const std::vector<std::string>& holding_or_register_ids,
                                        bool dry_run);
  // Takes all tags of a year out, with their secrets and whoever came near its headlines, in one
  // write: its figures can then be corrected no more. How many decisions had some.
  Result<std::size_t> erase_members(const std::string& period);
  // The same of the rows of one decision about amounts: the tables in it.
  Result<std::size_t> erase_amount_members(const std::string& indicator, std::uint32_t number);

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
