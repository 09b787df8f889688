// A bit flipped in any file of a home: the node says so, or nothing that it serves is another.
#include <gmock/gmock.h>

#include <fstream>
#include <map>

#include "node/storage/rocksdb_store.h"
#include "tests/node/api_operator/test_home.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

namespace fs = std::filesystem;

// What is in an area, or why it cannot be read.
Result<void> dump(const Reader& store, Area area, std::map<Bytes, Bytes>& into) {
  const auto cursor = store.scan(area, "");
  for (; cursor->valid(); cursor->next()) {
    into[std::to_string(static_cast<int>(area)) + "/" + Bytes(cursor->key())] = cursor->value();
  }
  return cursor->status();
}

// Everything in both stores, and the log as it would be exported.
Result<std::map<Bytes, Bytes>> contents(TestHome& home, const fs::path& dir) {
  TRY(const auto node, home.open(dir));
  std::map<Bytes, Bytes> all;
  for (int i = 0; i < kAreaCount; ++i) {
    const auto area = static_cast<Area>(i);
    const bool confidential = wing_of(area) == Wing::confidential;
    TRY_VOID(dump(confidential ? node->records().reader() : node->shared(), area, all));
  }
  const std::string verdict = verdict_on(node->shared(), home.federation, "PT16");
  if (verdict != "valid") return fail(Errc::corrupt, verdict);
  const Answered status = ask(*node, "GET", "/v1/status");
  if (status.status != 200) return fail(Errc::corrupt, status.body);
  return all;
}

Bytes bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& file, const Bytes& bytes) {
  fs::permissions(file, fs::perms::owner_write, fs::perm_options::add);
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

std::vector<fs::path> files_of(const fs::path& home) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(home)) {
    if (entry.is_regular_file() && entry.file_size() > 0) {
      files.push_back(entry.path().lexically_relative(home));
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

TEST(DamagedHome, AFlippedBitInAnyFileIsSaidOrChangesNothing) {
  constexpr int kPerFile = 3;
  TestHome home;
  ASSERT_OK_AND(const auto whole, contents(home, home.copy()));
  SeededRandom random(29);
  std::map<std::string, int> said;
  int unchanged = 0;
  for (const fs::path& file : files_of(home.path())) {
    for (int i = 0; i < kPerFile; ++i) {
      const fs::path copy = home.copy();
      Bytes bytes = bytes_of(copy / file);
      const std::size_t at = read_u32(random.bytes(4)) % bytes.size();
      const int bit = random.bytes(1)[0] & 7;
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << bit));
      write(copy / file, bytes);
      const auto found = contents(home, copy);
      if (!found) {
        EXPECT_FALSE(found.error().context.empty());
        ++said[std::string(name(found.error().code))];
      } else {
        EXPECT_TRUE(*found == whole) << file << " byte " << at << " bit " << bit;
        ++unchanged;
      }
      fs::remove_all(copy);
    }
  }
  std::printf("flips: %d changed nothing", unchanged);
  for (const auto& [code, count] : said) std::printf(", %d %s", count, code.c_str());
  std::printf("\n");
  EXPECT_GT(said["corrupt"], 10);
}

// Where the records of a write-ahead log begin: crc (4 bytes), length (2, little-endian), type (1),
// then the payload; blocks of 32 KiB.
std::vector<std::size_t> records_of(const Bytes& log) {
  constexpr std::size_t kBlock = 32 * 1024, kHeader = 7;
  std::vector<std::size_t> all;
  for (std::size_t at = 0; at + kHeader <= log.size();) {
    if (kBlock - at % kBlock < kHeader) at += kBlock - at % kBlock;
    const std::size_t length =
        static_cast<std::uint8_t>(log[at + 4]) + 256u * static_cast<std::uint8_t>(log[at + 5]);
    if (length == 0) break;
    all.push_back(at);
    at += kHeader + length;
  }
  return all;
}

// A longer length makes the rest of a log look like a record that was never written to its end.
TEST(DamagedHome, AFlippedBitInALengthOfTheWriteAheadLogLosesNothingSilently) {
  TestHome home;
  ASSERT_OK_AND(const auto whole, contents(home, home.copy()));
  int said = 0;
  for (const fs::path& file : files_of(home.path())) {
    if (file.extension() != ".log") continue;
    const auto records = records_of(bytes_of(home.path() / file));
    for (const std::size_t record :
         {records.front(), records[records.size() / 2], records.back()}) {
      for (int bit = 0; bit < 16; bit += 3) {
        const fs::path copy = home.copy();
        Bytes bytes = bytes_of(copy / file);
        const std::size_t at = record + 4 + static_cast<std::size_t>(bit / 8);
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << bit % 8));
        write(copy / file, bytes);
        const auto found = contents(home, copy);
        if (!found) ++said;
        EXPECT_TRUE(!found || *found == whole)
            << file << " record at " << record << " of " << bytes.size() << " bit " << bit;
        fs::remove_all(copy);
      }
    }
  }
  EXPECT_GT(said, 0);
}

// Half a file, as a crash of the disk leaves it, and a file that is gone.
TEST(DamagedHome, ACutOrMissingFileIsSaidOrChangesNothing) {
  TestHome home;
  ASSERT_OK_AND(const auto whole, contents(home, home.copy()));
  int refused = 0;
  for (const fs::path& file : files_of(home.path())) {
    for (const bool gone : {false, true}) {
      if (gone != (file.string().size() % 2 == 0)) continue;  // one of the two a file
      const fs::path copy = home.copy();
      const Bytes bytes = bytes_of(copy / file);
      if (gone) {
        fs::remove(copy / file);
      } else {
        write(copy / file, bytes.substr(0, bytes.size() / 2));
      }
      const auto found = contents(home, copy);
      if (found) {
        EXPECT_TRUE(*found == whole) << file << (gone ? " gone" : " cut in half");
      } else {
        ++refused;
      }
      fs::remove_all(copy);
    }
  }
  EXPECT_GT(refused, 10);
}

TEST(TwoProcesses, TheSecondOnOneHomeIsToldThatItIsBusy) {
  TestHome home;
  ASSERT_OK_AND(const auto first, home.open(home.path()));
  EXPECT_THAT(home.open(home.path()), IsErr(Errc::busy));
  // The first goes on undisturbed.
  EXPECT_EQ(TestHome::import(*first, 1).status, 200u);
  EXPECT_EQ(ask(*first, "POST", "/v1/release?indicator=ENT-COOP&period=2016").status, 200u);
}

}  // namespace
}  // namespace regions
