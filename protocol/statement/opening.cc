#include "protocol/statement/opening.h"

#include "protocol/base/tagged.h"
#include "protocol/crypto/sha256.h"

namespace regions {

Digest witnesses_digest(ByteView secret, ByteView witnesses) {
  return hmac_sha256(secret, {witnesses});
}

Bytes encode(const Opening& opening) {
  TaggedWriter out("opening");
  out.field(opening.release.view());
  out.field(opening.secret);
  out.field(opening.witnesses);
  return out.take();
}

Result<Opening> decode_opening(ByteView bytes) {
  TRY(TaggedReader reader, TaggedReader::open(bytes, "opening"));
  Opening out;
  TRY(const ByteView release, reader.field("opening: release", Digest().bytes.size()));
  TRY(out.release, Digest::from_bytes(release, "opening: release"));
  TRY(const ByteView secret, reader.field("opening: secret", kWitnessSecretBytes));
  if (secret.size() != kWitnessSecretBytes) {
    return fail(Errc::malformed, "opening: secret: 32 bytes expected");
  }
  TRY(const ByteView witnesses, reader.field("opening: witnesses", kWitnessBytesMax));
  TRY_VOID(reader.end());
  out.secret = secret;
  out.witnesses = witnesses;
  return out;
}

}  // namespace regions
