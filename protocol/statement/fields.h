// Rules of single fields that statements, rosters and key sets share. `what` names the field in the
// error; all are malformed unless said otherwise.
#pragma once

#include <functional>
#include <vector>

#include "protocol/base/bytes.h"

namespace regions {

// A code of a list, a table or a dimension: [A-Za-z0-9_.-], 1 to 64 characters (longer: too_large).
Result<void> check_code(std::string_view code, std::string_view what);

// POSIX seconds, a multiple of 60, not 0, before the year 10000.
Result<void> check_minute(std::uint64_t time, std::string_view what);

// 32 bytes that are not all zero: zero is "none" in this code base and no hash of anything.
Result<Digest> required_digest(ByteView bytes, std::string_view what);
Result<void> check_not_zero(const Digest& digest, std::string_view what);

// "2021": four digits.
Result<void> check_nuts_version(std::string_view version, std::string_view what);

// Strictly ascending, hence none twice.
template <class T, class Less = std::less<>>
Result<void> check_ascending(const std::vector<T>& values, std::string_view what,
                             Less less = Less()) {
  for (std::size_t i = 1; i < values.size(); ++i) {
    if (!less(values[i - 1], values[i])) {
      return fail(Errc::malformed, std::string(what) + ": not in ascending order, or one twice");
    }
  }
  return {};
}

}  // namespace regions
