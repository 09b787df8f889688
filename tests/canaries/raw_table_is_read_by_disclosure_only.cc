// The count of a raw table is read by disclosure control alone.
// expect: RawTable::Cell' is private
// expect: 'Cell' is a private member
#include "policies/disclosure/raw_table.h"

namespace regions {

#ifdef CANARY
std::int64_t count_of(const RawTable::Cell& cell) { return cell.count; }
#endif

}  // namespace regions
