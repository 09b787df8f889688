// The closed list of expected failures. Every function that can fail for a reason outside this
// process returns one of these codes with a context that names file, line, field and remedy.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace regions {

// spec/errors.md says for each code when it occurs, who is at fault and whether to retry; a test
// holds the two together. Codes are never renumbered.
enum class Errc : std::uint8_t {
  malformed = 1,   // bytes do not follow their format
  too_large,       // a stated limit is passed
  unsupported,     // a version, kind or algorithm that this build does not know
  bad_signature,   // a signature that must verify does not
  bad_proof,       // a root, inclusion or consistency proof does not hold
  mismatch,        // two values that must be equal are not (digest, author, sequence, federation)
  untrusted,       // a key, pin or member that the roster does not name
  unauthorised,    // a known caller asks for what it may not see
  not_found,       // the thing asked for is not here
  conflict,        // something else already stands in this place
  refused,         // a rule of disclosure or governance says no
  not_computable,  // the records do not allow the figure
  invalid_input,   // a file, option or configuration of the user is wrong
  io,              // disk or network did not do what was asked
  corrupt,         // stored bytes are damaged
  busy,            // a lock or a bounded queue is taken; retry later
  timed_out,       // a deadline passed
  cancelled,       // the process is stopping
};

// The stable name of a code, e.g. "bad_signature".
std::string_view name(Errc code);
inline constexpr int kErrcCount = 18;

struct Error {
  Errc code;
  std::string context;

  // "importing x.csv line 12: amount: not a number": adds the outer context in front.
  Error in(std::string_view outer) const { return {code, std::string(outer) + ": " + context}; }
  // "<code>: <context>"
  std::string text() const;
};

}  // namespace regions
