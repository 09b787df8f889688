// Which holdings a total counts enterprises of: for the ledger, which must tell later how many of
// them came or went.
#pragma once

#include "node/cube/layout.h"

namespace regions {

// Per table of the layout, the holders (indices of Facts::holder) of those that it counts in its
// one period and cell, ascending, each once. Tables of counts by nothing, of one year: a
// programmer's error otherwise. Counting rules as in pass.h.
std::vector<std::vector<std::uint32_t>> holders_in(const Layout& layout);

}  // namespace regions
