// Why cells are withheld: for the operator who has the records, never for anybody else. A statement
// has one code for all of them (DISCLOSURE 6).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>

namespace regions {

enum class Withheld : std::uint8_t {
  minimum,       // a count below the rules' minimum
  close,         // ENT-COOP too near to SME-COOP of the same year
  few_holdings,  // fewer holdings contribute to an amount than the minimum
  p_percent,     // the p% rule
  dominance,     // the k% rule
  too_large,     // for a release
  observer,      // somebody who knows a part would come too near to the rest
  others,        // safe, and another figure could be computed with it
  earlier        // when it was decided, which is for ever
};

// How many cells of one table for which reason.
using WithheldCounts = std::map<Withheld, std::size_t>;

// "below the minimum"; without a number, which the rules keep.
std::string_view in_words(Withheld reason);

}  // namespace regions
