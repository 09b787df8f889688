// What the runner says to vectors with markers and forms that it knows, and to others.
#include "ops/vectors/forms.h"

#include <gmock/gmock.h>

namespace regions::vectors {
namespace {

namespace json = boost::json;

// A key and its id: C2SP's example. The second differs in the id's last digit.
constexpr const char* kKey =
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
constexpr const char* kBadKey =
    "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
constexpr const char* kEcdsaKey =
    "rekor.sigstore.dev+c0d23d6a+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNhtmPtrWm3U1eQXBogSMdGvXwBcK5"
    "AW5i0hrZLOC96l+smGNM7nwZ4QvFK/4sueRoVj//QP22Ni4Qt9DPfkWLc=";

std::vector<Outcome> of_key(const char* key, json::object fields) {
  fields["vkey"] = key;
  return run("v", fields, vkey);
}

Verdict verdict_on(const char* key, json::object fields) {
  const auto outcomes = of_key(key, std::move(fields));
  EXPECT_EQ(outcomes.size(), 1u);
  return outcomes.front().verdict;
}

std::string failure(json::object fields) {
  const auto outcomes = of_key(kKey, std::move(fields));
  EXPECT_EQ(outcomes.front().verdict, Verdict::failed);
  return outcomes.front().why;
}

TEST(Markers, UnknownOnesAreFailures) {
  EXPECT_THAT(failure({{"expect", "maybe"}}), testing::HasSubstr("unknown marker"));
  EXPECT_THAT(failure({{"expect", true}}), testing::HasSubstr("unknown marker"));
  EXPECT_THAT(failure({{"result", "accept"}}), testing::HasSubstr("unknown marker"));
  EXPECT_THAT(failure({{"wantErr", "true"}}), testing::HasSubstr("unknown marker"));
  EXPECT_THAT(failure({{"wantErr", nullptr}}), testing::HasSubstr("unknown marker"));
}

TEST(Markers, TwoThatContradictAreAFailure) {
  EXPECT_THAT(failure({{"expect", "accept"}, {"wantErr", true}}), testing::HasSubstr("contradict"));
  EXPECT_EQ(verdict_on(kKey, {{"expect", "accept"}, {"wantErr", false}}), Verdict::passed);
}

TEST(Markers, WhatMustSucceedFailsWhenItIsRefused) {
  for (const json::object& marker : std::vector<json::object>{{},
                                                              {{"wantErr", false}},
                                                              {{"expect", "accept"}},
                                                              {{"expect", "parse"}},
                                                              {{"result", "valid"}}}) {
    EXPECT_EQ(verdict_on(kKey, marker), Verdict::passed);
    EXPECT_EQ(verdict_on(kBadKey, marker), Verdict::failed);
  }
}

TEST(Markers, WhatMustFailFailsWhenItIsAccepted) {
  for (const json::object& marker : std::vector<json::object>{{{"wantErr", true}},
                                                              {{"expect", "reject"}},
                                                              {{"expect", "refuse"}},
                                                              {{"expect", "reject-last"}},
                                                              {{"result", "invalid"}}}) {
    EXPECT_EQ(verdict_on(kKey, marker), Verdict::failed);
    EXPECT_EQ(verdict_on(kBadKey, marker), Verdict::passed);
  }
}

TEST(Markers, AcceptableIsEither) {
  EXPECT_EQ(verdict_on(kKey, {{"result", "acceptable"}}), Verdict::passed);
  EXPECT_EQ(verdict_on(kBadKey, {{"result", "acceptable"}}), Verdict::passed);
}

TEST(Forms, UnknownFieldsAreFailuresAndDescriptionsAreNot) {
  EXPECT_THAT(failure({{"verdict", "accept"}}), testing::HasSubstr("verdict: unknown field"));
  EXPECT_EQ(verdict_on(kKey, {{"id", "x"}, {"comment", "y"}, {"source", "z"}}), Verdict::passed);
}

TEST(Forms, AMissingOrMistypedFieldIsAFailureWhateverTheMarkerSays) {
  for (const json::object& fields :
       std::vector<json::object>{{{"expect", "reject"}}, {{"expect", "reject"}, {"vkey", 7}}}) {
    EXPECT_EQ(run("v", fields, vkey).front().verdict, Verdict::failed);
  }
  const json::object proof = {{"leafIdx", 0},   {"treeSize", -1},   {"root", ""},
                              {"leafHash", ""}, {"proof", nullptr}, {"wantErr", true}};
  EXPECT_EQ(run("v", proof, inclusion).front().verdict, Verdict::failed);
  EXPECT_EQ(run("v", json::array{}, vkey).front().verdict, Verdict::failed);
}

TEST(Forms, AHashThatIsNoneIsRefusedNotUnknown) {
  const json::object proof = {{"leafIdx", 0},   {"treeSize", 1},    {"root", ""},
                              {"leafHash", ""}, {"proof", nullptr}, {"wantErr", true}};
  EXPECT_EQ(run("v", proof, inclusion).front().verdict, Verdict::passed);
}

TEST(Algorithms, AForeignOneIsNotApplicableOnlyWhereItMustSucceed) {
  EXPECT_EQ(verdict_on(kEcdsaKey, {}), Verdict::not_applicable);
  EXPECT_EQ(of_key(kEcdsaKey, {}).front().why, kNoEcdsa);
  EXPECT_EQ(verdict_on(kEcdsaKey, {{"expect", "reject"}}), Verdict::passed);
}

TEST(Algorithms, AProofAboutAPartOfATreeIsNotApplicableInItsKnownFormAlone) {
  const json::object leaf = {{"leafIdx", 4},   {"start", 4},       {"end", 8},       {"root", ""},
                             {"leafHash", ""}, {"proof", nullptr}, {"wantErr", true}};
  const json::object part = {{"start", 4},  {"end", 8},         {"size", 9},       {"root1", ""},
                             {"root2", ""}, {"proof", nullptr}, {"wantErr", false}};
  for (json::object vector : {leaf, part}) {
    EXPECT_EQ(run("v", vector, subtree).front().why, kNoSubtree);
    EXPECT_EQ(run("v", vector, subtree).front().verdict, Verdict::not_applicable);
    vector["end"] = "8";
    EXPECT_EQ(run("v", vector, subtree).front().verdict, Verdict::failed);
  }
}

TEST(Algorithms, ANoteWithAForeignKeyBesideOursIsJudgedInOurPart) {
  const std::string good =
      "This is an example message.\n\n\xe2\x80\x94 example.com/foo "
      "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
      "\n";
  const json::object both = {{"note", good}, {"vkeys", json::array{kKey, kEcdsaKey}}};
  const auto outcomes = run("v", both, note);
  ASSERT_EQ(outcomes.size(), 2u);
  EXPECT_EQ(outcomes[0].verdict, Verdict::passed);
  EXPECT_EQ(outcomes[1].verdict, Verdict::not_applicable);
  const json::object changed = {{"note", "t" + good.substr(1)}, {"vkeys", json::array{kKey}}};
  EXPECT_EQ(run("v", changed, note).front().verdict, Verdict::failed);
  const json::object foreign = {{"note", good}, {"vkeys", json::array{kEcdsaKey}}};
  EXPECT_EQ(run("v", foreign, note).front().verdict, Verdict::not_applicable);
  const json::object must_fail = {
      {"note", good}, {"vkeys", json::array{kKey, kEcdsaKey}}, {"expect", "reject"}};
  EXPECT_EQ(run("v", must_fail, note).front().verdict, Verdict::not_applicable);
}

TEST(Dsse, TheExampleOfTheSpecificationHasItsPaeAndNoOther) {
  const json::object vector = {
      {"payloadType", "http://example.com/HelloWorld"},
      {"payload", "aGVsbG8gd29ybGQ="},
      {"pae_hex",
       "44535345763120323920687474703a2f2f6578616d706c652e636f6d2f48656c6c6f576f726c6420313120"
       "68656c6c6f20776f726c64"}};
  EXPECT_EQ(run("v", vector, dsse).front().verdict, Verdict::passed);
  for (const char* field : {"payloadType", "pae_hex"}) {
    json::object bad = vector;
    json::string& text = bad[field].as_string();
    text.back() = text.back() == '4' ? '5' : '4';
    EXPECT_EQ(run("v", bad, dsse).front().verdict, Verdict::failed) << field;
  }
}

json::object wycheproof_file(const char* algorithm, const char* type, json::object test) {
  const json::object group = {{"type", type}, {"tests", json::array{std::move(test)}}};
  return {{"algorithm", algorithm}, {"numberOfTests", 1}, {"testGroups", json::array{group}}};
}

std::vector<Outcome> run_file(const json::object& file) {
  const json::value value = file;
  return wycheproof("f", *Fields::of(value));
}

TEST(Wycheproof, AnUnknownPrimitiveIsAFailureAndAForeignOneIsNot) {
  const json::object test = {{"tcId", 1}, {"result", "valid"}};
  EXPECT_EQ(run_file(wycheproof_file("XCHACHA20-POLY1305", "AeadTest", test)).front().verdict,
            Verdict::failed);
  EXPECT_EQ(run_file(wycheproof_file("XDH", "XdhPemComp", test)).front().verdict, Verdict::failed);
  for (const char* algorithm : {"AES-GCM", "ECDSA", "ML-DSA-44"}) {
    EXPECT_EQ(run_file(wycheproof_file(algorithm, "any", test)).front().verdict,
              Verdict::not_applicable);
  }
  const json::object unmarked = {{"tcId", 1}, {"result", "perhaps"}};
  EXPECT_EQ(run_file(wycheproof_file("AES-GCM", "any", unmarked)).front().verdict, Verdict::failed);
}

TEST(Wycheproof, AFileWithFewerTestsThanItSaysIsAFailure) {
  json::object file = wycheproof_file("AES-GCM", "any", {{"tcId", 1}, {"result", "valid"}});
  file["numberOfTests"] = 2;
  const auto outcomes = run_file(file);
  EXPECT_EQ(outcomes.back().verdict, Verdict::failed);
  EXPECT_THAT(outcomes.back().why, testing::HasSubstr("2 stated, 1 found"));
}

}  // namespace
}  // namespace regions::vectors
