// Not a canary: its line is allowed, which compile_canary must notice.
// expect: error
#include <string>

namespace regions {

#ifdef CANARY
inline std::string allowed() { return "fine"; }
#endif

}  // namespace regions
