// Only the door between the wings signs what a region states.
// expect: SignedStatement::make\(.*is private
// expect: 'make' is a private member
#include "protocol/statement/signed_statement.h"

namespace regions {

bool sign(const Statement& statement, const StatementKey& key) {
#ifdef CANARY
  return SignedStatement::make(statement, key).has_value();
#else
  return statement.valueless_by_exception() || key.public_key().bytes.empty();
#endif
}

}  // namespace regions
