// Reading a decision from bytes would be a way around deciding.
// expect: FixedHeadlines::restore\(.*is private
// expect: 'restore' is a private member
#include "policies/disclosure/headline.h"

namespace regions {

#ifdef CANARY
bool restore(ByteView bytes) { return FixedHeadlines::restore(bytes).has_value(); }
#else
bool restore(ByteView bytes) { return bytes.empty(); }
#endif

}  // namespace regions
