// The home: one process at a time, keys that nobody else reads.
#include "node/base/home.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "node/base/file.h"
#include "tests/node/base/temporary_folder.h"
#include "tests/support/result_matchers.h"
#include "tests/support/seeded_random.h"

namespace regions {
namespace {

class HomeTest : public testing::Test {
 protected:
  HomeTest() {
    std::filesystem::create_directory(home.keys());
    EXPECT_THAT(write_file(home.config(), "", 0644), IsOk());
  }
  TemporaryFolder folder;
  Home home{folder.path};
  SeededRandom random{5};
};

TEST_F(HomeTest, FolderThatIsNoHomeIsNotLocked) {
  std::filesystem::remove(home.config());
  const auto lock = HomeLock::take(home);
  EXPECT_THAT(lock, IsErr(Errc::not_found));
  EXPECT_THAT(lock.error().context, testing::HasSubstr("regionctl init"));
  EXPECT_FALSE(std::filesystem::exists(home.lock()));
}

TEST_F(HomeTest, SecondTakerIsBusyUntilTheFirstLetsGo) {
  {
    ASSERT_OK_AND(const HomeLock first, HomeLock::take(home));
    EXPECT_THAT(HomeLock::take(home), IsErr(Errc::busy));
    EXPECT_THAT(HomeLock::take(home), IsErr(Errc::busy));
  }
  EXPECT_THAT(HomeLock::take(home), IsOk());
  ASSERT_OK_AND(HomeLock one, HomeLock::take(home));
  const HomeLock moved = std::move(one);
  EXPECT_THAT(HomeLock::take(home), IsErr(Errc::busy));
}

TEST_F(HomeTest, KeyThatOthersMayReadIsNotAKeyOrIsMissingIsNotLoaded) {
  EXPECT_THAT(home.load_key(Role::log), IsErr(Errc::not_found));
  const PrivateKey key = PrivateKey::generate(random);
  ASSERT_OK(write_file(home.key(Role::log), key.to_pem(""), 0600));
  EXPECT_EQ(home.load_key(Role::log).value().public_key(), key.public_key());
  ASSERT_EQ(::chmod(home.key(Role::log).c_str(), 0640), 0);
  EXPECT_THAT(home.load_key(Role::log), IsErr(Errc::refused));
  ASSERT_OK(write_file(home.key(Role::log), "no key", 0600));
  const auto loaded = home.load_key(Role::log);
  EXPECT_THAT(loaded, IsErr(Errc::malformed));
  EXPECT_THAT(loaded.error().context, testing::HasSubstr("log.pem"));
  ASSERT_OK(write_file(home.key(Role::log), key.to_pem("secret"), 0600));
  EXPECT_THAT(home.load_key(Role::log), IsErr(Errc::unauthorised));
}

TEST_F(HomeTest, PathsBelowAHomeAreInside) {
  EXPECT_TRUE(is_inside_home(home.dir()));
  EXPECT_TRUE(is_inside_home(home.keys() / "governance.pem"));
  EXPECT_TRUE(is_inside_home(home.dir() / "new" / "folder" / "file"));
  EXPECT_TRUE(is_inside_home(home.dir() / ".." / home.dir().filename() / "x"));
  EXPECT_FALSE(is_inside_home(home.dir().parent_path() / "elsewhere"));
  const TemporaryFolder beside;
  std::filesystem::create_directory_symlink(home.dir(), beside.path / "link");
  EXPECT_TRUE(is_inside_home(beside.path / "link" / "governance.pem"));
  EXPECT_FALSE(is_inside_home(beside.path / "governance.pem"));
}

}  // namespace
}  // namespace regions
