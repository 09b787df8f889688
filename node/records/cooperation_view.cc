#include "node/records/cooperation_view.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

namespace regions {
namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

bool read_text(CodedInputStream& in, std::string_view& out) {
  std::uint32_t size = 0;
  if (!in.ReadVarint32(&size)) return false;
  const void* at = nullptr;
  int left = 0;
  in.GetDirectBufferPointerInline(&at, &left);
  if (size > static_cast<std::uint32_t>(left)) return false;
  out = {static_cast<const char*>(at), size};
  return in.Skip(static_cast<int>(size));
}

template <class Value, class Convert>
bool read_number(CodedInputStream& in, Value& out, Convert convert) {
  std::uint64_t value = 0;
  if (!in.ReadVarint64(&value)) return false;
  out = convert(value);
  return true;
}

std::int32_t day_of(std::uint64_t value) {
  return WireFormatLite::ZigZagDecode32(static_cast<std::uint32_t>(value));
}

// A tag is the field's number and how its value is written; another way of writing is another
// field.
constexpr std::uint32_t tag(int field, WireFormatLite::WireType type) {
  return static_cast<std::uint32_t>(field) << 3 | static_cast<std::uint32_t>(type);
}
constexpr std::uint32_t number(int field) { return tag(field, WireFormatLite::WIRETYPE_VARINT); }
constexpr std::uint32_t text(int field) {
  return tag(field, WireFormatLite::WIRETYPE_LENGTH_DELIMITED);
}

bool read_field(CodedInputStream& in, std::uint32_t read, CooperationView& view) {
  using Stored = records::Cooperation;
  switch (read) {
    case number(Stored::kRoleFieldNumber):
      return read_number(in, view.role, [](auto v) { return static_cast<records::Role>(v); });
    case number(Stored::kStatusFieldNumber):
      return read_number(in, view.status, [](auto v) { return static_cast<records::Status>(v); });
    case number(Stored::kStartFieldNumber):
      return read_number(in, view.start, day_of);
    case number(Stored::kEndFieldNumber):
      return read_number(in, view.end, day_of);
    case number(Stored::kAmountShareFieldNumber):
      return read_number(in, view.amount_share,
                         [](auto v) { return static_cast<std::int64_t>(v); });
    case text(Stored::kActorFieldNumber):
      return read_text(in, view.actor);
    case text(Stored::kActorKindFieldNumber):
      return read_text(in, view.actor_kind);
    case text(Stored::kActorCountryFieldNumber):
      return read_text(in, view.actor_country);
    case text(Stored::kActorPlaceFieldNumber):
      return read_text(in, view.actor_place);
    case text(Stored::kProjectFieldNumber):
      return read_text(in, view.project);
    case number(Stored::kPublicSourceFieldNumber):
      return read_number(in, view.public_source, [](auto v) { return v != 0; });
    case text(Stored::kTechnologiesFieldNumber):
      return read_text(in, view.technologies.emplace_back());
    default:
      return WireFormatLite::SkipField(&in, read);
  }
}

}  // namespace

Result<void> view_into(CooperationView& view, ByteView bytes) {
  auto technologies = std::move(view.technologies);  // their memory is used again
  technologies.clear();
  view = {};
  view.technologies = std::move(technologies);
  CodedInputStream in(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                      static_cast<int>(bytes.size()));
  while (const std::uint32_t read = in.ReadTag()) {
    if (!read_field(in, read, view)) return fail(Errc::corrupt, "a stored cooperation is damaged");
  }
  if (!in.ConsumedEntireMessage()) return fail(Errc::corrupt, "a stored cooperation is damaged");
  return {};
}

}  // namespace regions
