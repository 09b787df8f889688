// Makes the perturbation table of a release plan: for every count the noise of greatest entropy
// (DISCLOSURE 2, "cell key"). Pure; the same parameters give the same table on every machine.
#pragma once

#include "policies/disclosure/perturbation_table.h"

namespace regions {

// Rows 0 to D + js + 1; all counts from there on have the same noise. Row i >= 1 has the
// distribution on those v of -min(i, D) to D for which i + v is not 1 to js, with mean 0, the
// variance of the parameters and the greatest entropy (maximum_entropy.h).
//
// Probabilities become whole numbers of keys, in three steps: p 2^32 rounded down; the keys that
// are left over, one each to the greatest remainders, the smaller v first; then, key by key from
// one v to another of probability above 0, wherever it costs least accuracy, until the mean cannot
// come nearer to 0. A row in which two neighbouring v have keys has mean 0 exactly, any other a
// mean of at most half the distance of two v that follow each other, in keys of 2^-32 (at the start
// values every row has mean 0; at the least and greatest variance there are rows of two v). No v is
// off from p 2^32 by two keys. A v that is left without a key is not in the table.
//
// invalid_input: D beyond 20, js below 2 (nothing below 3 is ever published) or beyond 10, or a row
// without a solution; the error names the first such row, the least or greatest variance that it
// has, and what to choose.
Result<PerturbationTable> generate_perturbation_table(const PerturbationParameters& parameters);

}  // namespace regions
