// Every published vector that must succeed, changed by a hostile hand in each field that counts:
// the product refuses it. Vectors that must fail are hostile already.
#include <gmock/gmock.h>

#include <fstream>

#include "ops/vectors/files.h"
#include "ops/vectors/folders.h"
#include "ops/vectors/forms.h"
#include "ops/vectors/tiles.h"
#include "protocol/crypto/base64.h"
#include "tests/node/base/temporary_folder.h"
#include "tests/support/result_matchers.h"
#include "tests/support/shared.h"

namespace regions::vectors {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

json::value load(const fs::path& path) { return parse_json(*read(path)).value(); }

bool passes(const std::vector<Outcome>& outcomes) {
  return outcomes.front().verdict == Verdict::passed;
}

// What the product said, not that the form was no longer known.
void expect_refused(const std::vector<Outcome>& outcomes, const std::string& what) {
  ASSERT_FALSE(outcomes.empty()) << what;
  EXPECT_EQ(outcomes.front().verdict, Verdict::failed) << what;
  EXPECT_THAT(outcomes.front().why, testing::HasSubstr("was refused")) << what;
}

std::string flipped_base64(std::string_view text, std::size_t byte) {
  Bytes bytes = *base64_decode(text);
  bytes[byte % bytes.size()] = static_cast<char>(bytes[byte % bytes.size()] ^ 1);
  return base64_encode(bytes);
}

std::string flipped_hex(std::string_view text, std::size_t byte) {
  Bytes bytes = *from_hex(text);
  bytes[byte % bytes.size()] = static_cast<char>(bytes[byte % bytes.size()] ^ 1);
  return to_hex(bytes);
}

// Of a proof: one bit of each hash, one hash too few and too many, another place.
std::vector<json::object> mutations_of_proof(const json::object& vector) {
  std::vector<json::object> all;
  for (const char* key : {"root", "leafHash", "root1", "root2"}) {
    if (!vector.contains(key)) continue;
    all.push_back(vector);
    all.back()[key] = flipped_base64(vector.at(key).as_string(), 7);
    all.push_back(vector);
    all.back()[key] = "";
  }
  json::array proof;
  if (vector.at("proof").is_array()) proof = vector.at("proof").as_array();
  for (std::size_t i = 0; i < proof.size(); ++i) {
    all.push_back(vector);
    all.back()["proof"].as_array()[i] = flipped_base64(proof[i].as_string(), 31);
    all.push_back(vector);
    all.back()["proof"].as_array()[i] = "";
  }
  if (!proof.empty()) {
    all.push_back(vector);
    all.back()["proof"].as_array().pop_back();
  }
  proof.push_back(json::string("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="));
  all.push_back(vector);
  all.back()["proof"] = proof;
  return all;
}

TEST(HostileVectors, ChangedProofsAreRefused) {
  NEEDS_SHARED("vectors/merkle");
  const auto files = files_below(shared_dir() / "vectors/merkle").value();
  int vectors = 0;
  for (const auto& [name, path] : files) {
    const json::object vector = load(path).as_object();
    const Form form = vector.contains("leafIdx") ? inclusion : consistency;
    ASSERT_TRUE(passes(run(name, vector, form))) << name;
    if (vector.contains("wantErr") && vector.at("wantErr") == json::value(true)) continue;
    for (const json::object& bad : mutations_of_proof(vector)) {
      expect_refused(run(name, bad, form), name + json::serialize(bad));
    }
    ++vectors;
  }
  EXPECT_GE(vectors, 12);
}

TEST(HostileVectors, ChangedTreeHashesAreRefused) {
  NEEDS_SHARED("vectors/rfc6962/tree-hashes.json");
  const json::value file = load(shared_dir() / "vectors/rfc6962/tree-hashes.json");
  const auto failures = [](const json::value& value) {
    std::size_t failed = 0;
    for (const Outcome& one : tree_hashes("f", *Fields::of(value))) {
      if (one.verdict == Verdict::failed) ++failed;
    }
    return failed;
  };
  EXPECT_EQ(failures(file), 0u);
  for (std::size_t size = 0; size < 9; ++size) {
    json::value bad = file;
    json::value& root = bad.as_object()["root_hashes_hex_by_size"].as_array()[size];
    root = flipped_hex(root.as_string(), size);
    EXPECT_EQ(failures(bad), 1u) << size;
  }
  for (std::size_t level = 0; level < 4; ++level) {
    for (std::size_t i = 0; i < (std::size_t{8} >> level); ++i) {
      json::value bad = file;
      json::value& node =
          bad.as_object()["node_hashes_hex_by_level"].as_array()[level].as_array()[i];
      node = flipped_hex(node.as_string(), i);
      EXPECT_EQ(failures(bad), 1u) << level << " " << i;
    }
  }
}

TEST(HostileVectors, ChangedNotesAreRefused) {
  NEEDS_SHARED("vectors/signed-note/notes.json");
  const json::value file = load(shared_dir() / "vectors/signed-note/notes.json");
  int vectors = 0;
  for (const json::value& one : file.at("vectors").as_array()) {
    const json::object vector = one.as_object();
    const std::string name(vector.at("id").as_string());
    if (!passes(run(name, vector, note))) continue;
    const std::string text(vector.at("note").as_string());
    const std::size_t end_of_text = text.rfind("\n\n");
    const auto expect_bad = [&](const std::string& changed) {
      json::object bad = vector;
      bad["note"] = changed;
      expect_refused(run(name, bad, note), changed);
    };
    for (std::size_t i = 0; i < end_of_text; ++i) {
      std::string changed = text;
      changed[i] = changed[i] == 'A' ? 'B' : 'A';
      if (changed != text) expect_bad(changed);
    }
    std::string changed = text;  // the last byte of the last signature
    changed.replace(changed.rfind(' ') + 9, 4, "AAAA");
    expect_bad(changed);
    expect_bad(text.substr(0, text.size() - 1));
    expect_bad(text + text.substr(end_of_text));
    expect_bad("x" + text);
    expect_bad(text.substr(0, end_of_text + 2));
    ++vectors;
  }
  EXPECT_GE(vectors, 21);
}

TEST(HostileVectors, ChangedVerifierKeysAreRefused) {
  NEEDS_SHARED("vectors/signed-note/vkeys.json");
  const json::value file = load(shared_dir() / "vectors/signed-note/vkeys.json");
  int vectors = 0;
  for (const json::value& one : file.at("vectors").as_array()) {
    const json::object vector = one.as_object();
    const std::string name(vector.at("id").as_string());
    if (vector.at("expect") == json::value("reject")) continue;
    if (!passes(run(name, vector, vkey))) continue;
    const std::string text(vector.at("vkey").as_string());
    for (std::size_t i = 0; i < text.size(); ++i) {
      json::object bad = vector;
      std::string changed = text;
      changed[i] = changed[i] == '7' ? '8' : '7';
      bad["vkey"] = changed;
      const auto outcomes = run(name, bad, vkey);
      EXPECT_NE(outcomes.front().verdict, Verdict::passed) << changed;
    }
    ++vectors;
  }
  EXPECT_GE(vectors, 3);
}

TEST(HostileVectors, ChangedEnvelopesAreRefused) {
  NEEDS_SHARED("vectors/dsse/dsse-vectors.json");
  const json::value file = load(shared_dir() / "vectors/dsse/dsse-vectors.json");
  for (const json::value& one : file.at("vectors").as_array()) {
    const json::object vector = one.as_object();
    ASSERT_TRUE(passes(run("v", vector, dsse)));
    json::object bad = vector;
    bad["payload"] = flipped_base64(vector.at("payload").as_string(), 3);
    expect_refused(run("v", bad, dsse), "payload");
    bad = vector;
    bad["payloadType"] = std::string(vector.at("payloadType").as_string()) + "x";
    expect_refused(run("v", bad, dsse), "type");
    for (std::size_t i = 0; i < vector.at("pae_hex").as_string().size() / 2; ++i) {
      bad = vector;
      bad["pae_hex"] = flipped_hex(vector.at("pae_hex").as_string(), i);
      expect_refused(run("v", bad, dsse), "PAE");
    }
  }
}

// The field that a test of this primitive states, and so may not change.
std::vector<std::string> stated_by(std::string_view algorithm) {
  if (algorithm == "EDDSA") return {"sig"};
  if (algorithm == "HMACSHA256") return {"tag"};
  if (algorithm == "CHACHA20-POLY1305") return {"tag", "key", "iv"};
  if (algorithm == "HKDF-SHA-256") return {"okm"};
  if (algorithm == "XDH") return {"shared"};
  return {};
}

// A file of one test.
json::object alone(const json::object& file, const json::object& group, const json::object& test) {
  json::object one_group = group;
  one_group["tests"] = json::array{test};
  return {{"algorithm", file.at("algorithm")},
          {"numberOfTests", 1},
          {"testGroups", json::array{one_group}}};
}

int refuse_mutations(const json::object& file) {
  const auto ran = [](const json::value& one) { return wycheproof("f", *Fields::of(one)); };
  int vectors = 0;
  for (const json::value& group : file.at("testGroups").as_array()) {
    for (const json::value& value : group.as_object().at("tests").as_array()) {
      const json::object& test = value.as_object();
      if (test.at("result") != json::value("valid")) continue;
      for (const std::string& field : stated_by(file.at("algorithm").as_string())) {
        json::object bad = test;
        bad[field] = flipped_hex(test.at(field).as_string(), vectors);
        expect_refused(ran(alone(file, group.as_object(), bad)), json::serialize(bad));
        bad[field] = std::string(test.at(field).as_string()) + "00";
        EXPECT_FALSE(passes(ran(alone(file, group.as_object(), bad)))) << json::serialize(bad);
      }
      ++vectors;
    }
  }
  return vectors;
}

TEST(HostileVectors, ChangedSignaturesTagsAndSecretsAreRefused) {
  NEEDS_SHARED("vectors/wycheproof");
  int vectors = 0;
  for (const auto& [name, path] : files_below(shared_dir() / "vectors/wycheproof").value()) {
    const json::object file = load(path).as_object();
    if (stated_by(file.at("algorithm").as_string()).empty()) continue;
    vectors += refuse_mutations(file);
  }
  EXPECT_GT(vectors, 700);
}

// A copy of the published tiles, changed file by file.
struct CopiedTiles : ::testing::Test {
  void copy(const std::string& name) {
    const fs::path from = shared_dir() / "vectors";
    fs::create_directories(folder.path / "tlog-tiles");
    fs::copy(from / "tlog-tiles" / name, log(name), fs::copy_options::recursive);
    key = parse_vkey(kVkey).value();
  }
  fs::path log(const std::string& name) const { return folder.path / "tlog-tiles" / name; }
  std::size_t failures() const {
    const fs::path folder_of_log = fs::directory_iterator(folder.path / "tlog-tiles")->path();
    const FolderReport report{"", run_tiles(folder_of_log, folder_of_log.filename(), {key})};
    return report.count(Verdict::failed);
  }
  void expect_noticed(const fs::path& file, const Bytes& changed) const {
    const Bytes whole = *read(file);
    fs::permissions(file, fs::perms::owner_write, fs::perm_options::add);
    std::ofstream(file, std::ios::binary) << changed;
    EXPECT_GE(failures(), 1u) << file;
    std::ofstream(file, std::ios::binary) << whole;
  }
  static constexpr const char* kVkey =
      "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";
  const TemporaryFolder folder;
  VerifierKey key;
};

TEST_F(CopiedTiles, AFlippedBitInAnyFileOfALogIsRefused) {
  NEEDS_SHARED("vectors/tlog-tiles/tessera-testlog");
  copy("tessera-testlog");
  ASSERT_EQ(failures(), 0u);
  for (const auto& [name, path] : files_below(log("tessera-testlog")).value()) {
    const Bytes whole = *read(path);
    for (const std::size_t at : {std::size_t{0}, whole.size() / 2, whole.size() - 2}) {
      Bytes changed = whole;
      changed[at] = static_cast<char>(changed[at] ^ 1);
      expect_noticed(path, changed);
    }
    expect_noticed(path, whole.substr(1));
  }
  EXPECT_EQ(failures(), 0u);
}

// Nothing commits to tiles that stand alone, but for one that is the beginning of another.
TEST_F(CopiedTiles, ATileOfAnotherLengthOrAnotherBeginningIsRefused) {
  NEEDS_SHARED("vectors/tlog-tiles/sunlight-navigli2025h2-level0");
  copy("sunlight-navigli2025h2-level0");
  ASSERT_EQ(failures(), 0u);
  for (const auto& [name, path] : files_below(log("sunlight-navigli2025h2-level0")).value()) {
    expect_noticed(path, read(path)->substr(32));
    expect_noticed(path, *read(path) + std::string(32, 'x'));
    expect_noticed(path, "");
  }
  const fs::path partial = log("sunlight-navigli2025h2-level0") / "003.p/10";
  Bytes changed = *read(partial);
  changed[100] = static_cast<char>(changed[100] ^ 1);
  expect_noticed(partial, changed);
  EXPECT_EQ(failures(), 0u);
}

// Formats that are not read yet are still held to their markers and fields.
TEST(HostileVectors, UnreadFormatsWithAStrangeMarkerOrFieldAreFailures) {
  const json::object proof = {{"proof", "x"}, {"expect", "parse"}};
  const json::object policy = {{"policy", "x"}, {"quorum_table", json::array{}}};
  const json::object version = {
      {"keys", json::array{1}}, {"threshold", 1}, {"signed_by", json::array{1}}};
  const json::object chain = {{"versions", json::array{version}}, {"expect", "reject-last"}};
  const std::vector<std::pair<json::object, Form>> unread = {
      {proof, tlog_proof}, {policy, tlog_policy}, {chain, rotation}};
  for (const auto& [vector, form] : unread) {
    EXPECT_EQ(run("v", vector, form).front().verdict, Verdict::not_applicable);
    json::object bad = vector;
    bad["expect"] = "perhaps";
    EXPECT_EQ(run("v", bad, form).front().verdict, Verdict::failed);
    bad = vector;
    bad["verdict"] = "accept";
    EXPECT_EQ(run("v", bad, form).front().verdict, Verdict::failed);
    EXPECT_EQ(run("v", json::object{}, form).front().verdict, Verdict::failed);
  }
}

}  // namespace
}  // namespace regions::vectors
