// A second copy of a key is a second place to steal it from.
// expect: use of deleted function .*StatementKey\(const
// expect: call to .*deleted copy constructor
#include "protocol/statement/signed_statement.h"

namespace regions {

void take(StatementKey&& key) {
#ifdef CANARY
  StatementKey copy = key;
#else
  StatementKey copy = std::move(key);
#endif
  static_cast<void>(copy.public_key());
}

}  // namespace regions
