#include "node/regionctl/document.h"

#include <array>

#include "node/base/file.h"
#include "node/base/limits.h"
#include "protocol/roster/keyset.h"
#include "protocol/roster/roster.h"
#include "protocol/statement/kinds.h"

namespace regions {
namespace {

struct Known {
  std::string_view payload_type;
  std::string_view is;
  std::string_view for_it;
};
constexpr std::array<Known, 2> kDocuments = {
    {{kRosterPayloadType, "a roster", "regionctl roster sign and install take it"},
     {kKeySetPayloadType, "a key set", "regionctl keyset sign and install take it"}}};

// What a file is that is no envelope; empty: nothing that is known.
std::string is_no_envelope(ByteView bytes) {
  if (bytes.starts_with("-----BEGIN")) return "a key; it belongs behind --key";
  if (bytes.find("regions4.member/") != ByteView::npos && bytes.starts_with("{")) {
    return "a member file; regionctl roster create --member takes it";
  }
  return "";
}

std::string what_is(std::string_view payload_type) {
  for (const Known& known : kDocuments) {
    if (known.payload_type == payload_type) {
      return std::string(known.is) + "; " + std::string(known.for_it);
    }
  }
  const auto kind = kind_named_by(payload_type);
  return kind ? "a statement (" + std::string(*kind) + "); nobody signs one by hand"
              : "an envelope of another kind";
}

}  // namespace

Result<Document> read_document(const std::string& file, std::string_view payload_type) {
  TRY(Bytes bytes, read_file(file, kDocumentBytesMax));
  auto envelope = decode_envelope(bytes);
  if (envelope && envelope->payload_type == payload_type) {
    return Document{std::move(bytes), std::move(*envelope)};
  }
  const std::string other = envelope ? what_is(envelope->payload_type) : is_no_envelope(bytes);
  const std::string_view wanted = kDocuments[payload_type == kDocuments[0].payload_type ? 0 : 1].is;
  const std::string refusal = file + ": is not " + std::string(wanted);
  if (!other.empty()) return fail(Errc::invalid_input, refusal + " but " + other);
  return fail(Errc::invalid_input, refusal + ": " + envelope.error().context);
}

}  // namespace regions
