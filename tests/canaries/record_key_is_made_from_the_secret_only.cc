// A record key made elsewhere would be another noise for the same firm.
// expect: RecordKey::RecordKey\(.*is private
// expect: calling a private constructor of class
#include "policies/disclosure/cell_key.h"

namespace regions {

#ifdef CANARY
RecordKey make() { return RecordKey(7); }
#else
RecordKey make(ByteView secret) { return record_key(secret, "id"); }
#endif

}  // namespace regions
