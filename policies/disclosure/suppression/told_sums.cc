#include "policies/disclosure/suppression/told_sums.h"

#include <algorithm>

#include "policies/disclosure/suppression/elimination.h"

namespace regions {

Result<std::vector<std::vector<CellId>>> told_sums(const CellSystem& system,
                                                   const Pattern& withheld,
                                                   std::initializer_list<int> depths) {
  TRY(auto all, told_pairs(system, withheld, kToldSumsMax));
  Result<std::vector<std::vector<CellId>>> sums = fail(Errc::too_large, "no depth");
  for (const int depth : depths) {
    sums = open_sums(system, withheld, kToldSumsMax, depth);
    if (sums || sums.error().code != Errc::too_large) break;
  }
  if (!sums) return sums;
  all.insert(all.end(), sums->begin(), sums->end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace regions
