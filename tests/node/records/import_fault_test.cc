// The import when its store, source or reject file fails at any moment: it is made again, and ends
// in the same state as one that nothing happened to.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/node/records/import_support.h"
#include "tests/support/fault_store.h"
#include "tests/support/memory_store.h"

namespace regions {
namespace {

struct File {
  RecordKind kind;
  ImportRole role;
  std::string text;
};

// Three files that touch one another: stubs, corrections of places, versions, both roles.
std::vector<File> files() {
  std::string own = kCooperationHeader, corrected = kCooperationHeader,
              partner = kCooperationHeader;
  for (int i = 0; i < 24; ++i) {
    const std::string id = "c" + std::to_string(i), firm = "e" + std::to_string(i % 7);
    const std::string actor = ",a" + std::to_string(i % 5) + ",HES,DE,DE80,";
    own += id + "," + firm + ",PRC," + (i % 3 == 0 ? "" : "PT16") + actor +
           "2014-01-01,2016-01-01,robotics,1,1\n";
    corrected += id + "," + (i % 4 == 0 ? "e9" : firm) + ",PRC," + (i % 5 == 0 ? "PT16E" : "PT16") +
                 actor + (i % 6 == 0 ? "," : "2014-01-01,") + "2016-01-01,robotics,1,1\n";
    partner += "p" + id + ",f" + std::to_string(i % 4) + ",PRC,DE24" + actor +
               "2014-01-01,2016-01-01,,,\n";
  }
  return {{RecordKind::cooperation, ImportRole::own, own},
          {RecordKind::organisation, ImportRole::own,
           kOrganisationHeader + "e1,One,SME,PT16,X,PT,C,small\na1,Uni,HES,,X,PT,,\n" +
               "e2,Two,PRC,,X,PT,,\ne3,Three,PRC,PT16,X,PT,D,\n"},
          {RecordKind::cooperation, ImportRole::partner, partner},
          {RecordKind::cooperation, ImportRole::own, corrected}};
}

Result<void> import_all(Store& store, const std::vector<File>& all, std::size_t from) {
  ImportBench bench(store, territory_of("PT16", {"DE24"}));
  for (std::size_t i = from; i < all.size(); ++i) {
    TRY_VOID(bench.import(text_source(all[i].text), all[i].kind, all[i].role, 5));
  }
  return {};
}

class ImportFault : public testing::TestWithParam<FaultStore::Flavour> {};

TEST_P(ImportFault, FailureOfAnyOperationLeavesAnImportThatCanBeMadeAgain) {
  const auto all = files();
  MemoryStore untouched;
  ASSERT_OK(import_all(untouched, all, 0));
  bool failed = true;
  std::uint64_t tried = 0;
  for (; failed; ++tried) {
    MemoryStore memory;
    FaultStore store(memory);
    store.fail_at(tried + 1, GetParam());
    // File by file, as a caller would: the one that failed is made again.
    failed = false;
    for (const auto& file : all) {
      auto result = import_all(store, {file}, 0);
      if (!result) {
        failed = true;
        EXPECT_EQ(result.error().code, Errc::io);
        ASSERT_OK(import_all(store, {file}, 0));
      }
    }
    ASSERT_EQ(memory.contents(), untouched.contents()) << "operation " << tried + 1;
  }
  EXPECT_GT(tried, 90u);  // the loop met reads and commits of every file
}

INSTANTIATE_TEST_SUITE_P(Flavours, ImportFault,
                         testing::Values(FaultStore::Flavour::not_applied,
                                         FaultStore::Flavour::applied),
                         [](const auto& flavour) {
                           return flavour.param == FaultStore::Flavour::applied
                                      ? std::string("Applied")
                                      : std::string("NotApplied");
                         });

TEST(ImportFaults, CountsAreThoseOfAFullScanAfterEveryFile) {
  MemoryStore store;
  ImportBench bench(store, territory_of("PT16", {"DE24"}));
  for (const auto& file : files()) {
    ASSERT_OK(bench.import(text_source(file.text), file.kind, file.role, 7));
    struct Scan : RecordVisitor {
      records::Counts counts;
      records::Enterprise at;
      Result<void> enterprise(const records::Enterprise& enterprise) override {
        if (!is_own(enterprise)) {
          counts.set_partner_enterprises(counts.partner_enterprises() + 1);
          return {};
        }
        counts.set_enterprises(counts.enterprises() + 1);
        const bool nace = enterprise.states_size() > 0 && !enterprise.states(0).nace().empty();
        counts.set_known_nace(counts.known_nace() + nace);
        const bool unknown = home_on(enterprise, 1 << 30) == records::HOME_UNKNOWN;
        counts.set_unknown_place(counts.unknown_place() + unknown);
        return {};
      }
      Result<void> cooperation(const CooperationView& row) override {
        const bool own = row.role == records::ROLE_OWN;
        counts.set_own_cooperations(counts.own_cooperations() + own);
        counts.set_partner_cooperations(counts.partner_cooperations() + !own);
        const bool undated = own && (!row.start || !row.end);
        counts.set_undated(counts.undated() + undated);
        return {};
      }
    } scan;
    ASSERT_OK(walk(bench.records.reader(), scan));
    scan.counts.set_actors(
        static_cast<int>(store.contents()[static_cast<int>(Area::actors)].size()));
    EXPECT_EQ(scan.counts.SerializeAsString(), bench.counts().SerializeAsString());
  }
}

TEST(ImportFaults, SourceThatFailsIsAnErrorAndTheRestComesNextTime) {
  const auto file = files()[0];
  MemoryStore store;
  ImportBench bench(store, territory_of("PT16", {}));
  std::size_t at = 0;
  ByteSource failing = [&](char* out, std::size_t) -> Result<std::size_t> {
    if (at > file.text.size() / 2) return fail(Errc::io, "cable pulled");
    return at += file.text.copy(out, 100, at), std::size_t{100};
  };
  EXPECT_THAT(bench.import(failing, file.kind, file.role, 5), IsErr(Errc::io));
  EXPECT_GT(bench.counts().own_cooperations(), 0);
  ASSERT_OK_AND(auto rest, bench.import(text_source(file.text), file.kind, file.role, 5));
  EXPECT_GT(rest.unchanged, 0u);
  EXPECT_EQ(bench.counts().own_cooperations(), 24);
}

TEST(RejectFile, IsReadableByItsOwnerAloneAndValidUtf8) {
  std::string folder = (std::filesystem::temp_directory_path() / "regions-rejects-XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const auto path = std::filesystem::path(folder) / "rejects.csv";
  std::ofstream(path) << "an older file, readable by all";
  std::filesystem::permissions(path, std::filesystem::perms(0644));
  {
    ASSERT_OK_AND(auto sink, open_reject_file(path));
    ASSERT_OK(sink->add({7, "sme\"nuts", "no, code", std::string("caf\xe9 \"\0\n", 8)}));
    ASSERT_OK(sink->finish());
  }
  struct stat found {};
  ASSERT_EQ(::stat(path.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600u);
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  EXPECT_EQ(text.str(),
            "line,column,reason,record\n"
            "7,\"sme\"\"nuts\",\"no, code\",\"caf\xef\xbf\xbd \"\"\xef\xbf\xbd\n\"\n");
  EXPECT_THAT(open_reject_file(std::filesystem::path(folder) / "none" / "x"), IsErr(Errc::io));
  std::filesystem::remove_all(folder);
}

TEST(FileSource, MissingFileAndFolderAreRefused) {
  EXPECT_THAT(file_source("/nowhere/at/all.csv"), IsErr(Errc::not_found));
  EXPECT_THAT(file_source(std::filesystem::temp_directory_path()), IsErr(Errc::invalid_input));
}

}  // namespace
}  // namespace regions
