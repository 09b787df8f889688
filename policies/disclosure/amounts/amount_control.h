// Protection of the amount tables of the plan (DISCLOSURE 2 to 5): all planned margins and periods
// of one indicator are one linked problem, ruled against everybody and every observer, protected by
// secondary suppression, attacked together with everything released before.
//
// Pure, deterministic and stateless: the same rows in any order, history, rules and key give the
// same cells. The only maker of a SafeTable of linked amounts. After an error nothing may leave.
#pragma once

#include "policies/disclosure/amounts/raw_amounts.h"
#include "policies/disclosure/rule_set.h"
#include "policies/disclosure/rules/sensitivity.h"
#include "policies/disclosure/safe_table.h"
#include "policies/plan/plan.h"

namespace regions {

// One figure of an amount.
struct AmountCell {
  std::string period;
  // Dimension and category, bytewise order of dimension; a dimension left out is added up.
  std::vector<std::pair<std::string, std::string>> categories;

  auto operator<=>(const AmountCell&) const = default;
};

// A figure that is decided for ever: released, withheld, embargoed or withdrawn alike. The ledger
// makes all of one call durable before the first table is signed; a retry hands them in as history
// and gets the same tables. Confidential.
struct DecidedAmount {
  AmountCell cell;
  std::optional<std::int64_t> value;  // published: rounded, cents. nullopt: withheld
  Level level;                        // that a withheld cell was promised; cents
  std::int64_t cents = 0;             // what it was, exactly

  bool operator==(const DecidedAmount&) const = default;
};

// What the attack leaves of one withheld or derived figure to somebody.
struct AmountInterval {
  std::string cell;  // "2018-2020 actor_group=_U"; pieces of periods too: "2014+2018-2020"
  std::string who;   // "anybody", or the observers that know the same
  std::int64_t lower = 0, upper = 0;  // cents
  bool open_above = false;            // no bound
  bool planned = false;               // withheld from a table; else it can only be computed

  bool operator==(const AmountInterval&) const = default;
};

// A table of cents that agrees with everything published and takes `cell` as far as it goes: the
// figures that hang together with it. Adding up shows that it is one.
struct AmountWitness {
  std::string cell;
  bool up = false;
  std::vector<std::pair<std::string, std::int64_t>> values;

  bool operator==(const AmountWitness&) const = default;
};

struct AmountHistory {
  // Whole tables: every category of every margin and period that is in it, each figure once. A
  // figure that is corrected stays what it was.
  std::vector<DecidedAmount> cells;
  // Of the last attack, to anybody; those of components that nothing new touches are carried on.
  std::vector<AmountInterval> intervals;
  // Figures that others have published, of any planned margin and period: known to everybody.
  std::vector<AmountCell> external;
};

// Somebody comes too near a figure.
struct AmountFinding {
  std::vector<std::string> cells;     // the sum of these
  std::string who;                    // "anybody", or the observers that know the same
  Level asked;                        // cents
  std::int64_t below = 0, above = 0;  // left

  bool operator==(const AmountFinding&) const = default;
};

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
  ByteView region_key;  // 32 bytes; breaks ties and blurs costs
};

enum class AmountMethod : std::uint8_t {
  none,       // nothing new had to be decided
  optimum,    // no safe pattern costs less
  incumbent,  // safe; the gap between cost and bound is left
  repair,     // safe; too large for the optimum
  whole,      // no choice of cells is safe: the new tables are withheld as they are
};
std::string_view name(AmountMethod method);

struct ProtectedAmounts {
  std::vector<SafeTable> tables;          // one per table asked for, in that order
  std::vector<DecidedAmount> decided;     // what is new
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

class AmountControl {
 public:
  // refused: history holds half a table, or a table asked for is not of this indicator. too_large,
  // timed_out: a stated limit; the error says what to plan coarser. corrupt: rows or history that
  // the catalogue has no place for.
  static Result<ProtectedAmounts> protect(const RawAmounts& raw, const AmountRequest& request);

  // What history gives away, with nothing new; the tables of the request are taken for withheld.
  // Errors as above.
  static Result<AttackedAmounts> attack(const RawAmounts& raw, const AmountRequest& request);

 private:
  static SafeTable begin(const RawAmounts& raw, const AmountTable& asked, const RuleSet& rules);
};

}  // namespace regions
