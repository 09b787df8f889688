// Not a canary: does not compile at all.
// expect: is private
#include <string>

namespace regions {

inline std::string slip() { return no_such_name; }

}  // namespace regions
