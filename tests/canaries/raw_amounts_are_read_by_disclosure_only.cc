// Amounts row by row are read by the control that protects them alone.
// expect: RawAmounts::rows_' is private
// expect: 'rows_' is a private member
#include "policies/disclosure/amounts/raw_amounts.h"

namespace regions {

std::size_t read(const RawAmounts& raw) {
#ifdef CANARY
  return raw.rows_.size();
#else
  return sizeof raw;
#endif
}

}  // namespace regions
