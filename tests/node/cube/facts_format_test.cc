// The bytes of the node's copy of its facts. Whoever changes them raises the number in the first
// line, so that a copy of the old layout is made again and never read as one of the new.
#include <bit>
#include <fstream>
#include <sstream>

#include "node/cube/facts_copy.h"
#include "protocol/crypto/sha256.h"
#include "tests/node/base/temporary_folder.h"
#include "tests/node/cube/facts_of.h"
#include "tests/node/records/import_support.h"
#include "tests/support/memory_store.h"

namespace regions {
namespace {

TEST(FactsFormat, TheSameRecordsGiveTheBytesThatTheyAlwaysGave) {
  if (std::endian::native != std::endian::little) {
    GTEST_SKIP() << "the columns are those of a little-endian machine";
  }
  MemoryStore store;
  ImportBench bench(store, territory_of("PT16", {"DE24", "ES"}));
  ASSERT_THAT(bench.organisations("e1,N,SME,PT16,X,PT,C28.1,small\n"
                                  "e2,M,PRC,PT16,X,PT,J62,large\n"),
              IsOk());
  ASSERT_THAT(bench.cooperations(
                  "c1,e1,PRC,PT16,a1,HES,PT,PT16,2018-03-01,2020-04-01,robotics,1000.00,500.00\n"
                  "c2,e1,PRC,PT16,a2,REC,ES,ES,2019-01-01,2019-12-31,biotechnology,,\n"
                  "c3,e2,PRC,,a1,HES,PT,PT16,2021-05-01,2023-05-01,,20.50,20.50\n"),
              IsOk());
  const auto known = territories("PT16", {"DE24", "ES"});
  const TemporaryFolder folder;
  const auto path = folder.path / "records.facts";
  ASSERT_OK(FactsCopy::write(path, facts_of(store, known).value(), known));
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  const std::string bytes = text.str();
  EXPECT_TRUE(bytes.starts_with("regions4.facts/1\n"));
  EXPECT_EQ(bytes.size(), 413u);
  EXPECT_EQ(sha256(bytes).hex(),
            "cfc6c0d4c8dd869ca6a89d053add9b90887efe250d272e356735c75634d2a39e");
}

}  // namespace
}  // namespace regions
