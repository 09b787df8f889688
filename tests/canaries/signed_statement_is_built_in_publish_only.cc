// The log takes signed statements alone: a made-up one would be in it for ever.
// expect: SignedStatement::SignedStatement\(.*is private
// expect: calling a private constructor of class
#include "protocol/statement/signed_statement.h"

namespace regions {

#ifdef CANARY
SignedStatement build(const Entry& entry) { return SignedStatement(entry, "envelope"); }
#else
SignedStatement build(SignedStatement&& signed_in_publish) { return std::move(signed_in_publish); }
#endif

}  // namespace regions
