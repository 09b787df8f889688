// A clock that jumps: what is signed stays well-formed and in order, or nothing is signed.
#include <gmock/gmock.h>

#include "tests/node/api_operator/test_home.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

TEST(ClockJumps, ALogSignedUnderAnyClockIsValidAndLosesNothing) {
  TestHome home;
  auto node = home.open(home.path()).value();
  std::uint64_t size = node->own_head().size;
  int year = 1;
  for (const std::int64_t now :
       {TestHome::kNow + 5 * 86400, TestHome::kNow - 5 * 86400, std::int64_t{0}, std::int64_t{-1},
        std::int64_t{60}, std::int64_t{253'402'300'799}, std::int64_t{253'402'300'800},
        std::int64_t{1} << 62, TestHome::kNow}) {
    home.clock.set(now);
    EXPECT_EQ(TestHome::import(*node, year).status, 200u) << now;
    const std::string target =
        "/v1/release?indicator=ENT-COOP&period=" + std::to_string(2015 + year++);
    const Answered released = ask(*node, "POST", target);
    size += released.status == 200 ? 1 : 0;
    EXPECT_TRUE(released.status == 200 || released.body.find("\"message\"") != std::string::npos)
        << now << released.body;
    EXPECT_EQ(node->own_head().size, size) << now;
    EXPECT_EQ(verdict_on(node->shared(), home.federation, "PT16"), "valid") << now;
    EXPECT_EQ(ask(*node, "GET", "/v1/status").status, 200u) << now;
    EXPECT_EQ(ask(*node, "GET", "/v1/query?indicator=ENT-COOP").status, 200u) << now;
    // A restart under that clock.
    node.reset();
    auto again = home.open(home.path());
    ASSERT_THAT(again, IsOk()) << now;
    node = std::move(*again);
    EXPECT_EQ(node->own_head().size, size) << now;
  }
  EXPECT_GE(size, 6u);
}

}  // namespace
}  // namespace regions
