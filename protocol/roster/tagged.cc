#include "protocol/roster/tagged.h"

#include "protocol/base/limits.h"
#include "protocol/roster/key_record.h"

namespace regions {
namespace {

constexpr std::size_t kLengthBytes = 4;

std::string tag_of(std::string_view what) { return "regions4/" + std::string(what) + "/v1\n"; }

Error bad(std::string_view name, std::string_view why) {
  return fail(Errc::malformed, std::string(name) + ": " + std::string(why));
}

}  // namespace

TaggedWriter::TaggedWriter(std::string_view what) : out_(tag_of(what)) {}

void TaggedWriter::field(ByteView bytes) {
  append_u32(out_, static_cast<std::uint32_t>(bytes.size()));
  out_ += bytes;
}

void TaggedWriter::count(std::size_t value) {
  Bytes bytes;
  append_u32(bytes, static_cast<std::uint32_t>(value));
  field(bytes);
}

void TaggedWriter::key(const PublicKey& key) { field(key_record(key)); }

Result<TaggedReader> TaggedReader::open(ByteView bytes, std::string_view what) {
  const std::string tag = tag_of(what);
  if (!bytes.starts_with(tag)) return bad(what, "does not begin with its tag");
  return TaggedReader(bytes.substr(tag.size()));
}

Result<ByteView> TaggedReader::field(std::string_view name, std::size_t bytes_max) {
  if (rest_.size() < kLengthBytes) return bad(name, "cut short");
  const std::size_t length = read_u32(rest_);
  if (length > bytes_max) return fail(Errc::too_large, std::string(name));
  if (length > rest_.size() - kLengthBytes) return bad(name, "cut short");
  const ByteView content = rest_.substr(kLengthBytes, length);
  rest_.remove_prefix(kLengthBytes + length);
  return content;
}

Result<std::size_t> TaggedReader::count(std::string_view name, std::size_t max) {
  TRY(const ByteView bytes, field(name, kLengthBytes));
  if (bytes.size() != kLengthBytes) return bad(name, "a count of four bytes expected");
  const std::size_t value = read_u32(bytes);
  if (value > max) return fail(Errc::too_large, std::string(name));
  return value;
}

Result<PublicKey> TaggedReader::key(std::string_view name) {
  TRY(const ByteView bytes, field(name, 1 + kKeyBytesMax));
  if (bytes.empty()) return bad(name, "empty key record");
  return key_from(static_cast<std::uint8_t>(bytes.front()), bytes.substr(1), name);
}

Result<void> TaggedReader::end() const {
  if (!rest_.empty()) return fail(Errc::malformed, "bytes after the last field");
  return {};
}

}  // namespace regions
