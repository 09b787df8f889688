// The statement key signs nothing by itself.
// expect: StatementKey::sign\(.*is private
// expect: 'sign' is a private member
#include "protocol/statement/signed_statement.h"

namespace regions {

Bytes sign(const StatementKey& key) {
#ifdef CANARY
  return key.sign("message");
#else
  return key.public_key().bytes;
#endif
}

}  // namespace regions
