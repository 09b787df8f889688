// C2SP Wycheproof: groups of tests of one primitive (forms.h). Fields of a file and of a group are
// those of its published schema and are not held to a list; those of a test are.
#include "ops/vectors/forms.h"
#include "protocol/base/limits.h"
#include "protocol/crypto/aead.h"
#include "protocol/crypto/ed25519.h"
#include "protocol/crypto/hkdf.h"
#include "protocol/crypto/sha256.h"
#include "protocol/crypto/x25519.h"

namespace regions::vectors {
namespace {

namespace json = boost::json;

Error unknown(std::string what) { return fail(Errc::invalid_input, std::move(what)); }

Attempt same(ByteView ours, ByteView stated) {
  if (ours == stated) return Attempt::accepted();
  return Attempt::refused(fail(Errc::mismatch, "computed " + to_hex(ours)));
}

Attempt same(const Result<Bytes>& ours, ByteView stated) {
  return ours ? same(ByteView(*ours), stated) : Attempt::refused(ours.error());
}

// A test of one group.
using Test = Result<Attempt> (*)(Fields& group, Fields& test);

Result<Attempt> eddsa(Fields& group, Fields& test) {
  TRY(Fields key, group.fields("publicKey"));
  TRY(const std::string_view curve, key.text("curve"));
  if (curve != "edwards25519") return unknown("publicKey: curve " + std::string(curve));
  TRY(const Bytes bytes, key.hex("pk"));
  TRY(const Bytes message, test.hex("msg"));
  TRY(const Bytes signature, test.hex("sig"));
  const PublicKey public_key{Algorithm::ed25519, bytes};
  // A key that no roster admits verifies nothing.
  if (const auto admitted = check_admissible(public_key); !admitted) {
    return Attempt::refused(admitted.error());
  }
  return Attempt::of(verify(public_key, message, signature));
}

Result<Attempt> aead(Fields&, Fields& test) {
  TRY(const Bytes key, test.hex("key"));
  TRY(const Bytes nonce, test.hex("iv"));
  TRY(const Bytes context, test.hex("aad"));
  TRY(const Bytes plain, test.hex("msg"));
  TRY(const Bytes sealed, test.hex("ct"));
  TRY(const Bytes tag, test.hex("tag"));
  const Attempt opened = same(unseal(key, nonce, context, sealed + tag), plain);
  if (opened.answer != Attempt::Answer::accepted) return opened;
  return same(seal(key, nonce, context, plain), sealed + tag);
}

// A group of truncated tags compares the beginning.
Result<Attempt> mac(Fields& group, Fields& test) {
  TRY(const std::uint64_t bits, group.number("tagSize"));
  TRY(const Bytes key, test.hex("key"));
  TRY(const Bytes message, test.hex("msg"));
  TRY(const Bytes tag, test.hex("tag"));
  if (bits % 8 != 0 || bits < 80 || bits > 256) return unknown("tagSize: 80 to 256 bits expected");
  return same(hmac_sha256(key, {message}).view().substr(0, bits / 8), tag);
}

Result<Attempt> hkdf(Fields&, Fields& test) {
  TRY(const Bytes secret, test.hex("ikm"));
  TRY(const Bytes salt, test.hex("salt"));
  TRY(const Bytes info, test.hex("info"));
  TRY(const std::uint64_t size, test.number("size"));
  TRY(const Bytes stated, test.hex("okm"));
  return same(hkdf_sha256(secret, salt, info, size), stated);
}

Result<Attempt> xdh(Fields& group, Fields& test) {
  TRY(const std::string_view curve, group.text("curve"));
  if (curve != "curve25519") return unknown("curve: " + std::string(curve));
  TRY(const Bytes public_key, test.hex("public"));
  TRY(const Bytes private_key, test.hex("private"));
  TRY(const Bytes stated, test.hex("shared"));
  return same(x25519(private_key, public_key), stated);
}

struct Kind {
  std::string_view algorithm;  // of the file
  std::string_view type;       // of the group
  Test test;
};
constexpr Kind kKinds[] = {{"EDDSA", "EddsaVerify", eddsa},
                           {"CHACHA20-POLY1305", "AeadTest", aead},
                           {"HMACSHA256", "MacTest", mac},
                           {"HKDF-SHA-256", "HkdfTest", hkdf},
                           {"XDH", "XdhComp", xdh}};

// Why nothing of a file of this algorithm applies; nullptr: it does.
const char* left_out(std::string_view algorithm) {
  if (algorithm == "AES-GCM") return kNoAesGcm;
  if (algorithm == "ECDSA") return kNoEcdsa;
  return algorithm.starts_with("ML-DSA") ? kNoMlDsa : nullptr;
}

Result<Test> test_of(std::string_view algorithm, Fields& group) {
  TRY(const std::string_view type, group.text("type"));
  for (const Kind& kind : kKinds) {
    if (kind.algorithm == algorithm && kind.type == type) return kind.test;
  }
  return unknown("unknown algorithm and type: " + std::string(algorithm) + ", " +
                 std::string(type));
}

struct File {
  std::string name;
  std::string_view algorithm;
  std::size_t tests = 0;
  std::vector<Outcome> outcomes;

  void add(std::vector<Outcome> more) {
    for (Outcome& one : more) outcomes.push_back(std::move(one));
  }
};

std::vector<Outcome> run_test(const std::string& name, Test test, Fields& group, Fields fields) {
  const auto marker = fields.marker();
  if (!marker) return {unknown_form(name, marker.error())};
  const auto attempt = test(group, fields);
  if (!attempt) return {unknown_form(name, attempt.error())};
  fields.ignore({"tcId", "flags"});
  if (const auto end = fields.end(); !end) return {unknown_form(name, end.error())};
  return judge(name, *marker, *attempt);
}

Result<void> run_group(File& file, const json::value& value) {
  TRY(Fields group, Fields::of(value));
  TRY(const json::array* tests, group.list("tests"));
  const char* reason = left_out(file.algorithm);
  Test test = nullptr;
  if (reason == nullptr) {
    TRY(test, test_of(file.algorithm, group));
  }
  for (const json::value& one : *tests) {
    ++file.tests;
    TRY(Fields fields, Fields::of(one));
    TRY(const std::uint64_t number, fields.number("tcId"));
    const std::string name = file.name + " " + std::to_string(number);
    if (test != nullptr) {
      file.add(run_test(name, test, group, fields));
    } else if (const auto marker = fields.marker(); !marker) {
      file.add({unknown_form(name, marker.error())});
    } else {
      file.add(judge(name, *marker, Attempt::untried(reason)));
    }
  }
  return {};
}

Result<void> run_file(File& file, Fields& fields) {
  TRY(file.algorithm, fields.text("algorithm"));
  TRY(const std::uint64_t stated, fields.number("numberOfTests"));
  TRY(const json::array* groups, fields.list("testGroups"));
  for (const json::value& group : *groups) TRY_VOID(run_group(file, group));
  if (file.tests == stated && stated > 0) return {};
  return unknown("numberOfTests: " + std::to_string(stated) + " stated, " +
                 std::to_string(file.tests) + " found");
}

}  // namespace

std::vector<Outcome> wycheproof(const std::string& name, Fields fields) {
  File file;
  file.name = name;
  if (const auto ran = run_file(file, fields); !ran) {
    file.outcomes.push_back(unknown_form(name, ran.error()));
  }
  return std::move(file.outcomes);
}

}  // namespace regions::vectors
