// Who could come too near what under one pattern: guards for everybody, for every class of
// observers, and for derived figures, the sums that published totals leave open (DISCLOSURE 4).
//
// One owner, one thread; what it points to outlives it.
#pragma once

#include "policies/disclosure/amounts/amount_rules.h"
#include "policies/disclosure/attack/attack.h"
#include "policies/disclosure/attack/components.h"

namespace regions {

struct AmountModel {
  const LinkedAmounts* linked = nullptr;
  const std::vector<CellContent>* contents = nullptr;
  const std::vector<Knower>* knowers = nullptr;
  const AmountRules* rules = nullptr;
  CellSystem system;
  // By cell. `everybody`: what the rules, or an earlier release, ask for; `sensitive`: that, or an
  // observer comes too near.
  std::vector<std::optional<Level>> everybody;
  std::vector<std::uint8_t> sensitive;
  // Released, and by now another figure: everybody knows it nearly, within the level in
  // `everybody`, and must not know it better.
  std::vector<std::uint8_t> corrected;
};

// Systems, levels and sensitivities of all cells. By cell: `promised`, levels of history;
// `corrections`, by how much a released figure has changed.
AmountModel make_model(const LinkedAmounts& linked, const std::vector<CellContent>& contents,
                       const std::vector<Knower>& knowers, const AmountRules& rules,
                       const std::vector<Level>& promised,
                       const std::vector<std::int64_t>& corrections);

// Everybody: nobody's own, but what is public by law.
Observer everybody(const AmountModel& model);

// All that one knower knows of any cell, withheld or not.
Observer all_shares(const AmountModel& model, std::size_t knower);

// Observers of the same withheld cells are one class, within one component.
struct ObserverClass {
  Observer observer;                 // id: index + 1
  std::vector<std::size_t> knowers;  // indexes
};

struct AmountGuards {
  std::vector<ObserverClass> classes;
  std::vector<Observer> observers;  // [0] is everybody, then one per class
  std::vector<Guard> guards;

  // Of an observer; everybody is none of them.
  std::vector<std::size_t> knowers(std::uint32_t observer_index) const {
    return observer_index == 0 ? std::vector<std::size_t>() : classes[observer_index - 1].knowers;
  }
};

// Every guard that the pattern has to keep, within the components marked in `touched` (by index,
// in the order of components_of); empty: all.
Result<AmountGuards> guards_of(const AmountModel& model, const Pattern& withheld,
                               const std::vector<std::uint8_t>& touched);

}  // namespace regions
