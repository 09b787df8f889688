// A copy of a key could be kept beyond its use.
// expect: use of deleted function .*CellKey\(const
// expect: call to deleted constructor
#include "policies/disclosure/cell_key.h"

namespace regions {

void use(CellKey&& key) {
#ifdef CANARY
  CellKey copy = key;
#else
  CellKey copy = std::move(key);
#endif
  static_cast<void>(copy);
}

}  // namespace regions
