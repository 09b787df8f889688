#include "protocol/log/checkpoint.h"

#include "protocol/base/limits.h"
#include "protocol/crypto/base64.h"
#include "protocol/log/tree.h"

namespace regions {
namespace {

// The next line of `rest`, taken off it, without its end; never empty.
Result<std::string_view> take_line(std::string_view& rest, std::string_view what) {
  const std::size_t end = rest.find('\n');
  if (end == std::string_view::npos || end == 0) {
    return fail(Errc::malformed, "checkpoint: " + std::string(what) + " line missing");
  }
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

}  // namespace

std::string encode_text(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
         base64_encode(checkpoint.root.view()) + "\n";
}

Result<Checkpoint> parse_checkpoint_text(std::string_view text) {
  std::string_view rest = text;
  TRY(const std::string_view origin, take_line(rest, "origin"));
  TRY(const std::string_view size_text, take_line(rest, "size"));
  TRY(const std::string_view root_text, take_line(rest, "root"));
  if (!rest.empty()) return fail(Errc::malformed, "checkpoint: extension line");
  if (origin.size() > kNameBytesMax) return fail(Errc::malformed, "checkpoint: origin too long");
  const auto size = parse_decimal(size_text);
  if (!size) return size.error().in("checkpoint: size");
  if (*size > kTreeSizeMax) return fail(Errc::too_large, "checkpoint: size");
  const auto root_bytes = base64_decode(root_text);
  if (!root_bytes) return root_bytes.error().in("checkpoint: root");
  TRY(const Digest root, Digest::from_bytes(*root_bytes, "checkpoint: root"));
  return Checkpoint{std::string(origin), *size, root};
}

Bytes sign_checkpoint(const Checkpoint& checkpoint, const PrivateKey& log_key) {
  const std::string text = encode_text(checkpoint);
  return encode_note({text, {sign_note_text(text, checkpoint.origin, log_key)}});
}

Result<Checkpoint> open_checkpoint(ByteView note, std::string_view origin,
                                   const std::vector<PublicKey>& log_keys) {
  std::vector<VerifierKey> keys;
  for (const PublicKey& key : log_keys) keys.push_back({std::string(origin), key});
  TRY(const Note opened, open_note(note, keys));
  TRY(Checkpoint checkpoint, parse_checkpoint_text(opened.text));
  if (checkpoint.origin != origin) {
    return fail(Errc::mismatch, "checkpoint: the head of another log");
  }
  if (checkpoint.size == 0 && checkpoint.root != empty_root()) {
    return fail(Errc::bad_proof, "checkpoint: size 0 with a root");
  }
  return checkpoint;
}

}  // namespace regions
