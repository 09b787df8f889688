// A record key in a log line would take the noise off every cell of that firm alone.
// expect: use of deleted function .*operator<<
// expect: selected deleted operator '<<'
#include <iostream>

#include "policies/disclosure/cell_key.h"

namespace regions {

void print([[maybe_unused]] const RecordKey& key) {
#ifdef CANARY
  std::cout << key;
#endif
}

}  // namespace regions
