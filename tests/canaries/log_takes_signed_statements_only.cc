// The committer takes what publish signed, not envelopes that somebody else put together.
// expect: cannot convert .* to 'const std::vector<regions::SignedStatement>&'
// expect: no viable conversion from '.*vector<.*' to 'const .*vector<.*SignedStatement
#include "node/log/committer.h"

namespace regions {

bool commit(Committer& log, [[maybe_unused]] const std::vector<Bytes>& envelopes,
            [[maybe_unused]] const std::vector<SignedStatement>& statements) {
#ifdef CANARY
  return log.commit(envelopes).has_value();
#else
  return log.commit(statements).has_value();
#endif
}

}  // namespace regions
