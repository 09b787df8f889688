// A peer's statement is believed only after open() has checked it.
// expect: VerifiedStatement::VerifiedStatement\(.*is private
// expect: calling a private constructor of class
#include "protocol/statement/verified.h"

namespace regions {

#ifdef CANARY
VerifiedStatement believe(const Statement& statement, const Entry& entry) {
  return VerifiedStatement(statement, entry, 0);
}
#else
VerifiedStatement believe(const VerifiedStatement& opened) { return opened; }
#endif

}  // namespace regions
