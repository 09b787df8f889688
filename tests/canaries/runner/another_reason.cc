// Not a canary: refused for another reason than the one it gives.
// expect: is private
#include <string>

namespace regions {

#ifdef CANARY
inline std::string slip() { return no_such_name; }
#endif

}  // namespace regions
