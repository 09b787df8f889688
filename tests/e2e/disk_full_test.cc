// A disk that takes no more, in import, release and exchange. The kernel refuses the node's writes
// (RLIMIT_FSIZE), as a full disk does; what it says to the node is another word for the same.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "tests/e2e/support/federation.h"

namespace regions {
namespace {

class FullDisk : public ::testing::Test {
 protected:
  FullDisk() : federation_({"ES13", "PT16"}) {
    federation_.import("PT16", "cooperations", rows_of("PT16", 2015));
    federation_.import("ES13", "cooperations", rows_of("ES13", 2015));
    federation_.start_all();
    EXPECT_EQ(federation_.release("PT16", "ENT-COOP", 2015).status, 0);
    EXPECT_TRUE(federation_.wait_for_exchange());
  }
  static std::string rows_of(const std::string& id, int year) {
    return cooperation_header() + rows("f" + std::to_string(year) + id, id, 5, year, year);
  }
  // No file of the node grows past `bytes` from now on.
  void limit_files(const std::string& id, rlim_t bytes) {
    rlimit limit{};
    ASSERT_EQ(::prlimit(federation_.node(id).id(), RLIMIT_FSIZE, nullptr, &limit), 0);
    limit.rlim_cur = bytes;
    ASSERT_EQ(::prlimit(federation_.node(id).id(), RLIMIT_FSIZE, &limit, nullptr), 0);
  }
  void refused(const Ran& ran) {
    EXPECT_EQ(ran.status, 1) << ran.text();
    EXPECT_NE(ran.err.find("io: "), std::string::npos) << ran.text();
  }
  Ran import(int year) {
    return federation_.ctl("PT16", {"import", "cooperations", "-"}, rows_of("PT16", year));
  }

  RealFederation federation_;
};

TEST_F(FullDisk, IsSaidByImportReleaseAndExchangeAndEndsInACompleteRecovery) {
  const std::string before = federation_.figures("PT16", "ENT-COOP");
  limit_files("PT16", 0);
  refused(import(2016));
  refused(federation_.release("PT16", "ENT-COOP", 2016));
  EXPECT_EQ(federation_.release("ES13", "ENT-COOP", 2015).status, 0);
  EXPECT_TRUE(eventually(seconds(30), [&] {
    return federation_.peer_says("PT16", "ES13", "own store");
  })) << boost::json::serialize(federation_.peer("PT16", "ES13"));
  // What is acknowledged is still answered, to the operator and to peers.
  EXPECT_TRUE(federation_.node("PT16").running());
  EXPECT_EQ(federation_.figures("PT16", "ENT-COOP"), before);
  EXPECT_EQ(federation_.figures("ES13", "ENT-COOP").find("ES13 2015 5 A\nPT16 2015 5 A"), 0u);

  // Room again: nothing is written behind a write that may stand half in the log.
  limit_files("PT16", RLIM_INFINITY);
  refused(federation_.release("PT16", "ENT-COOP", 2016));
  EXPECT_EQ(federation_.stop("PT16"), 0) << read_text(federation_.log_of("PT16"));
  federation_.start("PT16");
  EXPECT_EQ(import(2016).status, 0);
  EXPECT_EQ(federation_.release("PT16", "ENT-COOP", 2016).status, 0);
  EXPECT_TRUE(federation_.wait_for_exchange());
  const std::string figures = federation_.figures("PT16", "ENT-COOP");
  EXPECT_EQ(figures, federation_.figures("ES13", "ENT-COOP"));
  EXPECT_NE(figures.find("PT16 2015 5 A"), std::string::npos) << figures;
  EXPECT_NE(figures.find("PT16 2016 5 A"), std::string::npos) << figures;
  for (const char* member : {"ES13", "PT16"}) {
    EXPECT_EQ(federation_.audit(federation_.exported("PT16", member)).status, 0) << member;
    EXPECT_EQ(federation_.audit(federation_.exported("ES13", member)).status, 0) << member;
  }
}

}  // namespace
}  // namespace regions
