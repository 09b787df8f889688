// The one table of who signs what (PROTOCOL 2; protocol/spec/roles.md). No other combination
// verifies: every verifier takes its keys from here.
#pragma once

#include <cstdint>
#include <string_view>

namespace regions {

enum class Role : std::uint8_t { statement = 1, log = 2, witness = 3, tls = 4, governance = 5 };
inline constexpr unsigned kRoles = 5;

enum class Signable : std::uint8_t {
  statement,
  checkpoint,
  cosignature,
  handshake,
  roster,
  key_set
};

struct RoleRow {
  Signable what;
  Role role;
};
inline constexpr RoleRow kRoleTable[] = {
    {Signable::statement, Role::statement}, {Signable::checkpoint, Role::log},
    {Signable::cosignature, Role::witness}, {Signable::handshake, Role::tls},
    {Signable::roster, Role::governance},   {Signable::key_set, Role::governance},
};

// The only role whose keys sign `what`.
constexpr Role signer_of(Signable what) {
  for (const RoleRow& row : kRoleTable) {
    if (row.what == what) return row.role;
  }
  // Not reached: the table has a row for every Signable (a test counts them).
  return Role::governance;
}

std::string_view name(Role role);
std::string_view name(Signable what);

}  // namespace regions
