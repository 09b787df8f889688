// A decision made elsewhere would be no decision of the rules.
// expect: FixedHeadlines::FixedHeadlines\(.*is private
// expect: calling a private constructor of class
#include "policies/disclosure/headline.h"

namespace regions {

#ifdef CANARY
FixedHeadlines make(const SafeTable& table) { return FixedHeadlines(table, table); }
#else
FixedHeadlines make(const FixedHeadlines& decided) { return decided; }
#endif

}  // namespace regions
