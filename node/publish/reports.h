// What the publisher tells of releases: for the operator alone. Plain values.
#pragma once

#include "node/ledger/ledger.h"
#include "policies/disclosure/amounts/amount_control.h"
#include "policies/disclosure/safe_table.h"
#include "policies/disclosure/withheld.h"
#include "policies/plan/plan.h"
#include "protocol/statement/opening.h"

namespace regions {

// Both headlines of a year as one release decides, or was decided by, them; why one is withheld,
// for the operator alone.
struct DecidedHeadlines {
  FixedHeadlines both;
  WithheldCounts why_ent, why_sme;
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
  // Who comes too near to a headline: where the rules waive that, to what is published; else
  // because of whom it is withheld.
  std::vector<HeadlineFinding> near;
  DecidedHeadlines decided;      // the digest covers it
  bool without_records = false;  // as years_without_records of a DueReport
};

struct WithdrawReport {
  LedgerRelease release;  // with its withdrawal
  bool existing = false;  // it had been withdrawn before for that reason; nothing was done
  std::optional<Digest> holds_now;  // the release of the figure that holds
  bool superseded = false;          // that is a later one, which held before
};

// What opens the claim of a release, and whether it was made from that.
struct OpenedRelease {
  LedgerRelease release;
  std::vector<AmountWitness> witnesses;
  Digest claimed;
  Opening opening;

  bool matches() const { return witnesses_digest(opening.secret, opening.witnesses) == claimed; }
};

// Whose tags were, or would be, erased, and what nobody can correct from then on.
struct ErasedReport {
  struct Decision {
    std::uint32_t number = 0;  // version of the year's headlines, or decision about amounts
    std::size_t tags = 0;      // of holdings, or for amounts of everybody in the rows
  };
  std::vector<Decision> decisions;  // that had some
  std::vector<FigureName> stand;    // what these decided and was released
};

// Holdings that were, or would be, forgotten, and what that costs.
struct ForgottenReport {
  std::vector<std::size_t> decisions;  // by holding: how many held it
  std::vector<FigureName> stand;       // amounts that can be corrected no more
  std::vector<FigureName> harder;      // headlines: a correction takes one more holding for each
};

// What the ledger says, for the operator alone.
struct LedgerReport {
  std::vector<LedgerRelease> releases;  // in the order of the log
  std::vector<Refusal> refusals;        // by figure
  std::vector<HeadlineFinding> waived;  // of every headline that was decided, by year
  std::vector<AmountDecision> amounts;  // by indicator, oldest first
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
  std::uint32_t published = 0, withheld = 0;  // cells of that release
  std::string reason;                         // of a refusal
  std::optional<Digest> supersedes;
  std::vector<HeadlineFinding> near;             // of a headline, as in ReleaseReport
  std::vector<WithheldAmount> withheld_figures;  // of an amount: why, figure by figure
  std::optional<DecidedHeadlines> decided;       // of a headline, as in ReleaseReport
};

// How the tables of an amount that go out now were protected together.
struct AmountReport {
  std::string indicator;
  AmountMethod method = AmountMethod::none;
  double cost = 0, bound = 0;           // of what is withheld to protect others
  std::size_t unsafe = 0, besides = 0;  // withheld by a rule, and to protect others
  std::int64_t safe_cents = 0, published_cents = 0;
  std::size_t observers = 0;
  std::uint64_t programs = 0;
  std::vector<AmountFinding> disclosed;  // what earlier releases told already
  std::vector<AmountCell> outdated;      // published, and the records now give another figure
};

// What is asked for of all that is due; empty: whatever it is.
struct DueChoice {
  std::string indicator;
  std::string period;
  std::string table;
};

struct DueReport {
  Tier tier = Tier::S;
  std::vector<DueLine> lines;         // in the plan's order
  std::vector<AmountReport> amounts;  // of those that are decided now
  Digest digest;                      // of all that is or would be stated, as confirmation.h says
  // Ascending, of the periods of what goes out now: no cooperation that counts is active in them.
  // For the operator alone.
  std::vector<int> years_without_records = {};
};

// The tier of this region, and why it is that.
struct OwnTier {
  // given: by the plan. frozen: with the first release that stood on it. counted: as the records
  // are now. baseline_runs: the window that it is counted in has not ended, until when it is S.
  enum class Why { given, frozen, counted, baseline_runs };
  Tier tier = Tier::S;
  Why why = Why::counted;
};

}  // namespace regions
