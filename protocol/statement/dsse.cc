#include "protocol/statement/dsse.h"

#include <algorithm>

#include "protocol/base/limits.h"
#include "protocol/crypto/sha256.h"
#include "protocol/proto/envelope.pb.h"
#include "protocol/statement/strict_proto.h"

namespace regions {
namespace {

constexpr CountLimit kLimits[] = {{"signatures", kEnvelopeSignaturesMax}};

// Everything in the PAE but the payload.
std::string pae_head(std::string_view payload_type, ByteView payload) {
  std::string head = "DSSEv1 " + std::to_string(payload_type.size()) + ' ';
  head += payload_type;
  head += ' ' + std::to_string(payload.size()) + ' ';
  return head;
}

Result<void> check_payload_type(std::string_view type) {
  const bool printable =
      std::all_of(type.begin(), type.end(), [](char c) { return c > ' ' && c < 0x7f; });
  if (type.empty() || !printable) {
    return fail(Errc::malformed, "payload type: printable ASCII expected");
  }
  if (type.size() > kPayloadTypeBytesMax) return fail(Errc::too_large, "payload type");
  return {};
}

}  // namespace

Bytes pae(std::string_view payload_type, ByteView payload) {
  Bytes out = pae_head(payload_type, payload);
  out += payload;
  return out;
}

Digest statement_id(std::string_view payload_type, ByteView payload) {
  return sha256({pae_head(payload_type, payload), payload});
}

Result<UnverifiedEnvelope> decode_envelope(ByteView bytes) {
  if (bytes.size() > kEnvelopeBytesMax) return fail(Errc::too_large, "envelope over 1 MiB");
  regions4::v1::Envelope message;
  TRY_VOID(parse_strict(bytes, kLimits, message));
  TRY_VOID(check_payload_type(message.payload_type()));
  UnverifiedEnvelope envelope;
  for (auto& signature : *message.mutable_signatures()) {
    if (signature.sig().empty()) return fail(Errc::malformed, "empty signature");
    if (signature.sig().size() > kSignatureBytesMax) return fail(Errc::too_large, "signature");
    if (signature.keyid().size() > kNameBytesMax) return fail(Errc::too_large, "keyid");
    envelope.signatures.push_back({signature.keyid(), signature.sig()});
  }
  envelope.payload_type = std::move(*message.mutable_payload_type());
  envelope.payload = std::move(*message.mutable_payload());
  return envelope;
}

Bytes encode_envelope(const UnverifiedEnvelope& envelope) {
  regions4::v1::Envelope message;
  message.set_payload(envelope.payload);
  message.set_payload_type(envelope.payload_type);
  for (const EnvelopeSignature& from : envelope.signatures) {
    auto& to = *message.add_signatures();
    to.set_sig(from.signature);
    to.set_keyid(from.keyid);
  }
  return serialize(message);
}

std::string keyid_of(const PublicKey& key) {
  constexpr std::size_t kHexDigits = 16;
  return sha256(key.bytes).hex().substr(0, kHexDigits);
}

Result<void> verify(const PublicKey& key, ByteView message, const EnvelopeSignature& signature) {
  if (!signature.keyid.empty() && signature.keyid != keyid_of(key)) {
    return fail(Errc::bad_signature, "the keyid names another key");
  }
  return verify(key, message, signature.signature);
}

}  // namespace regions
