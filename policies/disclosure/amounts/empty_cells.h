// Of which empty figures everybody may know that they are empty (DISCLOSURE 2 and 4). They are
// withheld all the same. Pure.
#pragma once

#include "policies/disclosure/amounts/amount_rules.h"

namespace regions {

// Sets CellContent::harmless. An empty category harms nobody where no cooperation is in it at all
// and those beside it, along each dimension and in each group, are of `minimum` holdings or more
// and stand in several categories, or only in _U: that the data do not have a dimension tells
// nothing. Where all stand in one category, everybody would know of each of them that it does.
void mark_harmless(const LinkedAmounts& linked, const AmountRules& rules,
                   std::vector<CellContent>& contents);

}  // namespace regions
