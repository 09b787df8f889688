// The cube: counts from the region's records, before protection. The only maker of RawTable.
//
// Counting rules: DISCLOSURE 1 and DESIGN 5, in counting_rules version 1 of the catalogue:
//   - own cooperations alone count; partner rows never do;
//   - a cooperation is active in every year from that of its start to that of its end, both
//     included, unless it is cancelled; without a start or an end in none;
//   - an enterprise counts where it is at home on the year's last day; known to be elsewhere, not;
//     at an unknown place, here;
//   - NACE, size and place are those of the year's last day; unknown meets no condition.
//
// Stateless; any thread. One pass over the records in constant memory for all years at once.
#pragma once

#include <map>

#include "node/storage/store.h"
#include "policies/catalogue/indicator.h"
#include "policies/disclosure/headline.h"

namespace regions {

class CubeBuilder {
 public:
  // Both headlines of one year (kYearMin..kYearMax, else invalid_input). Without a single own
  // enterprise of known NACE there is no SME-COOP (nullopt). io, corrupt: the records are
  // unreadable.
  static Result<HeadlineInput> headline(const Reader& snapshot, const Catalogue& catalogue,
                                        int year);
  // The same for every year of active_years(), in one pass.
  static Result<std::map<int, HeadlineInput>> headlines(const Reader& snapshot,
                                                        const Catalogue& catalogue);
  // The years in which an own cooperation is active, ascending.
  static Result<std::vector<int>> active_years(const Reader& snapshot);

 private:
  static RawTable total(const Catalogue& catalogue, const Indicator& indicator, int year,
                        std::int64_t count);
  static HeadlineInput input_of(const Catalogue& catalogue, const class HeadlinePass& pass,
                                int year);
};

}  // namespace regions
