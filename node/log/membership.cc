#include "node/log/membership.h"

#include "node/base/limits.h"
#include "protocol/base/ids.h"
#include "protocol/statement/dsse.h"

namespace regions {
namespace {

constexpr std::string_view kRosterPrefix = "roster/";
constexpr std::string_view kKeysetPrefix = "keyset/";

Bytes roster_key(std::uint32_t version) {
  Bytes key(kRosterPrefix);
  append_u32(key, version);
  return key;
}

Bytes keyset_key(std::string_view member, std::uint32_t number) {
  Bytes key(kKeysetPrefix);
  key.append(member);
  key.push_back('\0');
  append_u32(key, number);
  return key;
}

Result<Bytes> document(const Reader& shared, const Bytes& key, const std::string& what) {
  TRY(auto stored, shared.get(Area::documents, key));
  if (!stored) return fail(Errc::not_found, what + " is not installed");
  return std::move(*stored);
}

// Puts a document where none stands, or the same one.
Result<void> put_once(const Reader& shared, const Bytes& key, ByteView payload, ByteView envelope,
                      Batch& batch) {
  TRY(const auto stored, shared.get(Area::documents, key));
  if (stored) {
    TRY(const auto other, decode_envelope(*stored));
    if (other.payload != payload)
      return fail(Errc::conflict, "another document of this version is installed");
    return {};
  }
  batch.put(Area::documents, key, envelope);
  return {};
}

Result<UnverifiedEnvelope> decode_document(ByteView envelope) {
  if (envelope.size() > kDocumentBytesMax) return fail(Errc::too_large, "document");
  return decode_envelope(envelope);
}

}  // namespace

Result<std::shared_ptr<const Membership>> Membership::load(const Reader& shared) {
  const auto damaged = [](const Error& error) {
    return fail(Errc::corrupt, "stored roster or key set: " + error.text());
  };
  TRY(const Bytes roster_bytes, roster_document(shared, 1));
  const auto envelope = decode_document(roster_bytes);
  if (!envelope) return damaged(envelope.error());
  auto roster = open_genesis(*envelope);
  if (!roster) return damaged(roster.error());
  std::shared_ptr<Membership> membership(new Membership(std::move(*roster)));
  const auto cursor = shared.scan(Area::documents, kKeysetPrefix);
  for (; cursor->valid(); cursor->next()) {
    const auto sealed = decode_document(cursor->value());
    if (!sealed) return damaged(sealed.error());
    auto keyset = open_keyset(*sealed, membership->roster_);
    if (!keyset) return damaged(keyset.error());
    if (cursor->key() != keyset_key(keyset->member(), keyset->key_set().number)) {
      return damaged(fail(Errc::mismatch, "key set of another member"));
    }
    membership->add(*keyset);
  }
  TRY_VOID(cursor->status());
  return std::shared_ptr<const Membership>(std::move(membership));
}

void Membership::add(const VerifiedKeySet& keyset) {
  const std::string& member = keyset.member();
  for (const RoleKey& key : keyset.key_set().keys) key_members_.emplace(key.key, member);
  for (const PublicKey& key : keyset.keys(Role::tls)) tls_members_.emplace(key, member);
  keysets_.emplace(member, std::make_shared<const VerifiedKeySet>(keyset));
}

const VerifiedKeySet* Membership::keyset(std::string_view member) const {
  const auto found = keysets_.find(member);
  return found == keysets_.end() ? nullptr : found->second.get();
}

const std::string* Membership::member_of_tls_key(const PublicKey& key) const {
  const auto found = tls_members_.find(key);
  return found == tls_members_.end() ? nullptr : &found->second;
}

std::string Membership::origin(std::string_view member) const {
  return log_origin(roster_.name(), roster_.federation(), member, 1);
}

Result<VerifiedRoster> Membership::install_roster(const Reader& shared, ByteView envelope,
                                                  Batch& batch) {
  TRY(const auto sealed, decode_document(envelope));
  TRY(auto roster, open_genesis(sealed));
  auto put = put_once(shared, roster_key(roster.version()), sealed.payload, envelope, batch);
  if (!put) return put.error().in("roster 1");
  return roster;
}

Result<WithKeySet> Membership::install_keyset(const Reader& shared, ByteView envelope,
                                              Batch& batch) const {
  TRY(const auto sealed, decode_document(envelope));
  TRY(auto keyset, open_keyset(sealed, roster_));
  const std::string& member = keyset.member();
  const std::uint32_t number = keyset.key_set().number;
  // A public key appears once over all members and roles (PROTOCOL 1).
  for (const RoleKey& key : keyset.key_set().keys) {
    const auto taken = key_members_.find(key.key);
    if (taken == key_members_.end() || taken->second == member) continue;
    return fail(Errc::conflict, member + " and " + taken->second + " share a key");
  }
  auto put = put_once(shared, keyset_key(member, number), sealed.payload, envelope, batch);
  if (!put) return put.error().in("key set " + std::to_string(number) + " of " + member);
  std::shared_ptr<Membership> with(new Membership(*this));
  with->add(keyset);
  return WithKeySet{std::move(keyset), std::move(with)};
}

Result<Bytes> Membership::roster_document(const Reader& shared, std::uint32_t version) {
  return document(shared, roster_key(version), "roster " + std::to_string(version));
}

Result<Bytes> Membership::keyset_document(const Reader& shared, std::string_view member,
                                          std::uint32_t number) {
  return document(shared, keyset_key(member, number),
                  "key set " + std::to_string(number) + " of " + std::string(member));
}

}  // namespace regions
