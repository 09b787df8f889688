// A copy of a raw table could be kept beyond its use.
// expect: use of deleted function .*RawTable\(const
// expect: call to deleted constructor
#include "policies/disclosure/raw_table.h"

namespace regions {

void use(RawTable&& table) {
#ifdef CANARY
  RawTable copy = table;
#else
  RawTable copy = std::move(table);
#endif
  static_cast<void>(copy);
}

}  // namespace regions
