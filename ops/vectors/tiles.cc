#include "ops/vectors/tiles.h"

#include <algorithm>

#include "ops/vectors/files.h"
#include "protocol/log/checkpoint.h"
#include "protocol/log/proof.h"
#include "protocol/log/tile_edge.h"

namespace regions::vectors {
namespace {

constexpr const char* kKeyFile = "vkey";

// A log as its files state it. `computed` holds what the product makes of the entries: the tiles
// for which there is a file, and the root of every size with a checkpoint.
class Log {
 public:
  Log(std::string name, const Files& files, const std::vector<VerifierKey>& keys)
      : name_(std::move(name)), files_(files), keys_(keys) {}

  std::vector<Outcome> run();

 private:
  Result<Attempt> check_file(const std::string& path) const;
  Result<void> read_key();
  // The head, whose signature is left out where nobody gave the log's key.
  Result<Attempt> check_checkpoint(const std::string& path, ByteView note) const;
  Result<void> check_root(const Checkpoint& head) const;
  Result<void> check_tile(const std::string& path, ByteView bytes) const;
  Result<void> check_bundle(const std::string& path, ByteView bytes) const;
  Result<void> read_entries();
  Result<void> read_bundle(std::uint64_t index);
  // The exact tile, or the beginning of a wider one.
  Result<Bytes> tile(const TileId& id) const;
  // Of the log itself, or of one whose name stands under the head.
  std::vector<VerifierKey> keys_of(const Note& note, std::string_view origin) const;

  const std::string name_;
  const Files& files_;
  std::vector<VerifierKey> keys_;
  std::vector<Bytes> entries_;
  std::vector<Digest> roots_;  // by size, from 0 on
  std::map<std::string, Bytes> computed_tiles_;
};

std::vector<Outcome> Log::run() {
  if (const auto ready = read_key(); !ready) return {unknown_form(name_, ready.error())};
  if (const auto ready = read_entries(); !ready) return {unknown_form(name_, ready.error())};
  std::vector<Outcome> outcomes;
  for (const auto& [path, file] : files_) {
    const auto checked = check_file(path);
    const Attempt attempt = checked ? *checked : Attempt::refused(checked.error());
    for (Outcome& one : judge(name_ + "/" + path, Marker::must_succeed, attempt)) {
      outcomes.push_back(std::move(one));
    }
  }
  return outcomes;
}

Result<Attempt> Log::check_file(const std::string& path) const {
  TRY(const Bytes bytes, read(files_.at(path)));
  if (path == "checkpoint" || path.starts_with("checkpoint.")) return check_checkpoint(path, bytes);
  if (path.starts_with("tile/entries/")) return Attempt::of(check_bundle(path, bytes));
  if (path.starts_with("tile/")) return Attempt::of(check_tile(path, bytes));
  if (path == kKeyFile) return Attempt::accepted();  // read_key() did
  return fail(Errc::invalid_input, "no file of a log");
}

// A log may bring its own verifier key, as our exports do.
Result<void> Log::read_key() {
  const auto at = files_.find(kKeyFile);
  if (at == files_.end()) return {};
  TRY(Bytes text, read(at->second));
  if (text.ends_with('\n')) text.pop_back();
  TRY(VerifierKey key, parse_vkey(text));
  keys_.push_back(std::move(key));
  return {};
}

// The widest bundle of each number, until one is missing or partial.
Result<void> Log::read_entries() {
  roots_.push_back(empty_root());
  for (std::uint64_t index = 0; entries_.size() == index * kTileWidth; ++index) {
    const std::size_t before = entries_.size();
    TRY_VOID(read_bundle(index));
    if (entries_.size() == before) break;
  }
  TileEdge edge;
  for (const Bytes& entry : entries_) {
    edge.append(leaf_hash(entry));
    roots_.push_back(edge.tree().root());
    for (const Tile& tile : edge.take_changed()) {
      const std::string path = tile_path(tile.id);
      if (files_.contains(path)) computed_tiles_[path] = tile.hashes;
    }
  }
  return {};
}

Result<void> Log::read_bundle(std::uint64_t index) {
  for (unsigned width = kTileWidth; width > 0; --width) {
    const auto at = files_.find(bundle_path(index, width));
    if (at == files_.end()) continue;
    TRY(const Bytes bytes, read(at->second));
    auto entries = decode_bundle(bytes, width, std::nullopt);
    if (!entries) return entries.error().in(at->first);
    for (Bytes& entry : *entries) entries_.push_back(std::move(entry));
    return {};
  }
  return {};
}

std::vector<VerifierKey> Log::keys_of(const Note& note, std::string_view origin) const {
  std::vector<VerifierKey> known;
  for (const VerifierKey& key : keys_) {
    const bool signs =
        std::any_of(note.signatures.begin(), note.signatures.end(),
                    [&](const NoteSignature& line) { return line.name == key.name; });
    if (key.name == origin || signs) known.push_back(key);
  }
  return known;
}

Result<Attempt> Log::check_checkpoint(const std::string& path, ByteView note) const {
  TRY(const Note parsed, parse_note(note));
  TRY(const Checkpoint head, parse_checkpoint_text(parsed.text));
  Attempt attempt = Attempt::accepted();
  const auto keys = keys_of(parsed, head.origin);
  if (keys.empty()) {
    attempt.left_out = "signature: signed-note/ has no verifier key of " + head.origin;
  } else {
    TRY_VOID(open_note(note, keys));
  }
  constexpr std::string_view kNumbered = "checkpoint.";
  if (path.starts_with(kNumbered) && path.substr(kNumbered.size()) != std::to_string(head.size)) {
    return fail(Errc::mismatch, "the head of another size: " + std::to_string(head.size));
  }
  TRY_VOID(check_root(head));
  return attempt;
}

Result<void> Log::check_root(const Checkpoint& head) const {
  if (head.size < roots_.size() && roots_[head.size] != head.root) {
    return fail(Errc::bad_proof, "another root than that of the entries");
  }
  const auto from_tiles = hashes_from_tiles(head.size, [&](const TileId& id) { return tile(id); });
  TRY(const Digest root, root_of(head.size, from_tiles));
  if (root != head.root) return fail(Errc::bad_proof, "another root than that of the tiles");
  return {};
}

Result<Bytes> Log::tile(const TileId& id) const {
  for (unsigned width = id.width; width <= kTileWidth; ++width) {
    const auto at = files_.find(tile_path({id.level, id.index, width}));
    if (at == files_.end()) continue;
    TRY(Bytes bytes, read(at->second));
    if (bytes.size() != width * kHashBytes) return fail(Errc::malformed, at->first + ": length");
    bytes.resize(id.width * kHashBytes);
    return bytes;
  }
  return fail(Errc::not_found, tile_path(id));
}

Result<void> Log::check_tile(const std::string& path, ByteView bytes) const {
  TRY(const TileId id, parse_tile_path(path));
  if (bytes.size() != id.width * kHashBytes) return fail(Errc::malformed, "another length");
  if (const auto ours = computed_tiles_.find(path); ours != computed_tiles_.end()) {
    if (ours->second != bytes) return fail(Errc::bad_proof, "other hashes than the entries have");
    return {};
  }
  // Without its entries a tile still begins the full one.
  return begins_full_tile(files_, path, bytes);
}

Result<void> Log::check_bundle(const std::string& path, ByteView bytes) const {
  TRY(const auto at, parse_bundle_path(path));
  TRY(const std::vector<Bytes> entries, decode_bundle(bytes, at.second, std::nullopt));
  const std::uint64_t first = at.first * kTileWidth;
  if (first + entries.size() > entries_.size()) {
    return fail(Errc::not_found, "a bundle before it is missing");
  }
  if (!std::equal(entries.begin(), entries.end(),
                  entries_.begin() + static_cast<std::ptrdiff_t>(first))) {
    return fail(Errc::mismatch, "other entries than the widest bundle has");
  }
  return {};
}

std::optional<unsigned> level_of(std::string_view name) {
  constexpr std::string_view kMark = "-level";
  const std::size_t at = name.rfind(kMark);
  if (at == std::string_view::npos) return std::nullopt;
  const auto level = parse_decimal(name.substr(at + kMark.size()));
  if (!level || *level > kTileLevelMax) return std::nullopt;
  return static_cast<unsigned>(*level);
}

}  // namespace

std::vector<Outcome> run_tiles(const std::filesystem::path& folder, const std::string& name,
                               const std::vector<VerifierKey>& keys) {
  const auto files = files_below(folder);
  if (!files) return {unknown_form(name, files.error())};
  if (const auto level = level_of(name)) return run_level(*files, name, *level);
  const bool has_head = std::any_of(files->begin(), files->end(), [](const auto& file) {
    return file.first.starts_with("checkpoint");
  });
  if (has_head) return Log(name, *files, keys).run();
  return {unknown_form(name, fail(Errc::invalid_input, "neither a log nor a level of tiles"))};
}

}  // namespace regions::vectors
