// The real programs show neither the region's secret nor a key of a firm or a cell: not in what
// they print, log, export or share, and not when one of them crashes.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "node/storage/rocksdb_store.h"
#include "protocol/crypto/sha256.h"
#include "tests/e2e/support/federation.h"
#include "tests/support/needles.h"

namespace regions {
namespace {

namespace fs = std::filesystem;

constexpr int kFirms = 12;

class SecretsOfRealProgramsTest : public testing::Test {
 protected:
  void ctl(std::vector<std::string> words) {
    const Ran ran = federation_.ctl("PT16", std::move(words));
    said_ += ran.text();
    ++commands_;
  }
  // By the formula of protocol/spec/cellkey.md. The firms all stand in one cell as well.
  Needles needles() const {
    const fs::path copy = federation_.file("records");
    fs::copy(federation_.home("PT16") / "records", copy, fs::copy_options::recursive);
    const auto store = open_store(copy, Wing::confidential, false).value();
    const Bytes secret = *store->get(Area::meta_records, "region-secret").value();
    Needles out;
    out.bytes("region secret", secret);
    std::uint32_t cell = 0;
    for (int i = 0; i < kFirms; ++i) {
      const std::string id = "f" + std::to_string(i);
      Bytes message = "regions4/cellkey/v1\n";
      append_u32(message, static_cast<std::uint32_t>(id.size()));
      const std::uint32_t key = read_u32(hmac_sha256(secret, {message, id}).view());
      out.decimal("record key of " + id, key);
      cell += key;
    }
    out.decimal("cell key", cell);
    return out;
  }
  // Every file that the test made but the confidential store.
  std::string files() const {
    std::string all;
    for (const auto& entry : fs::recursive_directory_iterator(federation_.folder())) {
      const bool confidential = entry.path().string().find("/records") != std::string::npos;
      if (entry.is_regular_file() && !confidential) all += read_text(entry.path());
    }
    return all;
  }
  // A command that is ended by a signal which writes a core dump where the kernel does.
  void crash(std::vector<std::string> words) {
    const fs::path pipe = federation_.file("pipe");
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    std::vector<std::string> all = {program("regionctl"), "--home", federation_.home("PT16")};
    all.insert(all.end(), words.begin(), words.end());
    all.push_back(pipe);
    Launch launch{all};
    launch.output = launch.errors = federation_.file("crashed");
    Process process(launch);
    const int in = ::open(pipe.c_str(), O_RDWR | O_CLOEXEC);
    const std::string header = cooperation_header();
    ASSERT_EQ(::write(in, header.data(), header.size()), static_cast<ssize_t>(header.size()));
    // The rows are read by a node that is open, with all its secrets.
    int unread = 1;
    EXPECT_TRUE(eventually(seconds(30),
                           [&] { return ::ioctl(in, FIONREAD, &unread) == 0 && unread == 0; }));
    process.signal(SIGABRT);
    EXPECT_EQ(process.wait(seconds(30)), 128 + SIGABRT);
    ::close(in);
    said_ += read_text(launch.errors);
  }

  RealFederation federation_{{"ES13", "PT16"}};
  std::string said_;
  int commands_ = 0;
};

TEST_F(SecretsOfRealProgramsTest, StandNowhereButInTheConfidentialStore) {
  write_text(federation_.file("in.csv"),
             cooperation_header() + rows("f", "PT16", kFirms, 2018, 2020) + "bad,f,XX,,,,\n");
  crash({"import", "cooperations"});
  federation_.start_all();
  for (int round = 0; round < 2; ++round) {
    ctl({"import", "cooperations", federation_.file("in.csv"), "--rejects",
         federation_.file("rejects.csv")});
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
             {"plan", "show"},
             {"plan", "next"},
             {"plan", "check", federation_.file("in.csv")},
             {"release", "ENT-COOP", "--period", "2019", "--dry-run"},
             {"release", "SME-COOP", "--period", "2019"},
             {"release", "--due", "--dry-run"},
             {"release", "--due", "--json"},
             {"query", "ENT-COOP", "--by", "region,window,technology_group"},
             {"query", "ENT-COOP", "--by", "region,window", "--format", "csv"},
             {"query", "ENT-COOP", "--by", "region,window,size", "--json"},
             {"query", "ENT-COOP", "--by", "region,year,nace"},
             {"progress", "ENT-COOP"},
             {"progress", "ENT-COOP", "--json"},
             {"status"},
             {"peers", "--json"},
             {"metrics"},
             {"log", "export", federation_.file("log" + std::to_string(round))},
             {"audit", "verify", federation_.file("log" + std::to_string(round))},
             {"keyset", "install", federation_.file("in.csv")},
             {"no", "command"}}) {
      ctl(words);
    }
    if (round == 1) break;
    federation_.kill("PT16");
    federation_.start("PT16");
  }
  ASSERT_TRUE(federation_.wait_for_exchange());
  for (const std::string& id : federation_.ids()) EXPECT_EQ(federation_.stop(id), 0);
  EXPECT_GT(said_.size(), 50'000u) << commands_;
  const Needles secrets = needles();
  EXPECT_THAT(secrets.found_in(said_), testing::IsEmpty());
  EXPECT_THAT(secrets.found_in(files()), testing::IsEmpty());
  // The search sees what it looks for.
  EXPECT_THAT(secrets.found_in(read_text(federation_.log_of("PT16")) + secrets.forms()[1].text),
              testing::ElementsAre(secrets.forms()[1].name));
  for (const auto& entry : fs::directory_iterator(fs::current_path())) {
    EXPECT_FALSE(entry.path().filename() == "core" ||
                 entry.path().filename().string().starts_with("core."));
  }
}

}  // namespace
}  // namespace regions
