// The headline rule (DISCLOSURE 2): which of SME-COOP and ENT-COOP of one year is published. This
// is where a number is withheld.
//
//   - a count of n (the rules' minimum, 3) or more is published exactly; 0, 1 and 2 are withheld;
//   - where both would be published and differ by less than n, 0 included, ENT-COOP is withheld:
//     the difference is the number of cooperating enterprises outside SME-COOP, a small cell too;
//   - unless the rules waive it, a figure, or that difference, of which somebody knows all but 1 to
//     n - 1 enterprises is withheld as well (headline_observers.h).
//
// Both figures of a year are decided together, from one snapshot, once.
#pragma once

#include <optional>

#include "policies/disclosure/headline_observers.h"
#include "policies/disclosure/raw_table.h"
#include "policies/disclosure/rule_set.h"
#include "policies/disclosure/safe_table.h"

namespace regions {

class TaggedReader;
class TaggedWriter;

struct HeadlineInput {
  RawTable ent;
  std::optional<RawTable> sme;  // nullopt: not computable, no enterprise has a known NACE code
};

// The protected cells of both headlines of one year. Copyable: it holds nothing confidential but
// the fact that a figure not yet released has been decided.
class FixedHeadlines {
 public:
  const std::string& period() const { return ent_.period(); }
  const SafeTable& ent() const { return ent_; }
  // nullopt: SME-COOP was not computable.
  const std::optional<SafeTable>& sme() const { return sme_; }

  // True when both say the same: indicators, definitions, period, cells and their values. Method
  // and minimum belong to the rules, which may change without changing a cell.
  bool operator==(const FixedHeadlines& other) const;

  // Canonical bytes, for the history of the node.
  Bytes encode() const;

 private:
  friend class HeadlineControl;
  friend class Ledger;  // node/ledger: reads back what it stored
  FixedHeadlines(SafeTable ent, std::optional<SafeTable> sme)
      : ent_(std::move(ent)), sme_(std::move(sme)) {}

  // Exactly what encode() wrote and decide() could have made, else corrupt. Private because it
  // would otherwise be a way around decide().
  static Result<FixedHeadlines> restore(ByteView bytes);
  static Result<FixedHeadlines> decode(ByteView bytes);
  static void append(TaggedWriter& out, const SafeTable& table);
  static Result<SafeTable> read(TaggedReader& in);
  bool could_be_decided() const;

  SafeTable ent_;
  std::optional<SafeTable> sme_;
};

// Who knows which enterprises of the two counts.
struct HeadlineKnowledge {
  std::vector<Party> parties;
  CountedEnterprises ent;
  std::optional<CountedEnterprises> sme;  // as HeadlineInput
};

struct RuledHeadlines {
  FixedHeadlines headlines;
  // Where the rules waive the observer rule: who comes how near to what is published. Else none.
  std::vector<HeadlineFinding> waived;
  // Where they do not: because of whom a figure that the other rules let out is withheld.
  std::vector<HeadlineFinding> forbidding;
};

class HeadlineControl {
 public:
  // With the observer rule applied, or waived and its findings listed. corrupt: also where the
  // knowledge is not of these counts. too_large: more coalitions than can be looked through.
  static Result<RuledHeadlines> decide(const HeadlineInput& input, const RuleSet& rules,
                                       const HeadlineKnowledge& knowledge);

  // Without knowledge. refused: the rules do not waive the observer rule. corrupt: tables that no
  // records can give (SME-COOP above ENT-COOP, a negative count, not one cell, different periods or
  // places).
  static Result<FixedHeadlines> decide(const HeadlineInput& input, const RuleSet& rules);

 private:
  static Result<std::int64_t> count_of(const RawTable& table);
  static Result<void> check_counted(const RawTable& table, const CountedEnterprises& counted);
  static SafeTable protect(const RawTable& table, bool publish, const RuleSet& rules);
  // Figures that somebody comes too near.
  struct Forbidden {
    bool ent = false, sme = false, difference = false;
  };
  static Result<FixedHeadlines> decide(const HeadlineInput& input, const RuleSet& rules,
                                       const Forbidden& forbidden);
};

}  // namespace regions
