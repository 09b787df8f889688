// A safe table made elsewhere would be a figure that no rule protected.
// expect: SafeTable::SafeTable\(\)' is private
// expect: calling a private constructor of class
#include "policies/disclosure/safe_table.h"

namespace regions {

#ifdef CANARY
SafeTable make() { return SafeTable(); }
#else
SafeTable make(const SafeTable& decided) { return decided; }
#endif

}  // namespace regions
