// Who stands in a figure must not come into a log line.
// expect: use of deleted function .*operator<<
// expect: selected deleted operator '<<'
#include <iostream>

#include "policies/disclosure/membership.h"

namespace regions {

void print([[maybe_unused]] const HoldingSet& holdings) {
#ifdef CANARY
  std::cout << holdings;
#endif
}

}  // namespace regions
