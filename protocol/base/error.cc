#include "protocol/base/error.h"

namespace regions {

std::string_view name(Errc code) {
  switch (code) {
    case Errc::malformed:
      return "malformed";
    case Errc::too_large:
      return "too_large";
    case Errc::unsupported:
      return "unsupported";
    case Errc::bad_signature:
      return "bad_signature";
    case Errc::bad_proof:
      return "bad_proof";
    case Errc::mismatch:
      return "mismatch";
    case Errc::untrusted:
      return "untrusted";
    case Errc::unauthorised:
      return "unauthorised";
    case Errc::not_found:
      return "not_found";
    case Errc::conflict:
      return "conflict";
    case Errc::refused:
      return "refused";
    case Errc::not_computable:
      return "not_computable";
    case Errc::invalid_input:
      return "invalid_input";
    case Errc::io:
      return "io";
    case Errc::corrupt:
      return "corrupt";
    case Errc::busy:
      return "busy";
    case Errc::timed_out:
      return "timed_out";
    case Errc::cancelled:
      return "cancelled";
  }
  return "unknown";
}

std::string Error::text() const { return std::string(name(code)) + ": " + context; }

}  // namespace regions
