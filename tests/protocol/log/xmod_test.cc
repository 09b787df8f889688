// Logs that our code writes, judged by the Go authors' sumdb packages (tests/e2e/xmod).
#include <gmock/gmock.h>
#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "protocol/crypto/sha256.h"
#include "protocol/log/checkpoint.h"
#include "protocol/log/entry.h"
#include "protocol/log/tile_edge.h"
#include "tests/support/seeded_random.h"

namespace regions {
namespace {

namespace fs = std::filesystem;

constexpr const char* kOrigin = "demo-0011223344556677/PT16/1";

struct Outcome {
  int exit_code;
  std::string output;
};

Outcome run(const std::string& command) {
  std::FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  Outcome outcome{-1, ""};
  if (pipe == nullptr) return outcome;
  char buffer[512];
  while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, pipe)) {
    outcome.output.append(buffer, count);
  }
  const int status = pclose(pipe);
  if (WIFEXITED(status)) outcome.exit_code = WEXITSTATUS(status);
  return outcome;
}

void write_file(const fs::path& path, const Bytes& bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

Bytes read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

class XmodTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::string name = (fs::temp_directory_path() / "regions-xmod-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder() = name;
    const std::string source = std::string(REGIONS_SOURCE_DIR) + "/tests/e2e/xmod/main.go";
    built() =
        run("cd '" + name + "' && GO111MODULE=off GOFLAGS= GOPATH=/usr/share/gocode GOCACHE='" +
            name + "/cache' go build -o xmod '" + source + "'");
  }
  static void TearDownTestSuite() { fs::remove_all(folder()); }

  void SetUp() override {
    if (run("command -v go").exit_code != 0 ||
        !fs::exists("/usr/share/gocode/src/golang.org/x/mod/sumdb")) {
      GTEST_SKIP() << "needs Debian's golang-go and golang-golang-x-mod-dev";
    }
    ASSERT_EQ(built().exit_code, 0) << built().output;
  }

  static fs::path& folder() {
    static fs::path path;
    return path;
  }
  static Outcome& built() {
    static Outcome outcome;
    return outcome;
  }

  // The exported log of `size` entries.
  static fs::path write_log(std::uint64_t size) {
    const fs::path log = folder() / std::to_string(size);
    SeededRandom random(size);
    const PrivateKey key = PrivateKey::generate(random);
    TileEdge edge;
    std::vector<Bytes> bundle;
    for (std::uint64_t i = 0; i < size; ++i) {
      bundle.push_back(encode(Entry{EntryKind::release, AudienceKind::federation, i,
                                    1'700'000'040 + 60 * i, sha256(std::to_string(i))}));
      edge.append(leaf_hash(bundle.back()));
      if (bundle.size() < kTileWidth && i + 1 < size) continue;
      const auto width = static_cast<unsigned>(bundle.size());
      write_file(log / bundle_path(i / kTileWidth, width), encode_bundle(bundle));
      bundle.clear();
    }
    for (const Tile& tile : edge.take_changed()) write_file(log / tile_path(tile.id), tile.hashes);
    write_file(log / "vkey", encode_vkey({kOrigin, key.public_key()}) + "\n");
    write_file(log / "checkpoint", sign_checkpoint({kOrigin, size, edge.tree().root()}, key));
    return log;
  }

  static Outcome judge(const fs::path& log) {
    return run("'" + (folder() / "xmod").string() + "' '" + log.string() + "'");
  }
};

TEST_F(XmodTest, AcceptsOurLogsOfEverySize) {
  for (const std::uint64_t size : {0u, 1u, 2u, 3u, 255u, 256u, 257u, 513u, 70'003u}) {
    const Outcome outcome = judge(write_log(size));
    EXPECT_EQ(outcome.exit_code, 0) << size << ": " << outcome.output;
    EXPECT_EQ(outcome.output, "ok size=" + std::to_string(size) + "\n");
  }
}

TEST_F(XmodTest, RefusesAFlippedByteInAnyFile) {
  for (const std::uint64_t size : {3u, 513u}) {
    const fs::path log = write_log(size);
    std::vector<fs::path> files;
    for (const auto& file : fs::recursive_directory_iterator(log)) {
      // The key is the reader's own matter: it comes by another way than the log.
      if (file.is_regular_file() && file.path().filename() != "vkey") files.push_back(file.path());
    }
    ASSERT_GE(files.size(), 3u);
    for (const fs::path& path : files) {
      const Bytes good = read_file(path);
      // About a dozen places in each file, the first and the last among them.
      for (std::size_t i = 0; i < good.size(); i += 1 + good.size() / 6) {
        for (const std::size_t at : {i, good.size() - 1 - i}) {
          Bytes bad = good;
          bad[at] = static_cast<char>(bad[at] ^ 1);
          write_file(path, bad);
          EXPECT_EQ(judge(log).exit_code, 1) << path << " at " << at;
        }
      }
      write_file(path, good);
    }
    EXPECT_EQ(judge(log).exit_code, 0);
  }
}

TEST_F(XmodTest, RefusesAMissingOrShortFile) {
  const fs::path log = write_log(257);
  for (const std::string file : {"vkey", "checkpoint", "tile/0/000", "tile/0/001.p/1",
                                 "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/1"}) {
    const Bytes good = read_file(log / file);
    ASSERT_FALSE(good.empty()) << file;
    fs::remove(log / file);
    EXPECT_EQ(judge(log).exit_code, 1) << file;
    write_file(log / file, good.substr(0, good.size() - 2));
    EXPECT_EQ(judge(log).exit_code, 1) << file;
    write_file(log / file, good);
  }
  EXPECT_EQ(judge(log).exit_code, 0);
}

}  // namespace
}  // namespace regions
