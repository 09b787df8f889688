// An exported log made in memory, file by file, so that a test can change any of them.
#pragma once

#include <map>

#include "protocol/base/ids.h"
#include "protocol/crypto/sha256.h"
#include "protocol/evidence/export_verifier.h"
#include "protocol/log/checkpoint.h"
#include "protocol/log/tile.h"
#include "protocol/log/tree.h"
#include "tests/protocol/roster/founding.h"
#include "tests/protocol/statement/sample_statements.h"

namespace regions {

class MemoryFiles final : public ExportedFiles {
 public:
  std::vector<std::string> list() const override {
    std::vector<std::string> paths;
    for (const auto& [path, bytes] : files) paths.push_back(path);
    return paths;
  }
  Result<Bytes> read(const std::string& path, std::size_t bytes_max) const override {
    const auto at = files.find(path);
    if (at == files.end()) return fail(Errc::io, "gone");
    if (at->second.size() > bytes_max) return fail(Errc::too_large, "too long");
    return at->second;
  }

  std::map<std::string, Bytes> files;
};

// The log of member ES of a federation of three. It begins with its two adoptions; write() makes
// the files of what was appended so far.
class ExportedLog {
 public:
  ExportedLog() {
    KeysetAdopted keyset{{}, 1, key_set_.digest()};
    keyset.header = header(AudienceKind::federation);
    append(keyset);
    RosterAdopted roster{{}, 1, roster_.digest()};
    roster.header = header(AudienceKind::federation);
    append(roster);
  }

  // A header for the next entry.
  Header header(AudienceKind audience) const {
    Header header;
    header.federation = roster_.federation();
    header.author = "ES";
    header.sequence = entries.size();
    header.issued_at = kFoundingTime + 60 * entries.size();
    header.audience.kind = audience;
    if (audience == AudienceKind::named) header.audience.members = {"PT16"};
    header.blind = sha256(std::to_string(entries.size()));
    return header;
  }
  Release release(AudienceKind audience = AudienceKind::federation) const {
    Release release = sample_release();
    release.header = header(audience);
    return release;
  }

  void append(const Statement& statement) {
    const UnverifiedEnvelope envelope = envelope_of(statement, keys().of(Role::statement));
    append(envelope, entry_of(statement, statement_id(envelope.payload_type, envelope.payload)));
  }
  void append(const UnverifiedEnvelope& envelope, Entry entry) {
    entry.statement = statement_id(envelope.payload_type, envelope.payload);
    envelopes["envelope/" + entry.statement.hex() + ".dsse"] = encode_envelope(envelope);
    entries.push_back(encode(entry));
  }

  MemoryFiles write() const {
    MemoryFiles out;
    out.files = envelopes;
    out.files["roster/1.dsse"] = encode_envelope(roster_envelope_);
    out.files["keyset/1.dsse"] = encode_envelope(founding_.signed_key_set("ES"));
    out.files["vkey"] = encode_vkey({origin(), keys().of(Role::log).public_key()}) + "\n";
    std::vector<Digest> hashes;
    CompactTree tree;
    for (const Bytes& entry : entries) {
      hashes.push_back(leaf_hash(entry));
      tree.append(hashes.back());
    }
    out.files["checkpoint"] =
        sign_checkpoint({origin(), entries.size(), tree.root()}, keys().of(Role::log));
    for (unsigned level = 0; !hashes.empty(); ++level) {
      std::vector<Digest> above;
      for (std::size_t from = 0; from < hashes.size(); from += 256) {
        const std::size_t width = std::min<std::size_t>(256, hashes.size() - from);
        Bytes tile;
        CompactTree subtree;
        for (std::size_t i = from; i < from + width; ++i) {
          tile += hashes[i].view();
          subtree.append(hashes[i]);
        }
        if (width == 256) above.push_back(subtree.root());
        out.files[tile_path({level, from / 256, static_cast<unsigned>(width)})] = tile;
        if (level > 0) continue;
        const auto begin = entries.begin() + static_cast<std::ptrdiff_t>(from);
        out.files[bundle_path(from / 256, static_cast<unsigned>(width))] =
            encode_bundle({begin, begin + static_cast<std::ptrdiff_t>(width)});
      }
      hashes = std::move(above);
    }
    return out;
  }

  std::string origin() const { return log_origin(roster_.name(), roster_.federation(), "ES", 1); }
  const MemberKeys& keys() const { return founding_.keys.at("ES"); }
  Anchor anchor() const { return {roster_.digest(), std::nullopt}; }
  const VerifiedRoster& roster() const { return roster_; }
  const Founding& founding() const { return founding_; }

  std::vector<Bytes> entries;
  std::map<std::string, Bytes> envelopes;

 private:
  Founding founding_{{"DE24", "ES", "PT16"}};
  UnverifiedEnvelope roster_envelope_ = founding_.signed_by_all();
  VerifiedRoster roster_ = std::move(*open_genesis(roster_envelope_));
  VerifiedKeySet key_set_ = std::move(*open_keyset(founding_.signed_key_set("ES"), roster_));
};

}  // namespace regions
