// The worked examples of protocol/spec, parsed out of the pages and computed again.
#include <gmock/gmock.h>

#include "protocol/crypto/sha256.h"
#include "protocol/log/checkpoint.h"
#include "protocol/log/entry.h"
#include "protocol/log/tile_edge.h"
#include "tests/protocol/log/spec_page.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

using Examples = std::map<std::string, std::string>;

constexpr const char* kOrigin = "demo-0011223344556677/PT16/1";

// The log of entry.md.
struct Log {
  std::vector<Digest> statements, leaves;
  std::vector<Bytes> entries;
  std::vector<Digest> roots{empty_root()};
  TileEdge edge;

  Log() {
    for (const EntryKind kind :
         {EntryKind::keyset_adopted, EntryKind::roster_adopted, EntryKind::release}) {
      const std::uint64_t index = entries.size();
      statements.push_back(sha256("statement " + std::to_string(index)));
      entries.push_back(encode(Entry{kind, AudienceKind::federation, index,
                                     1'700'000'040 + 60 * index, statements.back()}));
      leaves.push_back(leaf_hash(entries.back()));
      edge.append(leaves.back());
      roots.push_back(edge.tree().root());
    }
  }
  HashSource hashes() const {
    return [this](unsigned level, std::uint64_t index) -> Result<Digest> {
      if (level == 0) return leaves.at(index);
      return roots.at(std::size_t{1} << level);
    };
  }
};

PrivateKey example_key() {
  Bytes seed;
  for (char byte = 0; byte < 32; ++byte) seed.push_back(byte);
  return PrivateKey::from_seed(seed).value();
}

std::string hex(const std::vector<Digest>& hashes) {
  std::string out;
  for (const Digest& hash : hashes) out += hash.hex();
  return out;
}

TEST(SpecEntry, WorkedExample) {
  const Log log;
  Examples computed;
  for (std::size_t i = 0; i < log.entries.size(); ++i) {
    computed["statement " + std::to_string(i)] = log.statements[i].hex();
    computed["entry " + std::to_string(i)] = to_hex(log.entries[i]);
  }
  EXPECT_EQ(computed, spec_examples("entry.md"));
}

TEST(SpecTree, WorkedExample) {
  const Log log;
  Examples computed;
  for (std::size_t i = 0; i <= log.leaves.size(); ++i) {
    if (i < log.leaves.size()) computed["leaf " + std::to_string(i)] = log.leaves[i].hex();
    computed["root of size " + std::to_string(i)] = log.roots[i].hex();
  }
  computed["inclusion of 1 in 3"] = hex(prove_inclusion(1, 3, log.hashes()).value());
  computed["inclusion of 2 in 3"] = hex(prove_inclusion(2, 3, log.hashes()).value());
  computed["consistency from 1 to 3"] = hex(prove_consistency(1, 3, log.hashes()).value());
  computed["consistency from 2 to 3"] = hex(prove_consistency(2, 3, log.hashes()).value());
  EXPECT_EQ(computed, spec_examples("tree.md"));
}

TEST(SpecNote, WorkedExample) {
  const PrivateKey key = example_key();
  const VerifierKey named{"example.org/notes", key.public_key()};
  const std::string text = "one\n\ntwo\n";
  const NoteSignature line = sign_note_text(text, named.name, key);
  const Bytes note = encode_note({text, {line}});
  Bytes id;
  append_u32(id, named.id());
  const Examples computed = {
      {"seed", "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"},
      {"public key", to_hex(named.key.bytes)},
      {"key id", to_hex(id)},
      {"vkey", encode_vkey(named)},
      {"text", to_hex(text)},
      {"signature", to_hex(line.signature)},
      {"note", to_hex(note)}};
  EXPECT_EQ(computed, spec_examples("note.md"));
  EXPECT_THAT(open_note(note, {named}), IsOk());
}

TEST(SpecCheckpoint, WorkedExample) {
  const PrivateKey key = example_key();
  const Checkpoint head{kOrigin, 3, Log().roots[3]};
  const Bytes note = sign_checkpoint(head, key);
  const Examples computed = {{"root", head.root.hex()},
                             {"vkey", encode_vkey({kOrigin, key.public_key()})},
                             {"text", to_hex(encode_text(head))},
                             {"note", to_hex(note)}};
  EXPECT_EQ(computed, spec_examples("checkpoint.md"));
  EXPECT_THAT(open_checkpoint(note, kOrigin, {key.public_key()}), IsOk());
}

std::string tiles_in_words(std::uint64_t size) {
  std::string out;
  std::map<unsigned, std::pair<std::uint64_t, unsigned>> levels;  // full tiles, last width
  for (const TileId& tile : tiles_of(size)) {
    auto& [full, width] = levels[tile.level];
    tile.width == kTileWidth ? void(++full) : void(width = tile.width);
  }
  for (const auto& [level, tiles] : levels) {
    out += (out.empty() ? "" : " ") + std::to_string(level) + ":" + std::to_string(tiles.first) +
           "+" + std::to_string(tiles.second);
  }
  return out.empty() ? "none" : out;
}

TEST(SpecTiles, WorkedExample) {
  Log log;
  Examples computed;
  for (const std::uint64_t size : {0u, 1u, 256u, 65'536u, 70'000u}) {
    computed["tiles of " + std::to_string(size)] = tiles_in_words(size);
  }
  computed["path of tile 0 1234067 256"] = tile_path({0, 1'234'067, 256});
  computed["path of tile 1 1 17"] = tile_path({1, 1, 17});
  computed["path of bundle 273 112"] = bundle_path(273, 112);
  Examples written = spec_examples("tiles.md", true);
  for (const auto& [name, value] : computed) EXPECT_EQ(written[name], value) << name;

  computed.clear();
  for (const Tile& tile : log.edge.take_changed()) {
    computed[tile_path(tile.id)] = to_hex(tile.hashes);
  }
  computed[bundle_path(0, 3)] = to_hex(encode_bundle(log.entries));
  written = spec_examples("tiles.md");
  for (const auto& [name, value] : computed) EXPECT_EQ(written[name], value) << name;
  EXPECT_EQ(written.size(), 8u + 2u);
}

// The tables of entry.md name every byte that decodes, and no other.
TEST(SpecEntry, TablesNameEveryKindAndAudience) {
  std::ifstream page(std::string(REGIONS_SOURCE_DIR) + "/protocol/spec/entry.md");
  std::map<std::string, std::map<int, std::string>> tables;
  std::string line, table;
  while (std::getline(page, line)) {
    if (line.rfind("| kind |", 0) == 0) table = "kind";
    if (line.rfind("| audience |", 0) == 0) table = "audience";
    if (line.empty()) table.clear();
    if (!table.empty() && line.size() > 2 && line[2] >= '0' && line[2] <= '9') {
      tables[table][line[2] - '0'] = line.substr(6, line.find_first_of(" :", 6) - 6);
    }
  }
  const std::map<int, std::string> kinds = {
      {static_cast<int>(EntryKind::release), "release"},
      {static_cast<int>(EntryKind::withdrawal), "withdrawal"},
      {static_cast<int>(EntryKind::receipt), "receipt"},
      {static_cast<int>(EntryKind::keyset_adopted), "keyset-adopted"},
      {static_cast<int>(EntryKind::roster_adopted), "roster-adopted"},
      {static_cast<int>(EntryKind::evidence), "evidence"},
      {static_cast<int>(EntryKind::listing), "listing"},
      {static_cast<int>(EntryKind::measure), "measure"},
      {static_cast<int>(EntryKind::private_kind), "private"}};
  const std::map<int, std::string> audiences = {
      {static_cast<int>(AudienceKind::public_audience), "public"},
      {static_cast<int>(AudienceKind::federation), "federation"},
      {static_cast<int>(AudienceKind::named), "named"}};
  EXPECT_EQ(tables["kind"], kinds);
  EXPECT_EQ(tables["audience"], audiences);
}

}  // namespace
}  // namespace regions
