// Who is pushed out when more callers come than there are places before the handshake.
#include "node/net/handshakes.h"

#include <gtest/gtest.h>

#include <deque>

#include "node/base/limits.h"

namespace regions::net {
namespace {

struct Callers {
  Handshakes all;
  std::vector<int> closed;
  std::deque<Handshakes::Place> places;

  void come(const std::string& network) {
    const int number = static_cast<int>(places.size());
    places.emplace_back(all, network, [this, number] { closed.push_back(number); });
  }
};

TEST(Handshakes, AStrangerWithManyPushesOutHisOwnAndOldestFirst) {
  Callers callers;
  callers.come("member");
  for (std::size_t i = 1; i < kHandshakesMax; ++i) callers.come("stranger");
  EXPECT_TRUE(callers.closed.empty());
  for (int i = 0; i < 1000; ++i) callers.come("stranger");
  ASSERT_EQ(callers.closed.size(), 1000u);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(callers.closed[static_cast<std::size_t>(i)], i + 1);
  callers.come("another member");
  EXPECT_EQ(callers.closed.back(), 1001);
}

TEST(Handshakes, WhereNobodyHasMoreThanAnotherTheOldestGoes) {
  Callers callers;
  for (std::size_t i = 0; i < kHandshakesMax + 2; ++i) callers.come(std::to_string(i));
  EXPECT_EQ(callers.closed, (std::vector<int>{0, 1}));
}

TEST(Handshakes, WhoIsThroughMakesRoom) {
  Callers callers;
  for (std::size_t i = 0; i < kHandshakesMax; ++i) callers.come("one");
  callers.places.pop_front();
  callers.come("one");
  EXPECT_TRUE(callers.closed.empty());
  callers.come("one");
  EXPECT_EQ(callers.closed, std::vector<int>{1});
}

TEST(Handshakes, ANetworkIsAnAddressOfIPv4And64BitsOfIPv6) {
  const auto of = [](const char* text) { return network_of(asio::ip::make_address(text)); };
  EXPECT_NE(of("192.0.2.1"), of("192.0.2.2"));
  EXPECT_EQ(of("192.0.2.1"), of("::ffff:192.0.2.1"));
  EXPECT_EQ(of("2001:db8::1"), of("2001:db8:0:0:ffff::2"));
  EXPECT_NE(of("2001:db8::1"), of("2001:db8:0:1::1"));
}

}  // namespace
}  // namespace regions::net
