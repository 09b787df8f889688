// A raw table in a log line would be a record in a log.
// expect: use of deleted function .*operator<<
// expect: selected deleted operator '<<'
#include <iostream>

#include "policies/disclosure/raw_table.h"

namespace regions {

void print([[maybe_unused]] const RawTable& table) {
#ifdef CANARY
  std::cout << table;
#endif
}

}  // namespace regions
