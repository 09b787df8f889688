// What was decided of amounts and what can be told of it: what the ledger keeps, and what the next
// decision stands on. Confidential. Plain values.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policies/disclosure/rules/sensitivity.h"

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
  // Whole tables: every category of every margin and period that is in it, each figure once, as it
  // was released last. What the records say of it by now changes nothing here.
  std::vector<DecidedAmount> cells;
  // Of the last attack, to anybody; those of components that nothing new touches are carried on.
  std::vector<AmountInterval> intervals;
  // Figures that others have published, of any planned margin and period: known to everybody.
  std::vector<AmountCell> external;

  // Whole tables of one more decision: new ones, or corrected ones in place of what they were.
  void release(const std::vector<DecidedAmount>& decided);
};

// Somebody comes too near a figure.
struct AmountFinding {
  std::vector<std::string> cells;     // the sum of these
  std::string who;                    // "anybody", or the observers that know the same
  Level asked;                        // cents
  std::int64_t below = 0, above = 0;  // left

  bool operator==(const AmountFinding&) const = default;
};

// How what is withheld was found.
enum class AmountMethod : std::uint8_t {
  none,       // nothing new had to be decided
  optimum,    // no safe pattern costs less
  incumbent,  // safe; the gap between cost and bound is left
  repair,     // safe; too large for the optimum
  whole,      // no choice of cells is safe: the new tables are withheld as they are
};
std::string_view name(AmountMethod method);

}  // namespace regions
