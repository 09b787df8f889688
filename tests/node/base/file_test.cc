// Files: secrets that others may read are refused, limits hold, what is written is whole.
#include "node/base/file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/node/base/temporary_folder.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

namespace fs = std::filesystem;

class FileTest : public testing::Test {
 protected:
  static unsigned mode_of(const fs::path& path) {
    struct stat info {};
    EXPECT_EQ(::stat(path.c_str(), &info), 0);
    return info.st_mode & 07777;
  }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder.path), fs::directory_iterator()));
  }
  TemporaryFolder folder;
};

TEST_F(FileTest, SecretThatOthersMayReadIsRefused) {
  const fs::path path = folder.path / "key.pem";
  ASSERT_OK(write_file(path, "secret", 0600));
  EXPECT_EQ(read_secret_file(path, 100).value(), "secret");
  for (const unsigned mode : {0640u, 0604u, 0660u, 0620u, 0601u, 0644u, 0777u}) {
    ASSERT_EQ(::chmod(path.c_str(), mode), 0);
    const auto read = read_secret_file(path, 100);
    EXPECT_THAT(read, IsErr(Errc::refused)) << std::oct << mode;
    EXPECT_THAT(read.error().context, testing::HasSubstr("chmod 600"));
  }
  ASSERT_EQ(::chmod(path.c_str(), 0400), 0);
  EXPECT_THAT(read_secret_file(path, 100), IsOk());
}

TEST_F(FileTest, MissingFileFolderOrTooLongFileIsAnError) {
  EXPECT_THAT(read_file(folder.path / "none", 10), IsErr(Errc::not_found));
  EXPECT_THAT(read_secret_file(folder.path / "none", 10), IsErr(Errc::not_found));
  EXPECT_THAT(read_file(folder.path, 10), IsErr(Errc::io));
  ASSERT_OK(write_file(folder.path / "a", "12345", 0644));
  EXPECT_THAT(read_file(folder.path / "a", 4), IsErr(Errc::too_large));
  EXPECT_EQ(read_file(folder.path / "a", 5).value(), "12345");
  EXPECT_THAT(write_file(folder.path / "none" / "b", "x", 0644), IsErr(Errc::not_found));
}

TEST_F(FileTest, ExistingFileIsNotReplacedByWriteNewFile) {
  const fs::path path = folder.path / "once";
  ASSERT_OK(write_new_file(path, "first", 0600));
  EXPECT_THAT(write_new_file(path, "second", 0600), IsErr(Errc::conflict));
  EXPECT_EQ(read_file(path, 100).value(), "first");
  fs::create_symlink(folder.path / "nowhere", folder.path / "link");
  EXPECT_THAT(write_new_file(folder.path / "link", "x", 0600), IsErr(Errc::conflict));
  EXPECT_EQ(files(), 2u);  // no temporary file is left
}

TEST_F(FileTest, WriteFileReplacesWholeAndSetsTheMode) {
  const fs::path path = folder.path / "file";
  ASSERT_OK(write_file(path, Bytes(100'000, 'a'), 0644));
  EXPECT_EQ(mode_of(path), 0644u);
  ASSERT_OK(write_file(path, "b", 0600));
  EXPECT_EQ(mode_of(path), 0600u);
  EXPECT_EQ(read_file(path, 100).value(), "b");
  ASSERT_OK(write_file(path, "", 0600));
  EXPECT_EQ(read_file(path, 100).value(), "");
  EXPECT_EQ(files(), 1u);
}

TEST_F(FileTest, ALineIsAppendedToAFileAloneAndNeverWaitsForAReader) {
  const fs::path path = folder.path / "acts", pipe = folder.path / "pipe";
  ASSERT_OK(append_line(path, "one\n", 0600));
  ASSERT_OK(append_line(path, "two\n", 0600));
  EXPECT_EQ(read_file(path, 100).value(), "one\ntwo\n");
  fs::create_symlink(path, folder.path / "link");
  EXPECT_THAT(append_line(folder.path / "link", "x\n", 0600), IsErr(Errc::io));
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_THAT(append_line(pipe, "x\n", 0600), IsErr(Errc::io));
  const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  EXPECT_THAT(append_line(pipe, "x\n", 0600), IsErr(Errc::io));
  ::close(reader);
}

TEST_F(FileTest, WriteOntoAFolderFailsAndLeavesNothing) {
  fs::create_directory(folder.path / "dir");
  EXPECT_FALSE(write_file(folder.path / "dir", "x", 0600));
  EXPECT_EQ(files(), 1u);
}

// A name that somebody could lay there before, or a crash left, is never written through.
TEST_F(FileTest, AFileThatLiesThereBeforeIsNotWrittenThrough) {
  const fs::path path = folder.path / "file";
  const fs::path loot = folder.path / "loot";
  ASSERT_OK(write_file(loot, "old", 0600));
  fs::create_symlink(loot, path.string() + ".tmp." + std::to_string(::getpid()));
  fs::create_symlink(loot, path);
  ASSERT_OK(write_file(path, "new", 0600));
  EXPECT_EQ(read_file(path, 100).value(), "new");
  EXPECT_FALSE(fs::is_symlink(path));
  EXPECT_EQ(read_file(loot, 100).value(), "old");
}

}  // namespace
}  // namespace regions
