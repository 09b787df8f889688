// The rules of a key set that need no roster (protocol/spec/keyset.md).
#include <algorithm>
#include <set>

#include "protocol/base/ids.h"
#include "protocol/base/limits.h"
#include "protocol/base/tagged.h"
#include "protocol/roster/endpoint.h"
#include "protocol/roster/key_record.h"
#include "protocol/roster/keyset.h"
#include "protocol/statement/fields.h"

namespace regions {
namespace {

Error bad(std::string what) { return fail(Errc::malformed, std::move(what)); }

Result<void> check(const RoleKey& key, const KeySet& key_set) {
  if (key.role < Role::statement || key.role > Role::tls) {
    return bad("key set: a key of a role that has no place here");
  }
  TRY_VOID(check_admissible(key.key));
  TRY_VOID(check_minute(key.valid_from, "valid-from"));
  TRY_VOID(check_minute(key.valid_until, "valid-until"));
  if (key.valid_until <= key.valid_from) return bad("valid-until: not after valid-from");
  if (key.possession.size() > kSignatureBytesMax) return fail(Errc::too_large, "possession");
  return verify(key.key, possession_message(key_set.federation, key_set.member, key.role, key.key),
                key.possession);
}

Result<void> check_keys(const KeySet& key_set) {
  if (key_set.keys.size() > kKeysPerKeySetMax) return fail(Errc::too_large, "key set: keys");
  std::set<PublicKey> keys;
  std::set<Role> roles;
  for (const RoleKey& key : key_set.keys) {
    const std::string where = std::string(name(key.role)) + " key";
    if (auto ok = check(key, key_set); !ok) return ok.error().in(where);
    if (!keys.insert(key.key).second) return fail(Errc::conflict, where + ": stands twice");
    roles.insert(key.role);
  }
  for (const Role role : {Role::statement, Role::log, Role::witness, Role::tls}) {
    if (!roles.contains(role)) return bad("key set: no " + std::string(name(role)) + " key");
  }
  return check_ascending(key_set.keys, "keys", [](const RoleKey& a, const RoleKey& b) {
    return std::tie(a.role, a.key) < std::tie(b.role, b.key);
  });
}

Result<void> check_endpoints(const KeySet& key_set) {
  if (key_set.endpoints.empty()) return bad("key set: no endpoint");
  if (key_set.endpoints.size() > kEndpointsMax) return fail(Errc::too_large, "endpoints");
  for (auto at = key_set.endpoints.begin(); at != key_set.endpoints.end(); ++at) {
    TRY_VOID(check_endpoint(*at));
    if (std::find(key_set.endpoints.begin(), at, *at) != at) return bad("endpoint: one twice");
  }
  return {};
}

}  // namespace

Bytes possession_message(const Digest& federation, std::string_view member, Role role,
                         const PublicKey& key) {
  TaggedWriter writer("pop");
  writer.field(federation.view());
  writer.field(member);
  writer.field(Bytes(1, static_cast<char>(role)));
  writer.field(key_record(key));
  return writer.take();
}

Result<void> check(const KeySet& key_set) {
  TRY_VOID(check_not_zero(key_set.federation, "federation"));
  TRY_VOID(check_member_id(key_set.member));
  if (key_set.number == 0) return bad("key set number 0");
  if ((key_set.number == 1) != key_set.prev.is_zero()) {
    return bad("previous key set: named from number 2 on, and only then");
  }
  TRY_VOID(check_minute(key_set.issued_at, "issued-at"));
  TRY_VOID(check_endpoints(key_set));
  return check_keys(key_set);
}

}  // namespace regions
