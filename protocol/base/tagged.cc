#include "protocol/base/tagged.h"

namespace regions {
namespace {

constexpr std::size_t kNumberBytes = 4;

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

void TaggedWriter::number(std::uint32_t value) {
  append_u32(out_, kNumberBytes);
  append_u32(out_, value);
}

void TaggedWriter::fields(const std::vector<std::string>& values) {
  number(static_cast<std::uint32_t>(values.size()));
  for (const std::string& value : values) field(value);
}

Result<TaggedReader> TaggedReader::open(ByteView bytes, std::string_view what) {
  const std::string tag = tag_of(what);
  if (!bytes.starts_with(tag)) return bad(what, "does not begin with its tag");
  return TaggedReader(bytes.substr(tag.size()));
}

Result<ByteView> TaggedReader::field(std::string_view name, std::size_t bytes_max) {
  if (rest_.size() < kNumberBytes) return bad(name, "cut short");
  const std::size_t length = read_u32(rest_);
  if (length > bytes_max) return fail(Errc::too_large, std::string(name));
  if (length > rest_.size() - kNumberBytes) return bad(name, "cut short");
  const ByteView content = rest_.substr(kNumberBytes, length);
  rest_.remove_prefix(kNumberBytes + length);
  return content;
}

Result<std::uint32_t> TaggedReader::number(std::string_view name, std::uint32_t max) {
  TRY(const ByteView bytes, field(name, kNumberBytes));
  if (bytes.size() != kNumberBytes) return bad(name, "a number of four bytes expected");
  const std::uint32_t value = read_u32(bytes);
  if (value > max) return fail(Errc::too_large, std::string(name));
  return value;
}

Result<std::vector<std::string>> TaggedReader::fields(std::string_view name,
                                                      std::uint32_t count_max,
                                                      std::size_t bytes_max) {
  TRY(const std::uint32_t count, number(name, count_max));
  std::vector<std::string> values;
  for (std::uint32_t i = 0; i < count; ++i) {
    TRY(const ByteView value, field(name, bytes_max));
    values.emplace_back(value);
  }
  return values;
}

Result<void> TaggedReader::end() const {
  if (!rest_.empty()) return fail(Errc::malformed, "bytes after the last field");
  return {};
}

}  // namespace regions
