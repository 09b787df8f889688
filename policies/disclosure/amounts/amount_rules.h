// The rules of amounts (DISCLOSURE 2 and 4) for one linked cell: against everybody, and against an
// observer who takes off what it knows. Pure.
#pragma once

#include "policies/disclosure/amounts/contents.h"
#include "policies/disclosure/rule_set.h"
#include "policies/disclosure/rules/rule_book.h"
#include "policies/disclosure/withheld.h"

namespace regions {

// Nobody may know a withheld amount more closely than a published one: 1,000 EUR, in cents.
inline constexpr std::int64_t kLevelLeast = 100'000;

class AmountRules {
 public:
  // invalid_input: numbers that no rule can have; parse_rule_set lets none through.
  static Result<AmountRules> of(const RuleSet& rules);

  // How far everybody must be kept from the cell; nothing where it is safe. Public rows are taken
  // off first. Fewer holdings than the minimum are unsafe, none at all too: that data are empty
  // makes no structural zero. A harmless one is withheld and may be known.
  std::optional<Level> against_everybody(const CellContent& cell) const;

  // The first rule that calls the cell unsafe to everybody; nothing where none does.
  std::optional<Withheld> reason(const CellContent& cell) const;

  // How far everybody must be kept from a figure whose records changed by so much since it was
  // released: as if one holding had brought the change.
  Level against_correction(std::int64_t change, std::int64_t value) const;

  // Fewer holdings with a known amount than the minimum.
  bool is_few(const CellContent& cell) const { return cell.contributors < minimum_; }

  // The p % rule on what remains when the observer's own is taken off: how far it must be kept from
  // the cell where the rule fires, else nothing. Equality is safe.
  std::optional<Level> against(const CellContent& cell, const Knower::Cell* own) const;
  // The same of a cell that is unsafe anyhow: of a few holdings' cell nobody may know what remains.
  // Where the p % rule holds on what remains, an observer may know it; it may find that nothing
  // does.
  std::optional<Level> against_insider(const CellContent& cell, const Knower::Cell* own) const;

 private:
  AmountRules(RuleBook book, PriorPosteriorRule remaining, std::int64_t minimum)
      : book_(std::move(book)), remaining_(remaining), minimum_(minimum) {}

  RuleBook book_;
  PriorPosteriorRule remaining_;  // all intruders are taken off already
  std::int64_t minimum_;
};

}  // namespace regions
