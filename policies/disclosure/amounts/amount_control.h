// Protection of the amount tables of the plan (DISCLOSURE 2 to 5): all planned margins and periods
// of one indicator are one linked problem, ruled against everybody and every observer, protected by
// secondary suppression, attacked together with everything released before.
//
// Pure, deterministic and stateless: the same rows in any order, history, rules and key give the
// same cells. The only maker of a SafeTable of linked amounts. After an error nothing may leave.
#pragma once

#include "policies/disclosure/amounts/amount_history.h"
#include "policies/disclosure/amounts/amount_members.h"
#include "policies/disclosure/amounts/raw_amounts.h"
#include "policies/disclosure/attack/limits.h"
#include "policies/disclosure/rule_set.h"
#include "policies/disclosure/safe_table.h"
#include "policies/disclosure/withheld.h"
#include "policies/plan/plan.h"

namespace regions {

// A table of the plan in one period.
struct AmountTable {
  const PlannedTable* table = nullptr;
  Period period;
};

struct AmountRequest {
  const Catalogue* catalogue = nullptr;
  std::vector<AmountTable> tables;  // those that history holds are given as they were
  AmountHistory history;
  // All that the plan will ever ask for, so that what goes out now leaves what these will tell
  // protected; those above and of history may be among them.
  std::vector<AmountTable> planned;
  RuleSet rules;
  ByteView region_key;                    // 32 bytes; breaks ties and blurs costs
  std::uint64_t pivots_max = kPivotsMax;  // of all linear programs together
};

// A new figure that is withheld, and why: for the operator alone.
struct WithheldAmount {
  std::size_t table = 0;  // index of the table asked for
  std::string cell;
  Withheld reason = Withheld::others;
  std::string who;  // of Withheld::observer: who comes too near

  bool operator==(const WithheldAmount&) const = default;
};

struct ProtectedAmounts {
  std::vector<SafeTable> tables;          // one per table asked for, in that order
  std::vector<DecidedAmount> decided;     // what is new
  std::vector<WithheldAmount> withheld;   // of what is new
  std::vector<AmountCell> outdated;       // published earlier; the records give another figure now
  std::vector<AmountInterval> intervals;  // to anybody, of all withheld and derived figures
  std::vector<AmountWitness> witnesses;   // of unsafe figures that something new touches
  std::vector<AmountFinding> disclosed;   // by history; the new tables take nothing more away
  AmountMethod method = AmountMethod::none;
  double cost = 0, bound = 0;           // of what is withheld beyond the unsafe
  std::size_t unsafe = 0, besides = 0;  // new cells withheld: by a rule, and to protect others
  std::int64_t safe_cents = 0, published_cents = 0;  // of new cells: safe by the rules; going out
  std::size_t observers = 0;                         // that know rows, and coalitions of them
  std::uint64_t programs = 0;                        // linear programs solved
};

// Everything that was ever decided, attacked together.
struct AttackedAmounts {
  std::vector<AmountFinding> findings;    // figures that are too well known
  std::vector<AmountInterval> intervals;  // of withheld figures to anybody, of unsafe ones to all
  std::size_t observers = 0;
  std::uint64_t programs = 0;
};

// One decision about the amount, as the ledger has it.
struct EarlierAmounts {
  std::vector<AmountCell> cells;
  std::optional<AmountMembers> members;  // nullopt: not kept
};

// Tables that are out, held against the records of now. By table asked for.
struct CorrectedAmounts {
  std::vector<std::uint8_t> corrected;    // it says something else now and may be released again
  std::vector<std::string> why_not;       // it would, and may not; for the operator alone
  std::vector<DecidedAmount> decided;     // whole tables, of those that are corrected
  std::vector<AmountInterval> intervals;  // to anybody, with these; empty where there are none
};

class AmountControl {
 public:
  // refused: history holds half a table, or a table asked for is not of this indicator. too_large,
  // timed_out: a stated limit; the error says near which figure, and what to plan coarser. corrupt:
  // rows or history that the catalogue has no place for.
  static Result<ProtectedAmounts> protect(const RawAmounts& raw, const AmountRequest& request);

  // What history gives away, with nothing new; the tables of the request are taken for withheld.
  // Errors as above.
  static Result<AttackedAmounts> attack(const RawAmounts& raw, const AmountRequest& request);

  // Which of the tables asked for may be released again as the records are now (correcting.h); all
  // of them are in history, which has every figure as it was released last. `earlier`: every
  // decision, oldest first. Beside all that stays out nobody comes nearer to anything by the new
  // figures than he is without them. Errors as above.
  static Result<CorrectedAmounts> correct(const RawAmounts& raw, const AmountRequest& request,
                                          const std::vector<EarlierAmounts>& earlier);

  // The rows of a decision with tags in place of names. `secret`: amount_members.h.
  static Result<AmountMembers> members(const RawAmounts& raw, const Catalogue& catalogue,
                                       ByteView secret);

 private:
  static SafeTable begin(const RawAmounts& raw, const AmountTable& asked, const RuleSet& rules);
};

}  // namespace regions
