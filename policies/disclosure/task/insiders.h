// What the outsider's attack does not see: contributors who know their own part, and sums of
// withheld cells that anybody can compute although no single one of them.
//
// Pure. Works on what a pattern withholds; suppression is asked again with the guards found here.
#pragma once

#include "policies/disclosure/task/assemble.h"

namespace regions {

struct Insiders {
  std::vector<Observer> observers;  // id: index of the unit + 1
  std::vector<Guard> guards;        // observer: index into `observers`
  bool owners_only = false;         // too many pairs: those alone who know a cell wholly
};

// Every contributor of withheld cells that might come too near a sensitive cell of its component,
// and what it has to be kept from: its own contribution is taken off before the rules are asked.
Insiders find_insiders(const DisclosureSpec& spec, const BuiltTable& built,
                       const Assembly& assembly, const Pattern& withheld);

// Sums of withheld cells that are told, where the rules find the sum unsafe. Errors as told_sums().
Result<std::vector<Guard>> find_told_sums(const DisclosureSpec& spec, const BuiltTable& built,
                                          const Assembly& assembly, const Pattern& withheld);

}  // namespace regions
