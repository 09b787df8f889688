#include "protocol/evidence/export_verifier.h"

#include <algorithm>

#include "protocol/base/ids.h"
#include "protocol/base/limits.h"
#include "protocol/evidence/export_reader.h"
#include "protocol/evidence/export_statements.h"
#include "protocol/evidence/export_tree.h"

namespace regions {
namespace {

constexpr const char* kRosterPath = "roster/1.dsse";
constexpr const char* kKeySetPath = "keyset/1.dsse";
constexpr const char* kCheckpointPath = "checkpoint";
constexpr const char* kVkeyPath = "vkey";
constexpr const char* kAnchorPath = "trust anchor";

template <class T>
std::optional<T> accept(ExportReader& reader, const std::string& path, Result<T> result) {
  if (!result) {
    reader.invalid(path, result.error());
    return std::nullopt;
  }
  return std::move(*result);
}

std::optional<UnverifiedEnvelope> take_envelope(ExportReader& reader, const std::string& path) {
  const auto bytes = reader.take(path, kEnvelopeBytesMax);
  if (!bytes) return std::nullopt;
  return accept(reader, path, decode_envelope(*bytes));
}

Result<Digest> genesis_of(ByteView roster_file) {
  TRY(const UnverifiedEnvelope envelope, decode_envelope(roster_file));
  TRY(const VerifiedRoster roster, open_genesis(envelope));
  return roster.digest();
}

void check_anchor(ExportReader& reader, const Anchor& anchor, const Digest& genesis) {
  if (!anchor.genesis && !anchor.roster) reader.doubt("no trust anchor");
  if (anchor.genesis && *anchor.genesis != genesis) {
    reader.invalid(kRosterPath, "its genesis fingerprint " + genesis.hex() +
                                    " is not the trusted " + anchor.genesis->hex());
  }
  if (!anchor.roster) return;
  const auto trusted = accept(reader, kAnchorPath, genesis_of(*anchor.roster));
  if (trusted && *trusted != genesis) {
    reader.invalid(kRosterPath,
                   "is not the trusted roster 1, whose fingerprint is " + trusted->hex());
  }
}

std::optional<VerifiedRoster> check_roster(ExportReader& reader, const Anchor& anchor,
                                           Report& report) {
  const auto envelope = take_envelope(reader, kRosterPath);
  if (!envelope) return std::nullopt;
  auto roster = accept(reader, kRosterPath, open_genesis(*envelope));
  if (!roster) return std::nullopt;
  report.federation = roster->name();
  report.genesis = roster->digest();
  report.roster_version = roster->version();
  report.release_plan = roster->roster().release_plan;
  check_anchor(reader, anchor, roster->digest());
  return roster;
}

void check_vkey(ExportReader& reader, const std::string& origin,
                const std::vector<PublicKey>& log_keys) {
  // Name, id and base64 of the longest key, with room to spare.
  constexpr std::size_t kVkeyBytesMax = 4096;
  auto bytes = reader.take(kVkeyPath, kVkeyBytesMax);
  if (!bytes) return;
  if (bytes->ends_with('\n')) bytes->pop_back();
  const auto vkey = accept(reader, kVkeyPath, parse_vkey(*bytes));
  if (!vkey) return;
  const bool known = std::find(log_keys.begin(), log_keys.end(), vkey->key) != log_keys.end();
  if (vkey->name != origin || !known) {
    reader.invalid(kVkeyPath, "is not the log key of " + origin + " in " + kKeySetPath);
  }
}

void check_log(ExportReader& reader, const VerifiedRoster& roster, const VerifiedKeySet& key_set,
               Report& report) {
  constexpr unsigned kFirstEpoch = 1;
  report.member = key_set.member();
  report.origin = log_origin(roster.name(), roster.federation(), key_set.member(), kFirstEpoch);
  const auto log_keys = key_set.keys_that_sign(Signable::checkpoint);
  check_vkey(reader, report.origin, log_keys);
  const auto note = reader.take(kCheckpointPath, kNoteBytesMax);
  if (!note) return;
  const auto checkpoint =
      accept(reader, kCheckpointPath, open_checkpoint(*note, report.origin, log_keys));
  if (!checkpoint) return;
  report.size = checkpoint->size;
  report.root = checkpoint->root;
  const std::vector<Bytes> entries = check_tree(reader, *checkpoint);
  check_statements(reader, entries, roster, key_set, report);
  reader.refuse_unexpected();
}

}  // namespace

Report verify_export(const ExportedFiles& files, const Anchor& anchor) {
  ExportReader reader(files);
  Report report;
  if (const auto roster = check_roster(reader, anchor, report)) {
    if (const auto envelope = take_envelope(reader, kKeySetPath)) {
      const auto key_set = accept(reader, kKeySetPath, open_keyset(*envelope, *roster));
      if (key_set) check_log(reader, *roster, *key_set, report);
    }
  }
  reader.finish(report);
  return report;
}

}  // namespace regions
