#include "protocol/log/note.h"

#include <algorithm>
#include <set>

#include "protocol/base/limits.h"
#include "protocol/crypto/base64.h"

namespace regions {
namespace {

constexpr std::string_view kLineStart = "\xe2\x80\x94 ";  // em dash U+2014 and a space
constexpr std::size_t kKeyIdBytes = 4;

Error malformed(std::string what) { return fail(Errc::malformed, "note: " + std::move(what)); }

// "<name> <base64(id || signature)>", what stands between the dash and the line feed.
Result<NoteSignature> parse_signature(std::string_view line) {
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) return malformed("signature line without signature");
  const std::string_view name = line.substr(0, space), encoded = line.substr(space + 1);
  TRY_VOID(check_key_name(name));
  if (encoded.size() > (kKeyIdBytes + kSignatureBytesMax + 2) / 3 * 4) {
    return fail(Errc::too_large, "note: signature");
  }
  auto bytes = base64_decode(encoded);
  if (!bytes) return malformed("signature line: " + bytes.error().context);
  if (bytes->size() <= kKeyIdBytes) return malformed("signature line without signature");
  if (bytes->size() > kKeyIdBytes + kSignatureBytesMax) {
    return fail(Errc::too_large, "note: signature");
  }
  return NoteSignature{std::string(name), read_u32(*bytes), bytes->substr(kKeyIdBytes)};
}

Result<void> check_characters(ByteView bytes) {
  if (!is_valid_utf8(bytes)) return malformed("not UTF-8");
  const auto is_control = [](unsigned char c) { return c < 0x20 && c != '\n'; };
  if (std::any_of(bytes.begin(), bytes.end(), is_control)) return malformed("control byte");
  return {};
}

}  // namespace

Result<Note> parse_note(ByteView bytes) {
  if (bytes.size() > kNoteBytesMax) return fail(Errc::too_large, "note");
  TRY_VOID(check_characters(bytes));
  // The last empty line: the text may hold others, signature lines none.
  const std::size_t split = bytes.rfind("\n\n");
  if (split == ByteView::npos) return malformed("no empty line before the signatures");
  Note note{std::string(bytes.substr(0, split + 1)), {}};
  ByteView rest = bytes.substr(split + 2);
  if (rest.empty() || rest.back() != '\n') return malformed("last line without end");
  while (!rest.empty()) {
    const ByteView line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size() + 1);
    if (!line.starts_with(kLineStart)) return malformed("not a signature line");
    if (note.signatures.size() == kNoteSignaturesMax) {
      return fail(Errc::too_large,
                  "note: more than " + std::to_string(kNoteSignaturesMax) + " signatures");
    }
    TRY(NoteSignature signature, parse_signature(line.substr(kLineStart.size())));
    note.signatures.push_back(std::move(signature));
  }
  return note;
}

Bytes encode_note(const Note& note) {
  Bytes out = note.text + "\n";
  for (const NoteSignature& line : note.signatures) {
    Bytes payload;
    append_u32(payload, line.key_id);
    payload += line.signature;
    out.append(kLineStart).append(line.name) += ' ';
    out += base64_encode(payload) + "\n";
  }
  return out;
}

Result<Note> open_note(ByteView bytes, const std::vector<VerifierKey>& keys) {
  TRY(Note note, parse_note(bytes));
  std::vector<NoteSignature> verified;
  std::set<PublicKey> counted;
  for (NoteSignature& line : note.signatures) {
    bool known = false;
    const VerifierKey* signer = nullptr;
    for (const VerifierKey& key : keys) {  // two keys may share a name, and by design an id
      if (key.name != line.name || key.id() != line.key_id) continue;
      known = true;
      if (verify(key.key, note.text, line.signature)) signer = &key;
    }
    if (!known) continue;
    if (signer == nullptr) {
      return fail(Errc::bad_signature, "note: the signature of " + line.name + " does not verify");
    }
    if (counted.insert(signer->key).second) verified.push_back(std::move(line));
  }
  if (verified.empty()) return fail(Errc::bad_signature, "note: no signature by a known key");
  note.signatures = std::move(verified);
  return note;
}

NoteSignature sign_note_text(std::string_view text, std::string_view name, const PrivateKey& key) {
  return {std::string(name), VerifierKey{std::string(name), key.public_key()}.id(), key.sign(text)};
}

}  // namespace regions
