// C2SP signed-note v1.0.0: text with signature lines by named keys. What log heads are made of.
//
// Pure functions, any thread; every input may come from a peer. Spec: protocol/spec/note.md.
#pragma once

#include <string>
#include <vector>

#include "protocol/crypto/ed25519.h"

namespace regions {

// A key as a verifier of notes knows it. The name is compared byte by byte.
struct VerifierKey {
  std::string name;
  PublicKey key;

  // First four bytes of SHA-256(name || 0x0A || type || key), big-endian.
  std::uint32_t id() const;
  bool operator==(const VerifierKey&) const = default;
};

// malformed unless `name` may name a key: 1 to 255 bytes of UTF-8 without Unicode space, control
// byte or '+'.
Result<void> check_key_name(std::string_view name);

// "<name>+<id, 8 hex digits>+<base64(type || key)>", without a line end.
std::string encode_vkey(const VerifierKey& key);
// malformed: another form, or an id that is not that of the key. unsupported: a type other than
// Ed25519 (0x01). untrusted: a key that check_admissible refuses.
Result<VerifierKey> parse_vkey(std::string_view text);

struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  Bytes signature;

  bool operator==(const NoteSignature&) const = default;
};

struct Note {
  std::string text;  // ends with a line feed; the signed message
  std::vector<NoteSignature> signatures;

  bool operator==(const Note&) const = default;
};

// The signature lines are parsed, not verified. malformed or, past kNoteBytesMax,
// kNoteSignaturesMax or kSignatureBytesMax, too_large. What parses encodes to the same bytes.
Result<Note> parse_note(ByteView bytes);
Bytes encode_note(const Note& note);

// Opens a note: lines of unknown (name, id) are ignored, a line of a known one that does not verify
// refuses the whole note, and so does it when none verifies (bad_signature). The result holds the
// verified lines alone, one for each distinct public key, in the order of the note.
Result<Note> open_note(ByteView bytes, const std::vector<VerifierKey>& keys);

// The signature line of `key` under `name` for `text`, which ends with a line feed.
NoteSignature sign_note_text(std::string_view text, std::string_view name, const PrivateKey& key);

}  // namespace regions
