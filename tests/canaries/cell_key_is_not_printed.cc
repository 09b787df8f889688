// A key in a log line would take the noise off a cell.
// expect: use of deleted function .*operator<<
// expect: selected deleted operator '<<'
#include <iostream>

#include "policies/disclosure/cell_key.h"

namespace regions {

void print([[maybe_unused]] const CellKey& key) {
#ifdef CANARY
  std::cout << key;
#endif
}

}  // namespace regions
