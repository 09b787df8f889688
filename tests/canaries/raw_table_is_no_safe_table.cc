// What takes protected figures takes no unprotected ones.
// expect: type 'const regions::SafeTable&' from .*'const regions::RawTable'
// expect: no matching function for call to 'release'
#include "policies/disclosure/raw_table.h"
#include "policies/disclosure/safe_table.h"

namespace regions {

void release(const SafeTable&);

void use([[maybe_unused]] const RawTable& raw, const SafeTable& safe) {
#ifdef CANARY
  release(raw);
#else
  release(safe);
#endif
  static_cast<void>(safe);
}

}  // namespace regions
