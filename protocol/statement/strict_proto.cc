#include "protocol/statement/strict_proto.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <limits>

#include "protocol/base/limits.h"
#include "protocol/statement/kinds.h"

namespace regions {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// The two wire types that our messages use.
constexpr unsigned kVarint = 0;
constexpr unsigned kLengthDelimited = 2;
constexpr unsigned kWireTypeBits = 3;

Error bad(const FieldDescriptor& field, std::string_view what) {
  return fail(Errc::malformed, field.full_name() + ": " + std::string(what));
}

bool is_varint_type(const FieldDescriptor& field) {
  switch (field.type()) {
    case FieldDescriptor::TYPE_UINT32:
    case FieldDescriptor::TYPE_UINT64:
    case FieldDescriptor::TYPE_SINT64:
    case FieldDescriptor::TYPE_BOOL:
    case FieldDescriptor::TYPE_ENUM:
      return true;
    default:
      return false;
  }
}

std::uint64_t max_of(const FieldDescriptor& field) {
  switch (field.type()) {
    case FieldDescriptor::TYPE_BOOL:
      return 1;
    case FieldDescriptor::TYPE_UINT32:
      return std::numeric_limits<std::uint32_t>::max();
    case FieldDescriptor::TYPE_ENUM:
      // Negative enum values would be ten bytes long; we have none.
      return std::numeric_limits<std::int32_t>::max();
    default:
      return std::numeric_limits<std::uint64_t>::max();
  }
}

class Walker {
 public:
  explicit Walker(std::span<const CountLimit> limits) : limits_(limits) {}

  // Recursion is bounded by the schema: no message of ours contains itself.
  Result<void> message(ByteView bytes, const Descriptor& type) const {
    std::uint64_t last = 0;
    std::size_t count = 0;
    while (!bytes.empty()) {
      TRY(const std::uint64_t tag, take_varint(bytes));
      const std::uint64_t number = tag >> kWireTypeBits;
      const FieldDescriptor* field =
          number <= static_cast<std::uint64_t>(FieldDescriptor::kMaxNumber)
              ? type.FindFieldByNumber(static_cast<int>(number))
              : nullptr;
      if (field == nullptr) {
        return fail(Errc::malformed, type.full_name() + ": unknown field");
      }
      if (number < last) return bad(*field, "fields are not in ascending order");
      const bool again = number == last;
      if (again && (!field->is_repeated() || field->is_packed()))
        return bad(*field, "stands twice");
      count = again ? count + 1 : 1;
      if (field->is_repeated()) TRY_VOID(within_limit(*field, count));
      last = number;
      TRY_VOID(value(bytes, *field, static_cast<unsigned>(tag & ((1U << kWireTypeBits) - 1))));
    }
    return {};
  }

 private:
  Result<void> within_limit(const FieldDescriptor& field, std::size_t count) const {
    for (const CountLimit& limit : limits_) {
      if (limit.field == field.name() && count <= limit.max) return {};
    }
    return fail(Errc::too_large, field.full_name() + ": more elements than allowed");
  }

  Result<void> value(ByteView& bytes, const FieldDescriptor& field, unsigned wire_type) const {
    const bool scalar = is_varint_type(field);
    if (scalar && !field.is_repeated()) {
      if (wire_type != kVarint) return bad(field, "wrong wire type");
      TRY(const std::uint64_t number, take_varint(bytes));
      if (number > max_of(field)) return bad(field, "value out of range");
      if (number == 0 && !field.has_presence()) return bad(field, "explicit default value");
      return {};
    }
    if (wire_type != kLengthDelimited) return bad(field, "wrong wire type");
    TRY(const std::uint64_t length, take_varint(bytes));
    if (length > bytes.size()) return bad(field, "cut short");
    const ByteView content = bytes.substr(0, length);
    bytes.remove_prefix(length);
    if (scalar) return packed(content, field);
    return delimited(content, field);
  }

  Result<void> packed(ByteView content, const FieldDescriptor& field) const {
    if (content.empty()) return bad(field, "explicit default value");
    for (std::size_t count = 1; !content.empty(); ++count) {
      TRY_VOID(within_limit(field, count));
      TRY(const std::uint64_t number, take_varint(content));
      if (number > max_of(field)) return bad(field, "value out of range");
    }
    return {};
  }

  Result<void> delimited(ByteView content, const FieldDescriptor& field) const {
    if (field.type() == FieldDescriptor::TYPE_MESSAGE) {
      return message(content, *field.message_type());
    }
    if (content.empty() && !field.is_repeated() && !field.has_presence()) {
      return bad(field, "explicit default value");
    }
    if (field.type() == FieldDescriptor::TYPE_STRING && !is_valid_utf8(content)) {
      return bad(field, "not valid UTF-8");
    }
    return {};
  }

  std::span<const CountLimit> limits_;
};

}  // namespace

Result<std::uint64_t> take_varint(ByteView& bytes) {
  constexpr std::size_t kLongest = 10;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes.size() && i < kLongest; ++i) {
    const auto byte = static_cast<std::uint8_t>(bytes[i]);
    // The tenth byte carries the 64th bit alone.
    if (i == kLongest - 1 && byte > 1) return fail(Errc::malformed, "varint over 64 bits");
    value |= static_cast<std::uint64_t>(byte & 0x7f) << (7 * i);
    if ((byte & 0x80) != 0) continue;
    if (i > 0 && byte == 0) return fail(Errc::malformed, "varint is not in its shortest form");
    bytes.remove_prefix(i + 1);
    return value;
  }
  return fail(Errc::malformed, "varint is cut short");
}

std::uint32_t schema_version_of(ByteView payload) {
  constexpr char kTag = 0x08;  // field 1, varint
  if (payload.empty() || payload.front() != kTag) return 0;
  payload.remove_prefix(1);
  const auto version = take_varint(payload);
  const bool fits = version && *version <= std::numeric_limits<std::uint32_t>::max();
  return fits ? static_cast<std::uint32_t>(*version) : 0;
}

Result<void> check_schema_version(ByteView payload) {
  const std::uint32_t version = schema_version_of(payload);
  if (version == 0) return fail(Errc::malformed, "no schema version");
  if (version > kSchemaVersion) {
    return fail(Errc::unsupported, "schema version " + std::to_string(version));
  }
  return {};
}

Bytes serialize(const google::protobuf::Message& message) {
  Bytes out;
  google::protobuf::io::StringOutputStream stream(&out);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  CHECK(message.SerializeToCodedStream(&coded));
  coded.Trim();
  return out;
}

Result<void> parse_strict(ByteView bytes, std::span<const CountLimit> limits,
                          google::protobuf::Message& message) {
  const std::string& type = message.GetDescriptor()->full_name();
  if (bytes.size() > kEnvelopeBytesMax) return fail(Errc::too_large, type + ": over 1 MiB");
  TRY_VOID(Walker(limits).message(bytes, *message.GetDescriptor()));
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return fail(Errc::malformed, type + ": does not parse");
  }
  // The walk should have found every lax form; if it missed one, this does.
  if (serialize(message) != bytes) return fail(Errc::malformed, type + ": not the strict encoding");
  return {};
}

}  // namespace regions
