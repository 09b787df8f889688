// A key is not a number that could be put into a statement.
// expect: CellKey::sum_' is private
// expect: 'sum_' is a private member
#include "policies/disclosure/cell_key.h"

namespace regions {

std::int64_t read(const PerturbationTable& table, const CellKey& key) {
#ifdef CANARY
  static_cast<void>(table);
  return key.sum_;
#else
  return perturb(table, 1, key);
#endif
}

}  // namespace regions
