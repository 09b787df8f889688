#include "protocol/evidence/export_verifier.h"

#include "protocol/crypto/sha256.h"
#include "tests/protocol/evidence/exported_log.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

using testing::AnyOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

// Two adoptions, a release, a withdrawal of it, a table for named members.
ExportedLog sample() {
  ExportedLog log;
  log.append(log.release());
  Withdrawal withdrawal = sample_withdrawal();
  withdrawal.header = log.header(AudienceKind::public_audience);
  log.append(withdrawal);
  Release table = sample_table();
  table.header = log.header(AudienceKind::named);
  table.claim.method = "rounded";
  table.supersedes.reset();
  log.append(table);
  return log;
}

std::string envelope_of_entry(const ExportedLog& log, std::size_t index) {
  return "envelope/" + to_hex(log.entries[index].substr(24)) + ".dsse";
}

void expect_invalid(const MemoryFiles& files, const ExportedLog& log, const std::string& file,
                    const std::string& why = "") {
  const Report report = verify_export(files, log.anchor());
  EXPECT_EQ(report.verdict, Verdict::invalid);
  EXPECT_THAT(report.reasons, Contains(testing::AllOf(StartsWith(file), HasSubstr(why))));
}

TEST(Export, AnEmptyFolderIsInvalid) {
  const Report report = verify_export(MemoryFiles(), {});
  EXPECT_EQ(report.verdict, Verdict::invalid);
  EXPECT_THAT(report.reasons, ElementsAre("roster/1.dsse: missing"));
}

TEST(Export, EveryMissingFileIsNamed) {
  const ExportedLog log = sample();
  const MemoryFiles whole = log.write();
  for (const auto& [path, bytes] : whole.files) {
    if (path == envelope_of_entry(log, 4)) continue;  // for named members: may be absent
    MemoryFiles without = whole;
    without.files.erase(path);
    expect_invalid(without, log, path, "missing");
  }
}

// What its author signs against the rules is as invalid to an auditor as to a peer.
TEST(Export, AReleaseThatBreaksARuleIsInvalid) {
  const auto expect_broken = [](const Release& broken, const std::string& why) {
    ExportedLog log = sample();
    Release release = broken;
    release.header = log.header(AudienceKind::federation);
    log.append(release);
    expect_invalid(log.write(), log, envelope_of_entry(log, log.entries.size() - 1), why);
  };
  const ExportedLog log = sample();
  Release other = log.release();
  other.period = "2018";
  Release few = other, low = other, early = other;
  few.cells[0].value = 2;
  low.claim.minimum = 1;
  early.roster_version = 9;
  expect_broken(few, "below its own minimum");
  expect_broken(low, "claims a minimum below 3");
  expect_broken(early, "roster version");
  expect_broken(log.release(), "does not supersede");
}

TEST(Export, ASuccessorThatNamesTheReleaseBeforeItIsValid) {
  ExportedLog log = sample();
  Release second = log.release();
  second.supersedes = Digest::from_bytes(ByteView(log.entries[2]).substr(24), "entry").value();
  log.append(second);
  EXPECT_EQ(verify_export(log.write(), log.anchor()).verdict, Verdict::valid);
}

TEST(Export, EveryAddedFileIsNamed) {
  const ExportedLog log = sample();
  for (const std::string path :
       {"x", "roster/2.dsse", "keyset/2.dsse", "tile/0/000", "tile/0/000.p/4", "tile/1/000.p/1",
        "tile/entries/000.p/4", "envelope/x.dsse", "checkpoint~", "envelope/"}) {
    MemoryFiles more = log.write();
    more.files[path] = "x";
    expect_invalid(more, log, path, "not a file of this export");
  }
  MemoryFiles more = log.write();
  more.files["\x1b[2J\n"] = "x";
  expect_invalid(more, log, "\\x1b[2J\\x0a", "not a file of this export");
}

TEST(Export, EveryChangedByteIsFoundAndItsFileNamed) {
  const ExportedLog log = sample();
  const MemoryFiles whole = log.write();
  for (const auto& [path, bytes] : whole.files) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      MemoryFiles changed = whole;
      char& byte = changed.files[path][i];
      byte = static_cast<char>(byte ^ (1 << (i % 8)));
      const Report report = verify_export(changed, log.anchor());
      ASSERT_EQ(report.verdict, Verdict::invalid) << path << " byte " << i;
      ASSERT_THAT(report.reasons, Contains(HasSubstr(path))) << path << " byte " << i;
    }
  }
}

TEST(Export, EveryCutFileIsFound) {
  const ExportedLog log = sample();
  const MemoryFiles whole = log.write();
  for (const auto& [path, bytes] : whole.files) {
    for (std::size_t length = 0; length < bytes.size(); length += 7) {
      MemoryFiles cut = whole;
      cut.files[path].resize(length);
      EXPECT_EQ(verify_export(cut, log.anchor()).verdict, Verdict::invalid) << path << length;
    }
  }
}

TEST(Export, WithoutAnAnchorTheBestVerdictIsIndeterminate) {
  const ExportedLog log = sample();
  Report report = verify_export(log.write(), {});
  EXPECT_EQ(report.verdict, Verdict::indeterminate);
  EXPECT_THAT(report.reasons, ElementsAre("no trust anchor"));
  MemoryFiles changed = log.write();
  changed.files["checkpoint"][3] = 'x';
  report = verify_export(changed, {});
  EXPECT_EQ(report.verdict, Verdict::invalid);
  EXPECT_THAT(report.reasons, Contains("no trust anchor"));
}

TEST(Export, AWrongAnchorIsInvalid) {
  const ExportedLog log = sample();
  Founding stranger({"DE24", "ES", "PT16"});
  stranger.charter.random.bytes.fill(9);
  stranger.seal_charter();
  const Bytes other = encode_envelope(stranger.signed_by_all());
  for (const Anchor& anchor : {Anchor{sha256("x"), std::nullopt}, Anchor{std::nullopt, other},
                               Anchor{log.roster().digest(), other},
                               Anchor{sha256("x"), log.write().files["roster/1.dsse"]}}) {
    const Report report = verify_export(log.write(), anchor);
    EXPECT_EQ(report.verdict, Verdict::invalid);
    EXPECT_THAT(report.reasons, ElementsAre(StartsWith("roster/1.dsse")));
  }
  const Report broken = verify_export(log.write(), {std::nullopt, "junk"});
  EXPECT_EQ(broken.verdict, Verdict::invalid);
  EXPECT_THAT(broken.reasons, ElementsAre(StartsWith("trust anchor")));
}

TEST(Export, UnderItsAnchorASoundLogIsValid) {
  const ExportedLog log = sample();
  MemoryFiles files = log.write();
  for (const Anchor& anchor : {log.anchor(), Anchor{std::nullopt, files.files["roster/1.dsse"]},
                               Anchor{log.roster().digest(), files.files["roster/1.dsse"]}}) {
    const Report report = verify_export(files, anchor);
    EXPECT_EQ(report.verdict, Verdict::valid);
    EXPECT_THAT(report.reasons, IsEmpty());
  }
  const Report report = verify_export(files, log.anchor());
  EXPECT_EQ(report.federation, "north-south");
  EXPECT_EQ(report.genesis, log.roster().digest());
  EXPECT_EQ(report.roster_version, 1U);
  EXPECT_EQ(report.member, "ES");
  EXPECT_EQ(report.origin, log.origin());
  EXPECT_EQ(report.size, 5U);
  EXPECT_EQ(report.payloads_verified, 5U);
  EXPECT_EQ(report.not_disclosed, 0U);
  ASSERT_EQ(report.releases.size(), 2U);
  EXPECT_EQ(report.releases[0].indicator, "ENT-COOP");
  EXPECT_EQ(report.releases[0].period, "2017");
  EXPECT_EQ(report.releases[0].index, 2U);
  EXPECT_EQ(report.releases[0].cells_published, 1U);
  EXPECT_EQ(report.releases[1].cells_published, 3U);
  EXPECT_EQ(report.releases[1].cells_withheld, 1U);
}

TEST(Export, ANamedPayloadMayBeAbsent) {
  const ExportedLog log = sample();
  MemoryFiles files = log.write();
  files.files.erase(envelope_of_entry(log, 4));
  const Report report = verify_export(files, log.anchor());
  EXPECT_EQ(report.verdict, Verdict::valid);
  EXPECT_EQ(report.not_disclosed, 1U);
  EXPECT_EQ(report.payloads_verified, 4U);
  EXPECT_EQ(report.releases.size(), 1U);
}

TEST(Export, ALogWithoutEntriesIsValid) {
  ExportedLog log;
  log.entries.clear();
  log.envelopes.clear();
  EXPECT_EQ(verify_export(log.write(), log.anchor()).verdict, Verdict::valid);
}

TEST(Export, ALogBeginsWithItsAdoptions) {
  {
    ExportedLog log;
    log.entries.clear();
    log.envelopes.clear();
    log.append(log.release());
    log.append(log.release());
    expect_invalid(log.write(), log, envelope_of_entry(log, 0), "does not adopt key set 1");
    expect_invalid(log.write(), log, envelope_of_entry(log, 1), "does not adopt roster 1");
  }
  ExportedLog log;
  const ExportedLog sound;
  log.entries.clear();
  log.envelopes.clear();
  log.append(KeysetAdopted{log.header(AudienceKind::federation), 1, sha256("other")});
  log.append(RosterAdopted{log.header(AudienceKind::federation), 2, log.roster().digest()});
  expect_invalid(log.write(), log, envelope_of_entry(log, 0), "another document");
  expect_invalid(log.write(), log, envelope_of_entry(log, 1), "before number 1");
}

TEST(Export, AStatementByAnotherKeyOrOutOfPlaceIsInvalid) {
  ExportedLog log;
  const Release release = log.release();
  const UnverifiedEnvelope forged = envelope_of(release, log.keys().of(Role::log));
  log.append(forged, entry_of(release, {}));
  Release early = log.release();
  early.header.sequence = 17;
  log.append(early);
  Release again = log.release();
  log.append(again);
  log.entries.push_back(log.entries.back());
  const MemoryFiles files = log.write();
  expect_invalid(files, log, envelope_of_entry(log, 2), "bad_signature");
  expect_invalid(files, log, "tile/entries/000.p/6: entry 3", "sequence");
  expect_invalid(files, log, envelope_of_entry(log, 3), "mismatch");
  expect_invalid(files, log, "tile/entries/000.p/6: entry 5", "sequence");
}

TEST(Export, AnEntryThatIsNotOfTheFormatIsInvalid) {
  ExportedLog log = sample();
  log.entries.push_back(log.entries.back());
  log.entries.back()[3] = 1;  // a reserved byte
  expect_invalid(log.write(), log, "tile/entries/000.p/6: entry 5", "malformed");
}

TEST(Export, WhatIsNotUnderstoodIsCountedAndNoFault) {
  ExportedLog log;
  Entry entry{EntryKind::measure, AudienceKind::federation, 2, kFoundingTime, {}};
  log.append(envelope_of(payload_type_for("measure"), "\x08\x01", log.keys().of(Role::statement)),
             entry);
  // A kind of entry and a version of entries that are still to come.
  log.append(envelope_of(payload_type_for("poll"), "\x08\x01", log.keys().of(Role::statement)),
             entry);
  log.entries.back()[1] = 77;
  log.entries.push_back(Bytes(56, 2));
  Report report = verify_export(log.write(), log.anchor());
  EXPECT_EQ(report.verdict, Verdict::valid);
  EXPECT_EQ(report.not_understood, 3U);
  EXPECT_EQ(report.payloads_verified, 2U);
  MemoryFiles files = log.write();
  files.files[envelope_of_entry(log, 3)] = files.files[envelope_of_entry(log, 2)];
  expect_invalid(files, log, envelope_of_entry(log, 3), "is not the envelope");
}

TEST(Export, ALaterKeySetLeavesTheRestUnjudged) {
  ExportedLog log;
  log.append(KeysetAdopted{log.header(AudienceKind::federation), 2, sha256("next")});
  log.append(log.release());
  MemoryFiles files = log.write();
  files.files["keyset/2.dsse"] = "from the future";
  const Report report = verify_export(files, log.anchor());
  EXPECT_EQ(report.verdict, Verdict::indeterminate);
  EXPECT_THAT(report.reasons, ElementsAre(HasSubstr("keyset/2.dsse")));
  EXPECT_THAT(report.releases, IsEmpty());
}

TEST(Export, AnotherMembersDocumentsOrKeysAreInvalid) {
  const ExportedLog log = sample();
  MemoryFiles files = log.write();
  files.files["keyset/1.dsse"] = encode_envelope(log.founding().signed_key_set("PT16"));
  expect_invalid(files, log, "checkpoint");
  expect_invalid(files, log, "vkey");
  files = log.write();
  files.files["vkey"] = encode_vkey({log.origin(), log.keys().of(Role::witness).public_key()});
  expect_invalid(files, log, "vkey", "is not the log key");
  files = log.write();
  files.files["vkey"] = encode_vkey({"elsewhere", log.keys().of(Role::log).public_key()});
  expect_invalid(files, log, "vkey", "is not the log key");
}

TEST(Export, ACheckpointOfAnotherTreeIsInvalid) {
  const ExportedLog log = sample();
  MemoryFiles files = log.write();
  files.files["checkpoint"] =
      sign_checkpoint({log.origin(), 5, sha256("x")}, log.keys().of(Role::log));
  expect_invalid(files, log, "checkpoint", "is not that of the entries");
  files.files["checkpoint"] =
      sign_checkpoint({log.origin(), 5, sha256("x")}, log.keys().of(Role::witness));
  expect_invalid(files, log, "checkpoint", "bad_signature");
}

TEST(Export, AStatedSizeDecidesNoMemory) {
  const ExportedLog log = sample();
  MemoryFiles files = log.write();
  files.files["checkpoint"] = sign_checkpoint({log.origin(), std::uint64_t{1} << 60, sha256("x")},
                                              log.keys().of(Role::log));
  expect_invalid(files, log, "checkpoint", "far more than there are files for");
}

TEST(Export, ReasonsAreBounded) {
  const ExportedLog log = sample();
  MemoryFiles files = log.write();
  for (int i = 0; i < 500; ++i) files.files["extra/" + std::to_string(i)] = "x";
  const Report report = verify_export(files, log.anchor());
  EXPECT_EQ(report.reasons.size(), kExportReasonsMax + 1);
  EXPECT_EQ(report.reasons.back(), "and 400 more");
}

// Long enough for full tiles, two levels and a partial tile beside them.
class LongExport : public testing::Test {
 protected:
  LongExport() {
    while (log_.entries.size() < 700) {
      log_.entries.push_back(
          encode(Entry{EntryKind::private_kind, AudienceKind::named, log_.entries.size(),
                       kFoundingTime, sha256(std::to_string(log_.entries.size()))}));
    }
    whole_ = log_.write();
  }
  ExportedLog log_;
  MemoryFiles whole_;
};

TEST_F(LongExport, ItIsValid) {
  EXPECT_TRUE(whole_.files.contains("tile/1/000.p/2"));
  EXPECT_TRUE(whole_.files.contains("tile/0/002.p/188"));
  const Report report = verify_export(whole_, log_.anchor());
  EXPECT_EQ(report.verdict, Verdict::valid);
  EXPECT_EQ(report.not_disclosed, 698U);
}

TEST_F(LongExport, AChangeInAnyTileIsNamed) {
  for (const char* path : {"tile/0/000", "tile/0/001", "tile/0/002.p/188", "tile/1/000.p/2"}) {
    MemoryFiles changed = whole_;
    changed.files[path].back() ^= 1;
    const Report report = verify_export(changed, log_.anchor());
    EXPECT_EQ(report.verdict, Verdict::invalid);
    EXPECT_THAT(report.reasons, ElementsAre(StartsWith(path)));
  }
}

TEST_F(LongExport, AMissingBundleIsNamedAloneAndTheRestStillChecked) {
  MemoryFiles changed = whole_;
  changed.files.erase("tile/entries/001");
  changed.files["tile/0/002.p/188"].back() ^= 1;
  const Report report = verify_export(changed, log_.anchor());
  EXPECT_EQ(report.verdict, Verdict::invalid);
  EXPECT_THAT(report.reasons,
              ElementsAre("tile/entries/001: missing", StartsWith("tile/0/002.p/188")));
}

}  // namespace
}  // namespace regions
