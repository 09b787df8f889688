// A list of ids could be tried against the tags of a decision.
// expect: HoldingSet::HoldingSet\(.*is private
// expect: calling a private constructor
#include "policies/disclosure/membership.h"

namespace regions {

HoldingSet make([[maybe_unused]] std::vector<std::string> ids) {
#ifdef CANARY
  return HoldingSet(std::move(ids));
#else
  return HoldingSet();
#endif
}

}  // namespace regions
