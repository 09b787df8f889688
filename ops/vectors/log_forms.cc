// Proofs, hashes and notes of transparency logs (forms.h).
#include "ops/vectors/forms.h"
#include "protocol/base/limits.h"
#include "protocol/crypto/base64.h"
#include "protocol/log/note.h"
#include "protocol/log/proof.h"
#include "protocol/log/tree.h"

namespace regions::vectors {
namespace {

namespace json = boost::json;

// What of a key of this type the product does not have; nullptr: nothing, or no such type.
const char* left_out_of(std::string_view vkey) {
  const std::size_t first = vkey.find('+');
  const std::size_t second = vkey.find('+', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) return nullptr;
  const auto payload = base64_decode(vkey.substr(second + 1));
  if (!payload || payload->empty()) return nullptr;
  switch ((*payload)[0]) {
    case 2:
    case 5:  // RFC 6962 tree heads, which are ECDSA in every vkey published
      return kNoEcdsa;
    case 4:
      return kNoCosignature;
    case 6:
      return kNoMlDsa;
    default:
      return nullptr;
  }
}

// As parse_vkey; a refusal that is for want of the algorithm alone says so in `left_out`.
Attempt try_vkey(std::string_view text, std::vector<VerifierKey>& keys) {
  auto key = parse_vkey(text);
  if (!key) {
    Attempt attempt = Attempt::refused(key.error());
    const char* left_out = left_out_of(text);
    if (key.error().code == Errc::unsupported && left_out != nullptr) attempt.left_out = left_out;
    return attempt;
  }
  if (encode_vkey(*key) != text) {
    return Attempt::refused(fail(Errc::mismatch, "written again, the key is another"));
  }
  keys.push_back(std::move(*key));
  return Attempt::accepted();
}

Result<Bytes> hash_of(const json::value& value) {
  if (!value.is_string()) return fail(Errc::invalid_input, "hashes: text expected");
  auto bytes = from_hex(value.get_string());
  if (!bytes || bytes->size() != kHashBytes) {
    return fail(Errc::invalid_input, "hashes: 64 hex digits expected");
  }
  return bytes;
}

Attempt same(const Digest& computed, const Bytes& stated) {
  if (computed.view() == stated) return Attempt::accepted();
  return Attempt::refused(fail(Errc::bad_proof, "computed " + computed.hex()));
}

struct TreeHashes {
  std::vector<Digest> leaves;
  const json::array* roots = nullptr;
  const json::array* levels = nullptr;
};

Result<TreeHashes> read_tree_hashes(Fields& fields) {
  TreeHashes all;
  TRY(const auto inputs, fields.text_list("leaf_inputs_hex"));
  for (const std::string_view input : inputs) {
    const auto bytes = from_hex(input);
    if (!bytes) return fail(Errc::invalid_input, "leaf_inputs_hex: hex expected");
    all.leaves.push_back(leaf_hash(*bytes));
  }
  TRY(all.roots, fields.list("root_hashes_hex_by_size"));
  TRY(all.levels, fields.list("node_hashes_hex_by_level"));
  TRY_VOID(fields.end());
  if (all.leaves.empty() || all.roots->size() != all.leaves.size() + 1) {
    return fail(Errc::invalid_input, "one root per size from 0 on expected");
  }
  return all;
}

// The product's tree over leaves [first, first + count).
Digest root_over(const std::vector<Digest>& leaves, std::size_t first, std::size_t count) {
  CompactTree tree;
  for (std::size_t i = first; i < first + count; ++i) tree.append(leaves[i]);
  return tree.root();
}

}  // namespace

Result<Attempt> inclusion(Fields& fields) {
  TRY(const std::uint64_t index, fields.number("leafIdx"));
  TRY(const std::uint64_t size, fields.number("treeSize"));
  TRY(const Bytes root, fields.base64("root"));
  TRY(const Bytes leaf, fields.base64("leafHash"));
  TRY(const std::vector<Bytes> proof, fields.base64_list("proof"));
  return Attempt::of(verify_inclusion(leaf, index, size, proof, root));
}

Result<Attempt> consistency(Fields& fields) {
  TRY(const std::uint64_t size1, fields.number("size1"));
  TRY(const std::uint64_t size2, fields.number("size2"));
  TRY(const Bytes root1, fields.base64("root1"));
  TRY(const Bytes root2, fields.base64("root2"));
  TRY(const std::vector<Bytes> proof, fields.base64_list("proof"));
  return Attempt::of(verify_consistency(size1, size2, root1, root2, proof));
}

Result<Attempt> subtree(Fields& fields) {
  TRY_VOID(fields.number("start"));
  TRY_VOID(fields.number("end"));
  const bool about_leaf = fields.has("leafIdx");
  TRY_VOID(fields.number(about_leaf ? "leafIdx" : "size"));
  for (const char* key : {about_leaf ? "leafHash" : "root1", about_leaf ? "root" : "root2"}) {
    TRY_VOID(fields.base64(key));
  }
  TRY_VOID(fields.base64_list("proof"));
  return Attempt::untried(kNoSubtree);
}

Result<Attempt> note(Fields& fields) {
  TRY(const std::string_view bytes, fields.text("note"));
  TRY(const auto vkeys, fields.text_list("vkeys"));
  std::vector<VerifierKey> keys;
  std::string left_out;
  for (const std::string_view text : vkeys) {
    const Attempt attempt = try_vkey(text, keys);
    if (attempt.answer == Attempt::Answer::accepted) continue;
    if (attempt.left_out.empty()) return attempt;
    left_out = attempt.left_out;
  }
  Attempt attempt;
  if (const auto parsed = parse_note(bytes); !parsed) {
    attempt = Attempt::refused(parsed.error());
  } else if (encode_note(*parsed) != bytes) {
    attempt = Attempt::refused(fail(Errc::mismatch, "written again, the note is another"));
  } else if (keys.empty() && !left_out.empty()) {
    attempt = Attempt::untried(left_out);
  } else if (const auto opened = open_note(bytes, keys); !opened) {
    attempt = Attempt::refused(opened.error());
  } else {
    attempt = Attempt::accepted();
    attempt.left_out = left_out;
  }
  return attempt;
}

Result<Attempt> vkey(Fields& fields) {
  TRY(const std::string_view text, fields.text("vkey"));
  fields.ignore({"algorithm_byte"});
  std::vector<VerifierKey> keys;
  return try_vkey(text, keys);
}

std::vector<Outcome> tree_hashes(const std::string& file, Fields fields) {
  const auto marker = fields.marker();
  if (!marker) return {unknown_form(file, marker.error())};
  const auto all = read_tree_hashes(fields);
  if (!all) return {unknown_form(file, all.error())};
  std::vector<Outcome> outcomes;
  const auto check = [&](const std::string& name, const json::value& stated, const Digest& ours) {
    const auto hash = hash_of(stated);
    if (!hash) return outcomes.push_back(unknown_form(name, hash.error()));
    for (Outcome& one : judge(name, *marker, same(ours, *hash))) outcomes.push_back(std::move(one));
  };
  for (std::size_t size = 0; size < all->roots->size(); ++size) {
    check(file + " root " + std::to_string(size), (*all->roots)[size],
          root_over(all->leaves, 0, size));
  }
  for (std::size_t level = 0; level < all->levels->size(); ++level) {
    const std::string row = file + " level " + std::to_string(level);
    const json::value& hashes = (*all->levels)[level];
    const std::size_t expected = level < 32 ? all->leaves.size() >> level : 0;
    if (!hashes.is_array() || hashes.get_array().size() != expected) {
      outcomes.push_back(unknown_form(row, fail(Errc::invalid_input, "another number of nodes")));
      continue;
    }
    for (std::size_t i = 0; i < expected; ++i) {
      check(row + " node " + std::to_string(i), hashes.get_array()[i],
            root_over(all->leaves, i << level, std::size_t{1} << level));
    }
  }
  return outcomes;
}

}  // namespace regions::vectors
