#include "protocol/evidence/export_statements.h"

#include <map>
#include <tuple>

#include "protocol/base/limits.h"
#include "protocol/evidence/export_tree.h"

namespace regions {
namespace {

std::string envelope_path(const Digest& id) { return "envelope/" + id.hex() + ".dsse"; }

ReleaseLine line_of(const Release& release, const VerifiedStatement& statement) {
  ReleaseLine line{statement.index(),
                   statement.id(),
                   release.indicator,
                   release.period,
                   release.table,
                   release.header.issued_at,
                   0,
                   0};
  for (const Cell& cell : release.cells)
    ++(cell.value ? line.cells_published : line.cells_withheld);
  return line;
}

class StatementChecker {
 public:
  StatementChecker(ExportReader& reader, const VerifiedRoster& roster,
                   const VerifiedKeySet& key_set, std::uint64_t size, Report& report)
      : reader_(reader),
        roster_(roster),
        key_set_(key_set),
        judge_(key_set.judge()),
        size_(size),
        report_(report) {}

  void entry(std::uint64_t index, const Bytes& bytes) {
    const std::string place = place_of_entry(index, size_);
    const auto entry = decode_entry(bytes);
    if (!entry) {
      not_decoded(place, bytes, entry.error());
      // What comes after the beginning may be unknown, the beginning itself may not.
      if (index < 2) reader_.invalid(place, "must adopt key set 1 or roster 1");
      return;
    }
    if (entry->sequence != index) reader_.invalid(place, "its sequence is not its place");
    const std::string path = envelope_path(entry->statement);
    if (reader_.has(path)) {
      envelope(path, bytes, index);
    } else if (entry->audience == AudienceKind::named && index >= 2) {
      ++report_.not_disclosed;
    } else {
      reader_.invalid(path, "missing: the payload of " + place);
    }
  }

 private:
  // An entry that this build cannot read; the envelope of a v1 entry is known by its digest.
  void not_decoded(const std::string& place, const Bytes& bytes, const Error& error) {
    if (error.code != Errc::unsupported) {
      reader_.invalid(place, error);
      return;
    }
    ++report_.not_understood;
    constexpr char kVersion = 1;
    constexpr std::size_t kStatementAt = kEntryBytes - kHashBytes;
    if (bytes.front() != kVersion) return;
    const auto id = Digest::from_bytes(bytes.substr(kStatementAt), "statement");
    const std::string path = envelope_path(*id);
    if (!reader_.has(path)) return;
    const auto read = decoded(path);
    if (read && statement_id(read->payload_type, read->payload) != *id) {
      reader_.invalid(path, "is not the envelope that its name says");
    }
  }

  std::optional<UnverifiedEnvelope> decoded(const std::string& path) {
    const auto bytes = reader_.take(path, kEnvelopeBytesMax);
    if (!bytes) return std::nullopt;
    auto envelope = decode_envelope(*bytes);
    if (!envelope) {
      reader_.invalid(path, envelope.error());
      return std::nullopt;
    }
    return std::move(*envelope);
  }

  void envelope(const std::string& path, const Bytes& entry, std::uint64_t index) {
    const auto read = decoded(path);
    // By whom the rest is to be judged, stands in documents that this build cannot read.
    if (!read || rules_unknown_) return;
    const auto opened = open(*read, entry, index, judge_);
    if (!opened) {
      reader_.invalid(path, opened.error());
      return;
    }
    if (index == 0 && !std::holds_alternative<KeysetAdopted>(opened->statement())) {
      reader_.invalid(path, "entry 0 does not adopt key set 1");
    }
    if (index == 1 && !std::holds_alternative<RosterAdopted>(opened->statement())) {
      reader_.invalid(path, "entry 1 does not adopt roster 1");
    }
    std::visit([&](const auto& value) { statement(path, value, *opened); }, opened->statement());
  }

  void statement(const std::string& path, const Release& release, const VerifiedStatement& opened) {
    ++report_.payloads_verified;
    judge(path, release, opened.id());
    report_.releases.push_back(line_of(release, opened));
  }
  void statement(const std::string&, const Withdrawal&, const VerifiedStatement&) {
    ++report_.payloads_verified;
  }
  void statement(const std::string&, const NotUnderstood&, const VerifiedStatement&) {
    ++report_.not_understood;
  }
  void statement(const std::string& path, const KeysetAdopted& adopted,
                 const VerifiedStatement& opened) {
    ++report_.payloads_verified;
    adopts(path, "keyset/", adopted.number, adopted.digest, key_set_.digest(), opened.index());
  }
  void statement(const std::string& path, const RosterAdopted& adopted,
                 const VerifiedStatement& opened) {
    ++report_.payloads_verified;
    adopts(path, "roster/", adopted.version, adopted.digest, roster_.digest(), opened.index());
  }

  // What every reader must hold to, whatever its catalogue (spec/statements.md).
  void judge(const std::string& path, const Release& release, const Digest& id) {
    if (release.roster_version != roster_.version()) {
      reader_.invalid(path, "names a roster version that its log has not adopted");
    }
    if (release.claim.minimum < kClaimMinimumFloor) {
      reader_.invalid(path, "claims a minimum below " + std::to_string(kClaimMinimumFloor));
    }
    for (const Cell& cell : release.cells) {
      if (release.claim.method != "exact" || !cell.value) continue;
      if (*cell.value < static_cast<std::int64_t>(release.claim.minimum)) {
        reader_.invalid(path, "publishes a value below its own minimum");
        break;
      }
    }
    const auto key =
        std::tuple(release.definition, release.period, release.table, release.header.audience.kind);
    const auto [last, first] = last_.emplace(key, id);
    const std::optional<Digest> before = first ? std::nullopt : std::optional(last->second);
    // What is not shown may stand between two that are.
    const bool all_shown = report_.not_disclosed == 0;
    if (all_shown && release.supersedes != before) {
      reader_.invalid(path, "does not supersede the release before it of the same figure");
    }
    last->second = id;
  }

  void adopts(const std::string& path, const std::string& folder, std::uint32_t number,
              const Digest& digest, const Digest& first, std::uint64_t index) {
    const std::string what = folder + std::to_string(number) + ".dsse";
    if (number == 1) {
      if (digest != first) reader_.invalid(path, "adopts another document than " + what);
    } else if (index < 2) {
      reader_.invalid(path, "adopts " + what + " before number 1");
    } else {
      rules_unknown_ = true;
      reader_.expect(what);
      reader_.doubt(path + ": adopts " + what + ", which this verifier cannot follow; statements " +
                    "after it are not judged");
    }
  }

  ExportReader& reader_;
  const VerifiedRoster& roster_;
  const VerifiedKeySet& key_set_;
  const JudgedBy judge_;
  const std::uint64_t size_;
  Report& report_;
  bool rules_unknown_ = false;
  // By (definition, period, table, audience): the last release.
  std::map<std::tuple<Digest, std::string, std::string, AudienceKind>, Digest> last_;
};

}  // namespace

void check_statements(ExportReader& reader, const std::vector<Bytes>& entries,
                      const VerifiedRoster& roster, const VerifiedKeySet& key_set, Report& report) {
  StatementChecker checker(reader, roster, key_set, entries.size(), report);
  for (std::uint64_t index = 0; index < entries.size(); ++index) {
    // Of a broken bundle, which is noted, nothing more can be said.
    if (!entries[index].empty()) checker.entry(index, entries[index]);
  }
}

}  // namespace regions
