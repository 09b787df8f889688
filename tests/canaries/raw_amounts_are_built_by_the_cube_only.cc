// Whoever could build raw amounts could have any figure protected and released.
// expect: is private within this context
// expect: calling a private constructor of class 'regions::RawAmounts'
#include "policies/disclosure/amounts/raw_amounts.h"

namespace regions {

void build() {
#ifdef CANARY
  RawAmounts raw("COOP-FUND-EUR", Digest{}, {}, {}, {});
  static_cast<void>(raw);
#endif
}

}  // namespace regions
