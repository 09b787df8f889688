// The writers of single files, of exports and of the memory of what a governance key signed, over a
// disk that fails at its nth change: what stands there is old or new, and another try succeeds.
#include "node/records/rejects.h"
#include "node/regionctl/disk_export.h"
#include "node/regionctl/governance_key.h"
#include "node/regionctl/signing_memory.h"
#include "protocol/crypto/sha256.h"
#include "tests/node/disk/disk_bench.h"

namespace regions {
namespace {

const Bytes kOld = "old", kNew(100'000, 'n');

using FileFaults = OnFailingDisk;

TEST_P(FileFaults, AFileIsTheOldOrTheNewOne) {
  FaultDisk disk(folder.path);
  for (std::uint64_t n = 1;; ++n) {
    ASSERT_OK(write_file(path("file"), kOld, 0600));
    arm(disk, n);
    const auto written = write_file(path("file"), kNew, 0600);
    if (!disk.failed()) {
      EXPECT_THAT(written, IsOk());
      EXPECT_GT(n, 4u);
      break;
    }
    disk.heal();
    const Bytes found = text_of(path("file"));
    EXPECT_TRUE(found == kNew || (!written && found == kOld)) << n;
    EXPECT_EQ(names_in(folder.path), std::vector<std::string>{"file"}) << n;
    if (!written) {
      EXPECT_THAT(written, IsErr(Errc::io)) << n;
    }
    EXPECT_THAT(write_file(path("file"), kNew, 0600), IsOk()) << n;
  }
}

TEST_P(FileFaults, ANewFileIsWholeOrNone) {
  FaultDisk disk(folder.path);
  for (std::uint64_t n = 1;; ++n) {
    std::filesystem::remove(path("file"));
    arm(disk, n);
    const auto written = write_new_file(path("file"), kNew, 0600);
    if (!disk.failed()) {
      EXPECT_THAT(written, IsOk());
      EXPECT_GT(n, 4u);
      break;
    }
    disk.heal();
    if (!written) {
      EXPECT_THAT(written, IsErr(Errc::io)) << n;
    }
    EXPECT_EQ(names_in(folder.path).size(), written ? 1u : 0u) << n;
    if (written) {
      EXPECT_EQ(text_of(path("file")), kNew) << n;
    }
  }
}

TEST_P(FileFaults, ACopyIsTheOldOrTheNewOne) {
  FaultDisk disk(folder.path);
  for (std::uint64_t n = 1;; ++n) {
    ASSERT_OK(write_copy(path("copy"), {kOld}, 0600));
    arm(disk, n);
    const auto written = write_copy(path("copy"), {kNew, "end"}, 0600);
    if (!disk.failed()) {
      EXPECT_THAT(written, IsOk());
      EXPECT_GT(n, 3u);
      break;
    }
    disk.heal();
    if (!written) {
      EXPECT_THAT(written, IsErr(Errc::io)) << n;
    }
    EXPECT_EQ(text_of(path("copy")), written ? kNew + "end" : kOld) << n;
    EXPECT_EQ(names_in(folder.path), std::vector<std::string>{"copy"}) << n;
  }
}

TEST_P(FileFaults, ALineIsAppendedWholeOrNotAtAll) {
  const bool stays_down = std::get<1>(GetParam());
  FaultDisk disk(folder.path);
  for (std::uint64_t n = 1;; ++n) {
    ASSERT_OK(write_file(path("acts"), "first\n", 0600));
    arm(disk, n);
    const auto written = append_line(path("acts"), "second\n", 0600);
    const bool failed = disk.failed();
    disk.heal();
    if (written) {
      EXPECT_EQ(text_of(path("acts")), "first\nsecond\n") << n;
    } else if (!stays_down) {
      EXPECT_EQ(text_of(path("acts")), "first\n") << n;
    } else {
      // A disk that takes no truncation either.
      EXPECT_TRUE(text_of(path("acts")).starts_with("first\n")) << n;
    }
    if (!failed) {
      EXPECT_GT(n, 3u);
      break;
    }
  }
}

// A reject file is made again with the import it belongs to.
TEST_P(FileFaults, ARejectFileThatIsNotWholeIsAnError) {
  constexpr int kRejects = 3000;  // past its buffer twice
  const auto write_all = [&]() -> Result<void> {
    TRY(const auto sink, open_reject_file(path("rejects.csv")));
    for (std::uint64_t i = 0; i < kRejects; ++i) {
      TRY_VOID(sink->add({i, "sme_nuts", "is no code of NUTS 2021", "a,record,of,some,length"}));
    }
    return sink->finish();
  };
  ASSERT_OK(write_all());
  const Bytes whole = text_of(path("rejects.csv"));
  FaultDisk disk(folder.path);
  for (std::uint64_t n = 1;; ++n) {
    arm(disk, n);
    const auto written = write_all();
    const bool failed = disk.failed();
    disk.heal();
    if (!failed) {
      EXPECT_GT(n, 4u);
      break;
    }
    if (!written) {
      EXPECT_THAT(written, IsErr(Errc::io)) << n;
    }
    if (written) {
      EXPECT_EQ(text_of(path("rejects.csv")), whole) << n;
    }
    ASSERT_OK(write_all());
    EXPECT_EQ(text_of(path("rejects.csv")), whole) << n;
  }
}

// Nothing that was acknowledged is forgotten, and no second payload gets past it.
TEST_P(FileFaults, AKeyThatWasToldToSignRemembersIt) {
  const Digest first = sha256(std::string_view("first")), second = sha256(std::string_view("2"));
  FaultDisk disk(folder.path);
  for (std::uint64_t n = 1;; ++n) {
    std::filesystem::remove(path("key.signed"));
    ASSERT_OK(remember_signing(path("key"), "roster a 1", first));
    arm(disk, n);
    const auto remembered = remember_signing(path("key"), "roster a 2", first);
    const bool failed = disk.failed();
    disk.heal();
    if (!remembered) {
      EXPECT_THAT(remembered, IsErr(Errc::io)) << n;
    }
    EXPECT_THAT(remember_signing(path("key"), "roster a 1", second), IsErr(Errc::conflict)) << n;
    EXPECT_THAT(remember_signing(path("key"), "roster a 2", first), IsOk()) << n;
    EXPECT_THAT(remember_signing(path("key"), "roster a 2", second), IsErr(Errc::conflict)) << n;
    if (!failed) {
      EXPECT_GT(n, 4u);
      break;
    }
  }
}

TEST_P(FileFaults, AGovernanceKeyComesWithItsPublicKeyOrNotAtAll) {
  FaultDisk disk(folder.path);
  const auto write = [&] { return write_governance_key(path("key"), kNew, "ed25519:00"); };
  for (std::uint64_t n = 1;; ++n) {
    std::filesystem::remove(path("key"));
    std::filesystem::remove(path("key.pub"));
    arm(disk, n);
    const auto written = write();
    const bool failed = disk.failed();
    disk.heal();
    if (!failed) {
      EXPECT_THAT(written, IsOk());
      EXPECT_GT(n, 9u);
      break;
    }
    if (!written) {
      EXPECT_THAT(written, IsErr(Errc::io)) << n;
      EXPECT_EQ(names_in(folder.path), std::vector<std::string>{}) << n;
      EXPECT_THAT(write(), IsOk()) << n;
    }
  }
  EXPECT_THAT(write(), IsErr(Errc::conflict));
  std::filesystem::remove(path("key"));
  EXPECT_THAT(write(), IsErr(Errc::conflict));
  EXPECT_EQ(text_of(path("key")), "(none)");
}

Bytes frame(const std::string& name, const Bytes& bytes) {
  Bytes out;
  append_u32(out, static_cast<std::uint32_t>(name.size()));
  out += name;
  append_u32(out, static_cast<std::uint32_t>(bytes.size()));
  return out + bytes;
}

TEST_P(FileFaults, AnExportThatFailedIsNotThereAndCanBeMadeAgain) {
  const Bytes frames = frame("tile/0/000", kNew) + frame("tile/entries/000", kOld) +
                       frame("checkpoint", kOld) + frame("", "");
  const auto export_all = [&]() -> Result<std::size_t> {
    TRY(auto writer, ExportWriter::create(path("export")));
    TRY_VOID(writer.take(frames));
    return writer.finish();
  };
  FaultDisk disk(folder.path);
  for (std::uint64_t n = 1;; ++n) {
    std::filesystem::remove_all(path("export"));
    arm(disk, n);
    const auto made = export_all();
    const bool failed = disk.failed();
    disk.heal();
    if (!made) {
      EXPECT_EQ(names_in(folder.path), std::vector<std::string>{}) << n;
      EXPECT_THAT(export_all(), IsOk()) << n;
    }
    EXPECT_EQ(text_of(path("export") / "tile/0/000"), kNew) << n;
    EXPECT_EQ(text_of(path("export") / "checkpoint"), kOld) << n;
    if (!failed) {
      EXPECT_GT(n, 7u);
      break;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Disk, FileFaults, disk_flavours(), flavour_name);

}  // namespace
}  // namespace regions
