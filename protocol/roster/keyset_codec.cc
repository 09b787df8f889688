// Key sets to and from their Protocol Buffers (protocol/proto/roster.proto).
#include "protocol/base/limits.h"
#include "protocol/proto/roster.pb.h"
#include "protocol/roster/key_record.h"
#include "protocol/roster/keyset.h"
#include "protocol/statement/fields.h"
#include "protocol/statement/kinds.h"
#include "protocol/statement/strict_proto.h"

namespace regions {
namespace {

namespace wire = regions4::v1;

constexpr CountLimit kLimits[] = {{"endpoints", kEndpointsMax}, {"keys", kKeysPerKeySetMax}};

Result<RoleKey> read(const wire::KeySetKey& from) {
  if (from.role() == 0 || from.role() > kRoles) return fail(Errc::malformed, "unknown role");
  RoleKey key;
  key.role = static_cast<Role>(from.role());
  TRY(key.key, key_from(from.key().algorithm(), from.key().key(), name(key.role)));
  key.valid_from = from.valid_from();
  key.valid_until = from.valid_until();
  key.possession = from.possession();
  return key;
}

}  // namespace

Bytes encode_payload(const KeySet& key_set) {
  wire::KeySet to;
  to.set_schema_version(kSchemaVersion);
  to.set_federation(std::string(key_set.federation.view()));
  to.set_member(key_set.member);
  to.set_number(key_set.number);
  if (!key_set.prev.is_zero()) to.set_prev_sha256(std::string(key_set.prev.view()));
  to.set_issued_at(key_set.issued_at);
  for (const std::string& endpoint : key_set.endpoints) to.add_endpoints(endpoint);
  for (const RoleKey& from : key_set.keys) {
    auto& key = *to.add_keys();
    key.set_role(static_cast<std::uint32_t>(from.role));
    key.mutable_key()->set_algorithm(static_cast<std::uint32_t>(from.key.algorithm));
    key.mutable_key()->set_key(from.key.bytes);
    key.set_valid_from(from.valid_from);
    key.set_valid_until(from.valid_until);
    key.set_possession(from.possession);
  }
  return serialize(to);
}

Result<KeySet> decode_keyset(ByteView payload) {
  TRY_VOID(check_schema_version(payload));
  wire::KeySet from;
  TRY_VOID(parse_strict(payload, kLimits, from));
  KeySet key_set;
  TRY(key_set.federation, required_digest(from.federation(), "federation"));
  key_set.member = from.member();
  key_set.number = from.number();
  if (!from.prev_sha256().empty()) {
    TRY(key_set.prev, required_digest(from.prev_sha256(), "previous key set"));
  }
  key_set.issued_at = from.issued_at();
  key_set.endpoints.assign(from.endpoints().begin(), from.endpoints().end());
  for (const auto& key_from_wire : from.keys()) {
    TRY(RoleKey key, read(key_from_wire));
    key_set.keys.push_back(std::move(key));
  }
  TRY_VOID(check(key_set));
  return key_set;
}

}  // namespace regions
