// Folders of vectors: those of others beside the checkout, and small ones made here.
#include "ops/vectors/folders.h"

#include <gmock/gmock.h>

#include <fstream>

#include "ops/vectors/forms.h"
#include "tests/node/base/temporary_folder.h"
#include "tests/support/result_matchers.h"
#include "tests/support/shared.h"

namespace regions::vectors {
namespace {

namespace fs = std::filesystem;

void write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

std::string failure_of(const fs::path& dir) {
  const auto reports = run_folders(dir);
  if (!reports) return reports.error().text();
  for (const FolderReport& report : *reports) {
    for (const Outcome& outcome : report.outcomes) {
      if (outcome.verdict == Verdict::failed) return outcome.why;
    }
  }
  return "";
}

TEST(PublishedVectors, AllThatAppliesPasses) {
  NEEDS_SHARED("vectors");
  const std::vector<std::string> reasons = {kNoEcdsa,     kNoMlDsa,      kNoAesGcm,  kNoCosignature,
                                            kNoTlogProof, kNoTlogPolicy, kNoRotation};
  ASSERT_OK_AND(const auto reports, run_folders(shared_dir() / "vectors"));
  std::size_t passed = 0;
  for (const FolderReport& report : reports) {
    passed += report.count(Verdict::passed);
    for (const Outcome& outcome : report.outcomes) {
      EXPECT_NE(outcome.verdict, Verdict::failed) << outcome.name << ": " << outcome.why;
      if (outcome.verdict == Verdict::not_applicable) {
        EXPECT_THAT(reasons, testing::Contains(outcome.why)) << outcome.name;
      }
    }
  }
  EXPECT_EQ(reports.size(), 9u);
  EXPECT_GT(passed, 1300u);
}

TEST(Folders, AnUnknownEmptyOrUnreadableOneIsAFailure) {
  const TemporaryFolder folder;
  EXPECT_THAT(run_folders(folder.path / "none"), IsErr(Errc::io));
  EXPECT_THAT(run_folders(folder.path), IsErr(Errc::not_found));
  fs::create_directories(folder.path / "merkle");
  EXPECT_THAT(failure_of(folder.path), testing::HasSubstr("no vectors"));
  write(folder.path / "merkle/0.json", "{\"leafIdx\": ");
  EXPECT_THAT(failure_of(folder.path), testing::HasSubstr("not JSON"));
  write(folder.path / "merkle/0.json", "{\"leaf\": 0}");
  EXPECT_NE(failure_of(folder.path), "");
  fs::remove_all(folder.path / "merkle");
  write(folder.path / "strange/0.json", "{}");
  EXPECT_THAT(failure_of(folder.path), testing::HasSubstr("no known folder"));
}

TEST(Folders, AListWithoutAVectorOrWithAStrangeOneIsAFailure) {
  const TemporaryFolder folder;
  const fs::path file = folder.path / "signed-note/vkeys.json";
  write(file, "{\"vectors\": []}");
  EXPECT_NE(failure_of(folder.path), "");
  write(file, "{\"vectors\": [7]}");
  EXPECT_NE(failure_of(folder.path), "");
  write(file, "{\"vectors\": {}}");
  EXPECT_NE(failure_of(folder.path), "");
  write(file, "{\"vectors\": [{\"key\": \"x\"}]}");
  EXPECT_THAT(failure_of(folder.path), testing::HasSubstr("no known form"));
  write(file, "{\"more\": [], \"vectors\": [{\"vkey\": \"x\", \"expect\": \"reject\"}]}");
  EXPECT_THAT(failure_of(folder.path), testing::HasSubstr("more: unknown field"));
  write(file, "{\"vectors\": [{\"vkey\": \"x\", \"expect\": \"reject\"}]}");
  EXPECT_EQ(failure_of(folder.path), "");
}

TEST(Folders, AStrangeFileAmongTilesIsAFailure) {
  const TemporaryFolder folder;
  write(folder.path / "tlog-tiles/strange/file", "x");
  EXPECT_THAT(failure_of(folder.path), testing::HasSubstr("neither a log nor a level"));
  fs::remove_all(folder.path / "tlog-tiles/strange");
  write(folder.path / "tlog-tiles/some-level0/000", std::string(31, 'x'));
  EXPECT_THAT(failure_of(folder.path), testing::HasSubstr("length"));
  write(folder.path / "tlog-tiles/some-level0/000", std::string(8192, 'x'));
  EXPECT_EQ(failure_of(folder.path), "");
  write(folder.path / "tlog-tiles/some-level0/0", std::string(8192, 'x'));
  EXPECT_NE(failure_of(folder.path), "");
}

}  // namespace
}  // namespace regions::vectors
