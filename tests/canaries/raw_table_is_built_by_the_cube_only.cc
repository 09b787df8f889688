// A raw table made elsewhere would hold figures that no cube counted.
// expect: RawTable::RawTable\(.*is private
// expect: calling a private constructor of class
#include "policies/disclosure/raw_table.h"

namespace regions {

#ifdef CANARY
RawTable build() { return RawTable("ENT-COOP", Digest{}, "2017", {}, {}); }
#else
RawTable build(RawTable&& made_by_the_cube) { return std::move(made_by_the_cube); }
#endif

}  // namespace regions
