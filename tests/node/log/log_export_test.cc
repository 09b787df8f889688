// The exported folder, held against the verifier that an auditor runs.
#include "node/log/log_export.h"

#include "tests/node/log/log_bench.h"

namespace regions {
namespace {

class LogExportTest : public testing::Test {
 protected:
  LogExportTest() { federation.install(store); }
  ExportedMap exported(const std::string& member) {
    ExportedMap out;
    const auto written = export_log(store, *federation.membership(), member, out.sink());
    EXPECT_THAT(written, IsOk());
    return out;
  }

  TestFederation federation{{"DE24", "ES", "PT16"}};
  MemoryStore store;
};

TEST_F(LogExportTest, LogThatIsNotHereIsNotFound) {
  ExportedMap out;
  EXPECT_THAT(export_log(store, *federation.membership(), "ES", out.sink()),
              IsErr(Errc::not_found));
  EXPECT_TRUE(out.files.empty());
}

TEST_F(LogExportTest, LogInTheMiddleOfCatchingUpIsBusy) {
  TestLog log(federation, store, "ES");
  LogHead head = log.head();
  for (const Bytes& checkpoint : {Bytes(), head.checkpoint}) {
    Batch batch;
    auto appender = LogAppender::start(LogStore(store, "ES"), 2).value();
    appender.add(Bytes(kEntryBytes, '\1'), batch);
    appender.finish(checkpoint, batch);
    ASSERT_OK(store.commit(batch));
    ExportedMap out;
    EXPECT_THAT(export_log(store, *federation.membership(), "ES", out.sink()), IsErr(Errc::busy));
    EXPECT_TRUE(out.files.empty());
  }
}

TEST_F(LogExportTest, FailedSinkEndsTheExport) {
  TestLog log(federation, store, "ES");
  int files = 0;
  const auto written = export_log(store, *federation.membership(), "ES",
                                  [&](const std::string&, ByteView) -> Result<void> {
                                    if (++files == 3) return fail(Errc::io, "disk full");
                                    return {};
                                  });
  EXPECT_THAT(written, IsErr(Errc::io));
  EXPECT_EQ(files, 3);
}

TEST_F(LogExportTest, EveryFailingReadFailsTheExport) {
  TestLog log(federation, store, "ES");
  log.append(log.release("2017"));
  FaultStore faulty(store);
  for (std::uint64_t n = 1;; ++n) {
    faulty.fail_at(n, FaultStore::Flavour::not_applied);
    ExportedMap out;
    const auto written = export_log(faulty, *federation.membership(), "ES", out.sink());
    if (!faulty.failed()) {
      EXPECT_THAT(written, IsOk());
      break;
    }
    EXPECT_THAT(written, IsErr(Errc::io)) << n;
    // The checkpoint comes last: a cut-off export is not taken for a whole one.
    EXPECT_FALSE(out.files.contains("checkpoint"));
  }
}

TEST_F(LogExportTest, FoundingExportsTheEmptyTree) {
  TestLog log(federation, store, "ES", false);
  EXPECT_EQ(exported("ES").files.size(), 4u);
}

TEST_F(LogExportTest, ValidWithTheGenesisIndeterminateWithoutInvalidWithAnother) {
  TestLog log(federation, store, "ES");
  log.append(log.release("2017"));
  log.append(log.release("2018", std::nullopt));
  const ExportedMap out = exported("ES");
  const Report report = verify_export(out, federation.anchor());
  EXPECT_EQ(report.verdict, Verdict::valid) << testing::PrintToString(report.reasons);
  EXPECT_EQ(report.member, "ES");
  EXPECT_EQ(report.size, 4u);
  ASSERT_EQ(report.releases.size(), 2u);
  EXPECT_EQ(report.releases[1].cells_withheld, 1u);
  EXPECT_EQ(verify_export(out, {}).verdict, Verdict::indeterminate);
  EXPECT_EQ(verify_export(out, {Digest{}, std::nullopt}).verdict, Verdict::invalid);
}

TEST_F(LogExportTest, InvalidAfterAnyChangedByteOfAnyFile) {
  TestLog log(federation, store, "ES");
  log.append(log.release("2017"));
  ExportedMap out = exported("ES");
  for (auto& [path, bytes] : out.files) {
    for (std::size_t i = 0; i<bytes.size(); i += bytes.size()> 600 ? 11 : 3) {
      const char was = bytes[i];
      bytes[i] = static_cast<char>(was ^ 0x01);
      EXPECT_EQ(verify_export(out, federation.anchor()).verdict, Verdict::invalid)
          << path << " byte " << i;
      bytes[i] = was;
    }
  }
  EXPECT_EQ(verify_export(out, federation.anchor()).verdict, Verdict::valid);
}

TEST_F(LogExportTest, LogsOverTileBordersVerify) {
  TestLog log(federation, store, "ES");
  log.append_withdrawals(253);
  EXPECT_EQ(verdict_on(store, federation, "ES"), "valid");
  for (const std::size_t more : {1, 1, 256}) {
    log.append_withdrawals(more);
    EXPECT_EQ(verdict_on(store, federation, "ES"), "valid") << log.size();
  }
}

}  // namespace
}  // namespace regions
