#include "policies/catalogue/fields.h"

namespace regions {
namespace {

constexpr std::size_t kNumberBytes = 4;

std::string tag_of(std::string_view what) { return "regions4/" + std::string(what) + "/v1\n"; }

}  // namespace

FieldWriter::FieldWriter(std::string_view what) : out_(tag_of(what)) {}

void FieldWriter::text(ByteView value) {
  append_u32(out_, static_cast<std::uint32_t>(value.size()));
  out_ += value;
}

void FieldWriter::number(std::uint32_t value) {
  append_u32(out_, kNumberBytes);
  append_u32(out_, value);
}

void FieldWriter::texts(const std::vector<std::string>& values) {
  number(static_cast<std::uint32_t>(values.size()));
  for (const std::string& value : values) text(value);
}

Result<FieldReader> FieldReader::open(ByteView bytes, std::string_view what) {
  const std::string tag = tag_of(what);
  if (!bytes.starts_with(tag)) return fail(Errc::malformed, std::string(what) + ": another tag");
  return FieldReader(bytes.substr(tag.size()));
}

Result<Bytes> FieldReader::text() {
  if (rest_.size() < kNumberBytes) return fail(Errc::malformed, "field: cut short");
  const std::size_t size = read_u32(rest_);
  if (size > rest_.size() - kNumberBytes) return fail(Errc::malformed, "field: cut short");
  Bytes value(rest_.substr(kNumberBytes, size));
  rest_.remove_prefix(kNumberBytes + size);
  return value;
}

Result<std::uint32_t> FieldReader::number() {
  TRY(const Bytes bytes, text());
  if (bytes.size() != kNumberBytes) return fail(Errc::malformed, "field: not a number");
  return read_u32(bytes);
}

Result<std::vector<std::string>> FieldReader::texts(std::size_t count_max) {
  TRY(const std::uint32_t count, number());
  if (count > count_max) return fail(Errc::malformed, "field: too many values");
  std::vector<std::string> values;
  for (std::uint32_t i = 0; i < count; ++i) {
    TRY(std::string value, text());
    values.push_back(std::move(value));
  }
  return values;
}

Result<void> FieldReader::end() const {
  if (!rest_.empty()) return fail(Errc::malformed, "bytes after the last field");
  return {};
}

}  // namespace regions
