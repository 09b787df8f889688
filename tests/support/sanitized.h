// Whether the sanitizers watch this program: it is then several times slower, and tests over all of
// the real data take a part of them.
#pragma once

namespace regions {

// The build says so (preset sanitize).
#ifdef REGIONS_SANITIZED
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

}  // namespace regions
