// The forms of vectors in JSON: each reads the fields of one vector and hands them to the product's
// own code. An error means that the form is not known; what the product said is in the Attempt.
#pragma once

#include "ops/vectors/fields.h"

namespace regions::vectors {

using Form = Result<Attempt> (*)(Fields& fields);

// transparency-dev/merkle testdata.
Result<Attempt> inclusion(Fields& fields);
Result<Attempt> consistency(Fields& fields);
// The same of a part [start, end) of a tree.
Result<Attempt> subtree(Fields& fields);
// C2SP signed-note: a note with keys, and a key alone.
Result<Attempt> note(Fields& fields);
Result<Attempt> vkey(Fields& fields);
// DSSE: the PAE, and signatures where their algorithm is ours.
Result<Attempt> dsse(Fields& fields);
// Formats that the product does not read yet; their form is checked all the same.
Result<Attempt> tlog_proof(Fields& fields);
Result<Attempt> tlog_policy(Fields& fields);
Result<Attempt> rotation(Fields& fields);

// The whole of rfc6962/tree-hashes.json, each stated hash a vector; of a file of C2SP Wycheproof,
// each of its tests. `file` begins the names.
std::vector<Outcome> tree_hashes(const std::string& file, Fields fields);
std::vector<Outcome> wycheproof(const std::string& file, Fields fields);

// Reads marker and form of one vector and judges it.
std::vector<Outcome> run(const std::string& name, const boost::json::value& vector, Form form);

// Why a part of a vector is left out.
inline constexpr const char* kNoEcdsa = "ECDSA: the product signs and verifies Ed25519 alone";
inline constexpr const char* kNoMlDsa = "ML-DSA: the product signs and verifies Ed25519 alone";
inline constexpr const char* kNoAesGcm = "AES-GCM: the product seals with ChaCha20-Poly1305 alone";
inline constexpr const char* kNoSubtree =
    "proofs about parts of a tree: the product's logs prove whole trees alone";
inline constexpr const char* kNoCosignature =
    "cosignatures (signature type 4): they come with witnesses and evidence";
inline constexpr const char* kNoTlogProof = "tlog-proof: the format comes with evidence";
inline constexpr const char* kNoTlogPolicy = "tlog-policy: the format comes with evidence";
inline constexpr const char* kNoRotation =
    "a second version of a roster: roster chains come with evidence";

}  // namespace regions::vectors
