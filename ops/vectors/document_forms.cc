// DSSE envelopes, and the formats that the product does not read yet (forms.h).
#include "ops/vectors/forms.h"
#include "protocol/crypto/base64.h"
#include "protocol/statement/dsse.h"

namespace regions::vectors {
namespace {

namespace json = boost::json;

Error unknown(std::string what) { return fail(Errc::invalid_input, std::move(what)); }

// RFC 8410: a SubjectPublicKeyInfo of Ed25519 is this and the key.
constexpr ByteView kEd25519Spki{"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", 12};

Result<PublicKey> key_from_pem(std::string_view pem) {
  constexpr std::string_view kBegin = "-----BEGIN PUBLIC KEY-----";
  constexpr std::string_view kEnd = "-----END PUBLIC KEY-----";
  const std::size_t begin = pem.find(kBegin), end = pem.find(kEnd);
  if (begin == pem.npos || end == pem.npos || end < begin) return unknown("public_key_pem: no key");
  std::string body;
  for (const char c : pem.substr(begin + kBegin.size(), end - begin - kBegin.size())) {
    if (c != '\n' && c != '\r') body += c;
  }
  const auto der = base64_decode(body);
  if (!der || !der->starts_with(kEd25519Spki)) return unknown("public_key_pem: no Ed25519 key");
  return PublicKey{Algorithm::ed25519, der->substr(kEd25519Spki.size())};
}

// One signature over `message`: verified when its algorithm is ours.
Result<Attempt> signature(Fields& fields, ByteView message, const std::optional<PublicKey>& key) {
  TRY(const Bytes bytes, fields.base64("sig"));
  TRY(const std::string_view algorithm, fields.text("algorithm"));
  fields.ignore({"format", "keyid"});
  TRY_VOID(fields.end());
  if (algorithm.starts_with("ECDSA")) return Attempt::untried(kNoEcdsa);
  if (algorithm.starts_with("ML-DSA")) return Attempt::untried(kNoMlDsa);
  if (algorithm != "Ed25519") return unknown("algorithm: unknown " + std::string(algorithm));
  if (!key) return unknown("public_key_pem: no Ed25519 key");
  return Attempt::of(verify(*key, message, bytes));
}

bool is_numbers(const json::value& value) {
  if (!value.is_array()) return false;
  for (const json::value& one : value.get_array()) {
    if (!one.is_int64() || one.get_int64() < 0) return false;
  }
  return true;
}

// "Of these keys, so many; signed by those."
Result<void> check_version(const json::value& version) {
  TRY(Fields fields, Fields::of(version));
  TRY(const std::uint64_t threshold, fields.number("threshold"));
  for (const std::string_view key : {"keys", "signed_by"}) {
    TRY(const json::array* numbers, fields.list(key));
    if (!is_numbers(*numbers)) return unknown(std::string(key) + ": key numbers expected");
  }
  TRY_VOID(fields.end());
  return threshold == 0 ? Result<void>(unknown("threshold: 0")) : Result<void>();
}

// Rows of a truth table: [who signed, whether that is a quorum].
Result<void> check_quorum_table(const json::array& rows) {
  for (const json::value& row : rows) {
    if (!row.is_array() || row.get_array().size() != 2 || !row.get_array()[0].is_array() ||
        !row.get_array()[1].is_bool()) {
      return unknown("quorum table: [signers, true or false] expected");
    }
  }
  return {};
}

}  // namespace

Result<Attempt> dsse(Fields& fields) {
  TRY(const std::string_view type, fields.text("payloadType"));
  TRY(const Bytes payload, fields.base64("payload"));
  TRY(const Bytes stated, fields.hex("pae_hex"));
  std::optional<PublicKey> key;
  if (fields.has("public_key_pem")) {
    TRY(const std::string_view pem, fields.text("public_key_pem"));
    if (auto read = key_from_pem(pem)) key = *read;
  }
  const Bytes ours = pae(type, payload);
  Attempt whole = ours == stated
                      ? Attempt::accepted()
                      : Attempt::refused(fail(Errc::mismatch, "another PAE: " + to_hex(ours)));
  if (!fields.has("signatures")) return whole;
  TRY(const json::array* signatures, fields.list("signatures"));
  for (const json::value& one : *signatures) {
    TRY(Fields inner, Fields::of(one));
    TRY(const Attempt attempt, signature(inner, ours, key));
    if (attempt.answer == Attempt::Answer::untried) whole.left_out = attempt.left_out;
    if (attempt.answer == Attempt::Answer::refused) return attempt;
  }
  // The PAE alone decides when it is wrong.
  if (whole.answer == Attempt::Answer::refused) whole.left_out.clear();
  return whole;
}

Result<Attempt> tlog_proof(Fields& fields) {
  TRY_VOID(fields.text("proof"));
  return Attempt::untried(kNoTlogProof);
}

Result<Attempt> tlog_policy(Fields& fields) {
  TRY_VOID(fields.text("policy"));
  fields.ignore({"witness_numbers"});
  for (const std::string_view key : {"quorum_table", "quorum_table_AB"}) {
    if (!fields.has(key)) continue;
    TRY(const json::array* rows, fields.list(key));
    TRY_VOID(check_quorum_table(*rows));
  }
  return Attempt::untried(kNoTlogPolicy);
}

Result<Attempt> rotation(Fields& fields) {
  TRY(const json::array* versions, fields.list("versions"));
  if (versions->empty()) return unknown("versions: none");
  for (const json::value& version : *versions) TRY_VOID(check_version(version));
  return Attempt::untried(kNoRotation);
}

std::vector<Outcome> run(const std::string& name, const json::value& vector, Form form) {
  auto fields = Fields::of(vector);
  if (!fields) return {unknown_form(name, fields.error())};
  const auto marker = fields->marker();
  if (!marker) return {unknown_form(name, marker.error())};
  const auto attempt = form(*fields);
  if (!attempt) return {unknown_form(name, attempt.error())};
  if (const auto end = fields->end(); !end) return {unknown_form(name, end.error())};
  return judge(name, *marker, *attempt);
}

}  // namespace regions::vectors
