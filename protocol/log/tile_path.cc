// Paths and bundles of tlog-tiles (tile.h).
#include "protocol/log/tile.h"

namespace regions {
namespace {

constexpr std::string_view kTilePrefix = "tile/", kBundlePrefix = "tile/entries/";
// Six groups of three digits name every tile of a tree of kTreeSizeMax leaves.
constexpr std::size_t kGroupsMax = 6;
constexpr std::size_t kEntryBytesLengthMax = 0xffff;

Error malformed(std::string_view what) {
  return fail(Errc::malformed, "tile path: " + std::string(what));
}

// 1234067 -> "x001/x234/067", with ".p/<width>" behind it when partial.
std::string position(std::uint64_t index, unsigned width) {
  std::string out;
  do {
    std::string group = std::to_string(1000 + index % 1000);
    group[0] = 'x';
    out = out.empty() ? group.substr(1) : group + "/" + out;
    index /= 1000;
  } while (index > 0);
  if (width < kTileWidth) out += ".p/" + std::to_string(width);
  return out;
}

// The reverse, leniently: the caller writes the path again and compares.
Result<std::pair<std::uint64_t, unsigned>> parse_position(std::string_view text) {
  unsigned width = kTileWidth;
  if (const std::size_t partial = text.find(".p/"); partial != std::string_view::npos) {
    TRY(const std::uint64_t stated, parse_decimal(text.substr(partial + 3)));
    if (stated < 1 || stated >= kTileWidth) return malformed("width");
    width = static_cast<unsigned>(stated);
    text = text.substr(0, partial);
  }
  std::uint64_t index = 0;
  for (std::size_t groups = 0;; ++groups) {
    if (text.starts_with('x')) text.remove_prefix(1);
    const std::string_view group = text.substr(0, 3);
    if (groups == kGroupsMax || group.size() != 3) return malformed("index");
    for (const char digit : group) {
      if (digit < '0' || digit > '9') return malformed("index");
      index = index * 10 + static_cast<std::uint64_t>(digit - '0');
    }
    text.remove_prefix(3);
    if (text.empty()) return std::pair{index, width};
    if (text[0] != '/') return malformed("index");
    text.remove_prefix(1);
  }
}

}  // namespace

std::string tile_path(const TileId& tile) {
  return std::string(kTilePrefix) + std::to_string(tile.level) + "/" +
         position(tile.index, tile.width);
}

std::string bundle_path(std::uint64_t index, unsigned width) {
  return std::string(kBundlePrefix) + position(index, width);
}

Result<TileId> parse_tile_path(std::string_view path) {
  if (!path.starts_with(kTilePrefix)) return malformed("prefix");
  const std::string_view rest = path.substr(kTilePrefix.size());
  if (rest.size() < 2 || rest[0] < '0' || rest[0] > '0' + static_cast<int>(kTileLevelMax) ||
      rest[1] != '/') {
    return malformed("level");
  }
  TRY(const auto at, parse_position(rest.substr(2)));
  const TileId tile{static_cast<unsigned>(rest[0] - '0'), at.first, at.second};
  if (tile_path(tile) != path) return malformed("another form of " + tile_path(tile));
  return tile;
}

Result<std::pair<std::uint64_t, unsigned>> parse_bundle_path(std::string_view path) {
  if (!path.starts_with(kBundlePrefix)) return malformed("prefix");
  TRY(const auto at, parse_position(path.substr(kBundlePrefix.size())));
  if (bundle_path(at.first, at.second) != path) return malformed("another form");
  return at;
}

Bytes encode_bundle(const std::vector<Bytes>& entries) {
  CHECK(entries.size() <= kTileWidth);
  Bytes out;
  for (const Bytes& entry : entries) {
    CHECK(entry.size() <= kEntryBytesLengthMax);
    append_u16(out, static_cast<std::uint16_t>(entry.size()));
    out += entry;
  }
  return out;
}

Result<std::vector<Bytes>> decode_bundle(ByteView bundle, std::size_t count,
                                         std::optional<std::size_t> entry_bytes) {
  const auto bad = [](const char* what) {
    return fail(Errc::malformed, "bundle: " + std::string(what));
  };
  if (count > kTileWidth) return bad("more than 256 entries asked for");
  std::vector<Bytes> entries;
  for (std::size_t i = 0; i < count; ++i) {
    if (bundle.size() < 2) return bad("ends early");
    const std::size_t length = read_u16(bundle);
    bundle.remove_prefix(2);
    if (entry_bytes && length != *entry_bytes) return bad("entry of another length");
    if (bundle.size() < length) return bad("ends early");
    entries.emplace_back(bundle.substr(0, length));
    bundle.remove_prefix(length);
  }
  if (!bundle.empty()) return bad("bytes after the last entry");
  return entries;
}

}  // namespace regions
