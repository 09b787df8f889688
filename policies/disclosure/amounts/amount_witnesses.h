// The bytes that a release of an amount vouches for with its claim: the witnesses of the decision
// that it states. protocol/spec/witnesses.md. Pure.
#pragma once

#include "policies/disclosure/amounts/amount_history.h"
#include "protocol/base/bytes.h"

namespace regions {

// "regions4/witnesses/v1" with the fields (protocol/base/tagged.h): the names of all figures,
// ascending; how many witnesses; of each, ascending by figure, the lower end before the upper, the
// place of its figure among the names, 0 or 1 for the upper end, and its values, ascending by
// figure: u32 place, i64 cents. The same for any order of `witnesses` and of their values.
Bytes canonical(const std::vector<AmountWitness>& witnesses);

}  // namespace regions
