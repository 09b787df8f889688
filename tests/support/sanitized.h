// Whether the sanitizers watch this program: it is then several times slower, and tests over all of
// the real data take a part of them.
#pragma once

namespace regions {

#ifdef __SANITIZE_ADDRESS__
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

}  // namespace regions
