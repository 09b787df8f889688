// The DSSE envelope (DSSE 1.0.2, Protocol Buffers form; protocol/spec/envelope.md). Decoding says
// nothing about signatures: what comes out is an UnverifiedEnvelope, and only open(),
// open_genesis() and open_keyset() make something trusted of it.
#pragma once

#include <vector>

#include "protocol/base/bytes.h"
#include "protocol/crypto/ed25519.h"

namespace regions {

struct EnvelopeSignature {
  std::string keyid;  // a hint where to look; empty, or keyid_of() the key that signed
  Bytes signature;

  bool operator==(const EnvelopeSignature&) const = default;
};

struct UnverifiedEnvelope {
  std::string payload_type;
  Bytes payload;
  std::vector<EnvelopeSignature> signatures;

  bool operator==(const UnverifiedEnvelope&) const = default;
};

// "DSSEv1 <length> <type> <length> <payload>": what is signed.
Bytes pae(std::string_view payload_type, ByteView payload);

// SHA-256 of the PAE: the identity of a statement, whoever signed or delivered it.
Digest statement_id(std::string_view payload_type, ByteView payload);

// At most 1 MiB, strictly encoded; malformed or too_large. An envelope without signatures decodes:
// a roster on its way to the founders.
Result<UnverifiedEnvelope> decode_envelope(ByteView bytes);
Bytes encode_envelope(const UnverifiedEnvelope& envelope);

// The keyid that we write: the first 16 hex digits of SHA-256 of the key.
std::string keyid_of(const PublicKey& key);

// bad_signature unless `signature` over `message` (the PAE) verifies under `key`. A hint that names
// another key is refused as well: no byte of an envelope may change unnoticed.
Result<void> verify(const PublicKey& key, ByteView message, const EnvelopeSignature& signature);

}  // namespace regions
