// A withheld cell cannot be filled in afterwards.
// expect: discards qualifiers
// expect: not marked const
#include "policies/disclosure/safe_table.h"

namespace regions {

void fill([[maybe_unused]] SafeTable& table) {
#ifdef CANARY
  table.cells().clear();
#endif
}

}  // namespace regions
