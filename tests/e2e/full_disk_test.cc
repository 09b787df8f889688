// A disk that is full for real: the homes of a federation on a small file system of their own.
// Every act that needs room is refused, what was acknowledged is still served, and with room again
// the node becomes whole.
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>

#include <fstream>

#include "tests/e2e/support/federation.h"

namespace regions {
namespace {

namespace fs = std::filesystem;

// A file system in memory, in a mount namespace of this process, which its children share.
class SmallDisk {
 public:
  SmallDisk(const fs::path& at, const std::string& options) : at_(at) {
    fs::create_directory(at_);
    mounted_ = ::unshare(CLONE_NEWNS) == 0 &&
               ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
               ::mount("tmpfs", at_.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, options.c_str()) == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(at_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool mounted() const { return mounted_; }  // false where that is not allowed

 private:
  const fs::path at_;
  bool mounted_ = false;
};

std::uint64_t free_bytes(const fs::path& folder) {
  struct statvfs found {};
  return ::statvfs(folder.c_str(), &found) == 0 ? found.f_bavail * found.f_frsize : 0;
}

// Takes the room of a disk, as somebody's logs would, all but `left` bytes.
class Ballast {
 public:
  Ballast(const fs::path& folder, const std::string& name, std::uint64_t left)
      : file_(folder / name) {
    std::ofstream out(file_, std::ios::binary);
    const std::string page(4096, 'x');
    while (free_bytes(folder) > left && out.write(page.data(), 4096).flush()) {
    }
  }
  ~Ballast() { fs::remove(file_); }
  Ballast(const Ballast&) = delete;
  Ballast& operator=(const Ballast&) = delete;

 private:
  const fs::path file_;
};

std::string rows_of(const std::string& id, int year, int count = 5) {
  return cooperation_header() + rows("f" + std::to_string(year) + id, id, count, year, year);
}

void expect_refused(const Ran& ran, const char* what) {
  EXPECT_EQ(ran.status, 1) << what << ": " << ran.text();
  EXPECT_NE(ran.err.find("io: "), std::string::npos) << what << ": " << ran.text();
}

TEST(RealFullDisk, IsSaidByImportReleaseCommitAndExchangeAndTheNodeRecoversWhole) {
  RealFederation federation({"ES13", "PT16"});
  const fs::path disk = federation.folder() / "disk", home = federation.home("PT16");
  const SmallDisk mount(disk, "size=160m,mode=700");
  if (!mount.mounted()) GTEST_SKIP() << "no file system may be mounted here";
  // The home moves to the small disk under its name.
  fs::copy(home, disk / "home", fs::copy_options::recursive);
  fs::permissions(disk / "home", fs::perms::owner_all);
  fs::remove_all(home);
  fs::create_directory_symlink(disk / "home", home);

  federation.import("PT16", "cooperations", rows_of("PT16", 2015));
  federation.import("ES13", "cooperations", rows_of("ES13", 2015));
  federation.start_all();
  EXPECT_EQ(federation.release("PT16", "ENT-COOP", 2015).status, 0);
  EXPECT_TRUE(federation.wait_for_exchange());
  const std::string before = federation.figures("PT16", "ENT-COOP");
  const auto import = [&](int count) {
    return federation.ctl("PT16", {"import", "cooperations", "-"}, rows_of("PT16", 2016, count));
  };
  const auto export_to = [&](const fs::path& folder) {
    return federation.ctl("PT16", {"log", "export", folder});
  };
  // The engine takes room for its journal ahead: it opens with little left, then that is gone too.
  EXPECT_EQ(federation.stop("PT16"), 0);
  {
    const Ballast most(disk, "most", 2 << 20);
    federation.start("PT16");
    EXPECT_TRUE(federation.wait_for_exchange());
    const Ballast rest(disk, "rest", 0);
    ASSERT_LT(free_bytes(disk), 8192u);
    expect_refused(import(20'000), "import");
    expect_refused(federation.release("PT16", "ENT-COOP", 2014), "release");
    expect_refused(export_to(disk / "export"), "export");
    EXPECT_FALSE(fs::exists(disk / "export"));
    // What a peer states cannot be stored here.
    EXPECT_EQ(federation.release("ES13", "ENT-COOP", 2015).status, 0);
    EXPECT_TRUE(eventually(seconds(30), [&] {
      return federation.peer_says("PT16", "ES13", "own store");
    })) << boost::json::serialize(federation.peer("PT16", "ES13"));
    EXPECT_TRUE(federation.node("PT16").running());
    EXPECT_EQ(federation.figures("PT16", "ENT-COOP"), before);
    EXPECT_EQ(federation.stop("PT16"), 0) << read_text(federation.log_of("PT16"));
    // Without any room it does not start, and says why.
    const Ran status = federation.ctl("PT16", {"status"});
    EXPECT_EQ(status.status, 1) << status.text();
    EXPECT_NE(status.err.find("No space left"), std::string::npos) << status.text();
  }
  federation.start("PT16");
  EXPECT_EQ(import(20'000).status, 0);
  EXPECT_EQ(federation.release("PT16", "ENT-COOP", 2016).status, 0);
  EXPECT_TRUE(federation.wait_for_exchange());
  EXPECT_EQ(export_to(disk / "export").status, 0);
  const std::string figures = federation.figures("PT16", "ENT-COOP");
  EXPECT_EQ(figures, federation.figures("ES13", "ENT-COOP"));
  EXPECT_NE(figures.find("PT16 2015 5 A"), std::string::npos) << figures;
  EXPECT_NE(figures.find("PT16 2016 20000 A"), std::string::npos) << figures;
  for (const char* member : {"ES13", "PT16"}) {
    EXPECT_EQ(federation.audit(federation.exported("PT16", member)).status, 0) << member;
    EXPECT_EQ(federation.audit(federation.exported("ES13", member)).status, 0) << member;
  }
  EXPECT_EQ(federation.stop("PT16"), 0);
}

}  // namespace
}  // namespace regions
