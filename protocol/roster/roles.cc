#include "protocol/roster/roles.h"

namespace regions {

std::string_view name(Role role) {
  switch (role) {
    case Role::statement:
      return "statement";
    case Role::log:
      return "log";
    case Role::witness:
      return "witness";
    case Role::tls:
      return "tls";
    case Role::governance:
      return "governance";
  }
  return "unknown";
}

std::string_view name(Signable what) {
  switch (what) {
    case Signable::statement:
      return "statement";
    case Signable::checkpoint:
      return "checkpoint";
    case Signable::cosignature:
      return "cosignature";
    case Signable::handshake:
      return "handshake";
    case Signable::roster:
      return "roster";
    case Signable::key_set:
      return "key set";
  }
  return "unknown";
}

}  // namespace regions
