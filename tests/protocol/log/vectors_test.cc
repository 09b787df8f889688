// Proofs, notes and keys that others published, and the mutations of each.
#include "tests/protocol/log/vectors.h"

#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "protocol/crypto/base64.h"
#include "protocol/log/note.h"
#include "tests/protocol/log/tree_of.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

std::vector<json::value> all_json(const fs::path& relative) {
  std::vector<json::value> all;
  for (const auto& file : fs::recursive_directory_iterator(shared_dir() / "vectors" / relative)) {
    if (file.path().extension() != ".json") continue;
    all.push_back(json::parse(read_vector(fs::relative(file, shared_dir() / "vectors"))));
  }
  return all;
}

// A hash of a vector; one that is not 32 bytes cannot become a Digest.
Result<Digest> digest_of(const json::value& base64) {
  auto bytes = base64_decode(base64.as_string());
  if (!bytes) return bytes.error();
  return Digest::from_bytes(*bytes, "vector");
}

std::vector<Digest> proof_of(const json::value& vector) {
  std::vector<Digest> proof;
  if (vector.at("proof").is_null()) return proof;
  for (const json::value& hash : vector.at("proof").as_array()) {
    proof.push_back(digest_of(hash).value());
  }
  return proof;
}

TEST(MerkleVectors, InclusionHoldsAndItsMutationsDoNot) {
  NEEDS_SHARED("vectors/merkle/inclusion");
  int count = 0;
  for (const json::value& vector : all_json("merkle/inclusion")) {
    ASSERT_FALSE(vector.at("wantErr").as_bool());
    const auto index = vector.at("leafIdx").to_number<std::uint64_t>();
    const auto size = vector.at("treeSize").to_number<std::uint64_t>();
    const std::vector<Digest> proof = proof_of(vector);
    ASSERT_OK_AND(const Digest leaf, digest_of(vector.at("leafHash")));
    ASSERT_OK_AND(const Digest root, digest_of(vector.at("root")));
    EXPECT_THAT(verify_inclusion(leaf, index, size, proof, root), IsOk());
    for (const auto& bad : damaged(proof)) {
      EXPECT_THAT(verify_inclusion(leaf, index, size, bad, root), IsErr(Errc::bad_proof));
    }
    for (std::uint64_t other = 0; other <= 2 * size; ++other) {
      if (other == index) continue;
      EXPECT_THAT(verify_inclusion(leaf, other, size, proof, root), IsErr(Errc::bad_proof));
    }
    EXPECT_THAT(verify_inclusion(root, index, size + 1, proof, leaf), IsErr(Errc::bad_proof));
    ++count;
  }
  EXPECT_EQ(count, 6);
}

TEST(MerkleVectors, ConsistencyHoldsAndItsMutationsDoNot) {
  NEEDS_SHARED("vectors/merkle/consistency");
  int count = 0, not_hashes = 0;
  for (const json::value& vector : all_json("merkle/consistency")) {
    ASSERT_FALSE(vector.at("wantErr").as_bool());
    const auto size1 = vector.at("size1").to_number<std::uint64_t>();
    const auto size2 = vector.at("size2").to_number<std::uint64_t>();
    const std::vector<Digest> proof = proof_of(vector);
    const auto root1 = digest_of(vector.at("root1")), root2 = digest_of(vector.at("root2"));
    if (!root1) {  // equal sizes under a "root" of twelve bytes, which is none here
      EXPECT_THAT(root1, IsErr(Errc::malformed));
      ++not_hashes;
      continue;
    }
    EXPECT_THAT(verify_consistency(size1, size2, *root1, *root2, proof), IsOk());
    for (const auto& bad : damaged(proof)) {
      EXPECT_THAT(verify_consistency(size1, size2, *root1, *root2, bad), IsErr(Errc::bad_proof));
    }
    if (size1 != size2) {
      EXPECT_THAT(verify_consistency(size2, size1, *root2, *root1, proof), IsErr(Errc::bad_proof));
      EXPECT_THAT(verify_consistency(size1, size2, *root2, *root1, proof), IsErr(Errc::bad_proof));
      EXPECT_THAT(verify_consistency(size1, size2, *root2, *root2, proof), IsErr(Errc::bad_proof));
    }
    ++count;
  }
  EXPECT_EQ(count, 5);
  EXPECT_EQ(not_hashes, 1);
}

TEST(Rfc6962Vectors, RootsOfTheFirstSizes) {
  NEEDS_SHARED("vectors/rfc6962/tree-hashes.json");
  const json::value vectors = json::parse(read_vector("rfc6962/tree-hashes.json"));
  CompactTree tree;
  const json::array& roots = vectors.at("root_hashes_hex_by_size").as_array();
  for (std::size_t size = 0; size < roots.size(); ++size) {
    EXPECT_EQ(tree.root().hex(), roots[size].as_string()) << size;
    if (size + 1 == roots.size()) break;
    const json::string& leaf = vectors.at("leaf_inputs_hex").as_array()[size].as_string();
    const Digest hash = leaf_hash(from_hex(leaf).value());
    EXPECT_EQ(hash.hex(),
              vectors.at("node_hashes_hex_by_level").as_array()[0].as_array()[size].as_string());
    tree.append(hash);
  }
  EXPECT_EQ(tree.size(), 8u);
}

std::vector<VerifierKey> keys_of(const json::value& vector) {
  std::vector<VerifierKey> keys;
  for (const json::value& vkey : vector.at("vkeys").as_array()) {
    auto key = parse_vkey(vkey.as_string());
    EXPECT_THAT(key, IsOk());
    if (key) keys.push_back(*key);
  }
  return keys;
}

TEST(NoteVectors, OpenAndNoFlippedByteDoes) {
  NEEDS_SHARED("vectors/signed-note/notes.json");
  const json::value vectors = json::parse(read_vector("signed-note/notes.json"));
  int count = 0;
  for (const json::value& vector : vectors.at("vectors").as_array()) {
    const Bytes bytes(vector.at("note").as_string());
    const auto keys = keys_of(vector);
    ASSERT_OK_AND(const Note note, open_note(bytes, keys));
    EXPECT_EQ(note.signatures.size(), keys.size());
    EXPECT_EQ(encode_note(note), bytes);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      Bytes bad = bytes;
      bad[i] = static_cast<char>(bad[i] ^ 1);
      const auto opened = open_note(bad, keys);
      // Of several signatures one may turn into that of a stranger, and then counts no more.
      EXPECT_TRUE(!opened || opened->signatures.size() < keys.size()) << vector.at("id") << i;
    }
    ++count;
  }
  EXPECT_EQ(count, 21);
}

TEST(NoteVectors, VerifierKeysOfEd25519AreReadAndOthersNot) {
  NEEDS_SHARED("vectors/signed-note/vkeys.json");
  const json::value vectors = json::parse(read_vector("signed-note/vkeys.json"));
  int read = 0;
  for (const json::value& vector : vectors.at("vectors").as_array()) {
    const std::string_view text = vector.at("vkey").as_string();
    const auto key = parse_vkey(text);
    const bool accept = vector.at("expect").as_string() == "accept";
    if (accept && vector.at("algorithm_byte") == json::value(1)) {
      ASSERT_THAT(key, IsOk()) << text;
      EXPECT_EQ(encode_vkey(*key), text);
      ++read;
    } else {
      EXPECT_FALSE(key) << text;
      // A well-formed key of another type is not called malformed.
      if (accept) {
        EXPECT_THAT(key, IsErr(Errc::unsupported)) << text;
      }
    }
  }
  EXPECT_GE(read, 3);
}

}  // namespace
}  // namespace regions
