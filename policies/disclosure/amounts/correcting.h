// Whether tables of an amount that are out may be released again with what the records say now
// (DISCLOSURE 4, Time). Every version stays known for ever, withdrawn ones too, so that the
// difference of two is a figure, and so is whatever several differences tell together:
//
//   - the same cells are published as before, or none: no version opens what another one withheld;
//   - what went up and what went down since any version of such a table, between any two of them
//     too, is each ruled and attacked like an amount: fewer than `minimum` holdings, the p % and
//     the dominance rule, everybody and every observer, all tables together, those too that were
//     corrected by an earlier call. The attacker is taken to know what has not changed;
//   - of no holding may a part go up and another down.
//
// What the new figures tell beside everything else is asked by AmountControl. Pure.
#pragma once

#include <map>

#include "policies/disclosure/amounts/amount_control.h"
#include "policies/disclosure/amounts/amount_gate.h"
#include "policies/disclosure/amounts/changes.h"
#include "policies/disclosure/amounts/places.h"
#include "policies/disclosure/amounts/row_order.h"

namespace regions {

// For the operator alone.
inline constexpr std::string_view kNotKept =
    "what its figures were made of is not kept, or was erased in part, so that what a correction "
    "tells cannot be judged";
inline constexpr std::string_view kNoLongerSafe =
    "one of its figures could not be published any more as the records are now";
inline constexpr std::string_view kTooFewChanged =
    "too few holdings changed in one of its figures, or one of them by too much, or one of them "
    "moved from one figure to another: the difference of the two releases would tell of it";
inline constexpr std::string_view kToldElsewhere =
    "with the new figures a withheld one could be computed";

// One owner, one thread. What it is given outlives it.
class Correcting {
 public:
  // `request`: history has every figure once, as it was released last.
  Correcting(const AmountRequest& request, const std::vector<const Dimension*>& dimensions,
             const OrderedRows& rows, const std::vector<EarlierAmounts>& earlier,
             const AmountMembers& now);

  // Verdicts on the tables asked for, all of which are in history, and new figures of those that
  // may be corrected: whole tables.
  Result<void> run(CorrectedAmounts& made);

 private:
  struct Candidate {
    MarginOfPeriod place;
    std::vector<std::size_t> decisions;  // that hold it, ascending
  };

  Result<void> link();
  Candidate candidate_of(const MarginOfPeriod& table) const;
  // Empty: it may be corrected as far as it alone tells. `changes`: whether it would say something
  // else.
  Result<std::string> judge(const Candidate& candidate, bool& changes) const;
  // Whether the rows of a decision can be compared with those of now.
  bool is_kept(std::size_t decision) const;
  // Whether this can be said of the candidate, and of whatever was corrected in its years.
  bool is_known(const Candidate& candidate) const;
  // What both moments together tell; `later` past all decisions is now. Nothing where that is no
  // news: of none of `together`.
  std::vector<Candidate> told_between(std::size_t then, std::size_t later,
                                      const std::vector<Candidate>& together) const;
  Result<bool> is_safe(const std::vector<Candidate>& together);
  Result<bool> is_safe(const std::vector<AmountRow>& rows, const std::vector<Candidate>& told);
  void take(const Candidate& candidate, CorrectedAmounts& made) const;

  const AmountRequest& request_;
  const std::vector<const Dimension*>& dimensions_;
  const OrderedRows& rows_;
  const std::vector<EarlierAmounts>& earlier_;
  const AmountMembers& now_;
  const Places places_;
  std::optional<LinkedAmounts> linked_;
  std::optional<AmountRules> rules_;
  std::vector<CellContent> contents_;
  std::vector<Knower> knowers_;
  AmountModel model_;  // of the records as they are now
  std::map<CellId, DecidedAmount> past_;
  std::vector<std::vector<MarginOfPeriod>> decided_;  // by decision
  std::vector<Candidate> corrected_;                  // tables of several decisions
  Work work_;
};

}  // namespace regions
