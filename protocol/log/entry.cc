#include "protocol/log/entry.h"

#include "protocol/base/limits.h"

namespace regions {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kKindAt = 1, kAudienceAt = 2, kZeroAt = 3, kSequenceAt = 4, kIssuedAt = 12,
                      kReservedAt = 20, kStatementAt = 24;
static_assert(kStatementAt + 32 == kEntryBytes);

}  // namespace

Bytes encode(const Entry& entry) {
  Bytes out;
  out.reserve(kEntryBytes);
  out.push_back(kVersion);
  out.push_back(static_cast<char>(entry.kind));
  out.push_back(static_cast<char>(entry.audience));
  out.push_back(0);
  append_u64(out, entry.sequence);
  append_u64(out, entry.issued_at);
  append_u32(out, 0);
  out.append(entry.statement.view());
  return out;
}

Result<Entry> decode_entry(ByteView bytes) {
  if (bytes.size() != kEntryBytes) {
    return fail(Errc::malformed, "entry of " + std::to_string(bytes.size()) + " bytes");
  }
  if (bytes[0] != kVersion) return fail(Errc::unsupported, "entry version");
  if (bytes[kZeroAt] != 0 || read_u32(bytes.substr(kReservedAt)) != 0) {
    return fail(Errc::malformed, "entry: a reserved byte is not zero");
  }
  const auto kind = static_cast<std::uint8_t>(bytes[kKindAt]);
  if (kind < 1 || kind > static_cast<std::uint8_t>(EntryKind::private_kind)) {
    return fail(Errc::unsupported, "entry kind " + std::to_string(kind));
  }
  const auto audience = static_cast<std::uint8_t>(bytes[kAudienceAt]);
  if (audience < 1 || audience > static_cast<std::uint8_t>(AudienceKind::named)) {
    return fail(Errc::unsupported, "entry audience " + std::to_string(audience));
  }
  TRY(const Digest statement, Digest::from_bytes(bytes.substr(kStatementAt), "entry: statement"));
  return Entry{static_cast<EntryKind>(kind), static_cast<AudienceKind>(audience),
               read_u64(bytes.substr(kSequenceAt)), read_u64(bytes.substr(kIssuedAt)), statement};
}

}  // namespace regions
