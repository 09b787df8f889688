#include "protocol/roster/charter.h"

#include <set>

#include "protocol/base/ids.h"
#include "protocol/base/limits.h"
#include "protocol/base/tagged.h"
#include "protocol/crypto/sha256.h"
#include "protocol/roster/key_record.h"
#include "protocol/statement/fields.h"

namespace regions {
namespace {

constexpr std::string_view kWhat = "charter";

Result<Founder> read_founder(TaggedReader& reader) {
  TRY(const ByteView member, reader.field("founder", kMemberIdBytesMax));
  Founder founder{std::string(member), {}};
  TRY(const std::size_t keys, reader.number("founder's keys", kGovernanceKeysPerMemberMax));
  for (std::size_t i = 0; i < keys; ++i) {
    TRY(PublicKey key, read_key(reader, "founder's key"));
    founder.governance.push_back(std::move(key));
  }
  return founder;
}

}  // namespace

Result<void> check(const Charter& charter) {
  TRY_VOID(check_federation_name(charter.name));
  TRY_VOID(check_not_zero(charter.random, "charter random"));
  if (charter.founders.empty()) return fail(Errc::malformed, "charter: no founders");
  if (charter.founders.size() > kMembersMax) return fail(Errc::too_large, "charter: founders");
  std::set<PublicKey> keys;
  for (const Founder& founder : charter.founders) {
    TRY_VOID(check_member_id(founder.member));
    if (founder.governance.empty() || founder.governance.size() > kGovernanceKeysPerMemberMax) {
      return fail(Errc::malformed, founder.member + ": one or two governance keys expected");
    }
    for (const PublicKey& key : founder.governance) {
      if (auto ok = check_admissible(key); !ok) return ok.error().in(founder.member);
      if (!keys.insert(key).second) {
        return fail(Errc::conflict, founder.member + ": a governance key stands twice");
      }
    }
  }
  return check_ascending(charter.founders, "founders",
                         [](const Founder& a, const Founder& b) { return a.member < b.member; });
}

Bytes encode(const Charter& charter) {
  TaggedWriter writer(kWhat);
  writer.field(charter.name);
  writer.field(charter.random.view());
  writer.number(static_cast<std::uint32_t>(charter.founders.size()));
  for (const Founder& founder : charter.founders) {
    writer.field(founder.member);
    writer.number(static_cast<std::uint32_t>(founder.governance.size()));
    for (const PublicKey& key : founder.governance) writer.field(key_record(key));
  }
  return writer.take();
}

Result<Charter> decode_charter(ByteView bytes) {
  TRY(TaggedReader reader, TaggedReader::open(bytes, kWhat));
  Charter charter;
  TRY(const ByteView name, reader.field("federation name", kFederationNameBytesMax));
  charter.name = name;
  TRY(const ByteView random, reader.field("charter random", kHashBytes));
  TRY(charter.random, Digest::from_bytes(random, "charter random"));
  TRY(const std::size_t founders, reader.number("founders", kMembersMax));
  for (std::size_t i = 0; i < founders; ++i) {
    TRY(Founder founder, read_founder(reader));
    charter.founders.push_back(std::move(founder));
  }
  TRY_VOID(reader.end());
  TRY_VOID(check(charter));
  return charter;
}

Digest federation_id(const Charter& charter) { return sha256(encode(charter)); }

}  // namespace regions
