// What signs a release takes protected figures only.
// expect: cannot convert 'const regions::RawTable' to 'const regions::SafeTable&'
// expect: no viable conversion from 'const .*RawTable' to 'const .*SafeTable'
#include "node/publish/signer.h"
#include "policies/disclosure/raw_table.h"

namespace regions {

bool release(StatementSigner& signer, [[maybe_unused]] const RawTable& raw,
             [[maybe_unused]] const SafeTable& safe) {
#ifdef CANARY
  return signer.release(2, raw, ReleaseContext{}).has_value();
#else
  return signer.release(2, safe, ReleaseContext{}).has_value();
#endif
}

}  // namespace regions
