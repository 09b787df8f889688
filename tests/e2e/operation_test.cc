// What an operator's machinery sees of a running node: systemd, a log collector, a monitor.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <sstream>

#include "tests/e2e/support/federation.h"

namespace regions {
namespace {

namespace json = boost::json;

class OperationTest : public ::testing::Test {
 protected:
  OperationTest() : federation_({"PT16"}), notify_(::socket(AF_UNIX, SOCK_DGRAM, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = federation_.file("notify");
    std::memcpy(address.sun_path, path.data(), path.size());
    EXPECT_EQ(::bind(notify_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    Launch launch{{program("regiond"), "--home", federation_.home("PT16")}};
    launch.extra = {{"NOTIFY_SOCKET", path}, {"WATCHDOG_USEC", "400000"}};
    launch.errors = federation_.log_of("PT16");
    launch.listener = federation_.listener("PT16");
    node_ = std::make_unique<Process>(launch);
  }
  ~OperationTest() override { ::close(notify_); }
  // The next notification, within `limit`.
  std::string hear(int limit_seconds) const {
    const timeval limit{limit_seconds, 0};
    ::setsockopt(notify_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    char buffer[256];
    const ssize_t got = ::recv(notify_, buffer, sizeof buffer, 0);
    return got < 0 ? "" : std::string(buffer, static_cast<std::size_t>(got));
  }

  RealFederation federation_;
  const int notify_;
  std::unique_ptr<Process> node_;
};

TEST_F(OperationTest, TheServiceManagerHearsReadyThenSignsOfLifeThenStopping) {
  EXPECT_EQ(hear(60).substr(0, 8), "READY=1\n") << read_text(federation_.log_of("PT16"));
  // Ready means that the operator is answered.
  EXPECT_EQ(federation_.ctl("PT16", {"status"}).status, 0);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(hear(10), "WATCHDOG=1");
  node_->signal(SIGSTOP);  // hung
  while (!hear(1).empty()) {
  }
  EXPECT_EQ(hear(1), "");
  node_->signal(SIGCONT);
  node_->signal(SIGTERM);
  std::string last;
  for (std::string heard = hear(10); heard != "" && last != "STOPPING=1"; heard = hear(1)) {
    last = heard;
  }
  EXPECT_EQ(last, "STOPPING=1");
  EXPECT_EQ(node_->wait(seconds(10)), 0);
}

TEST_F(OperationTest, AServiceManagerThatNeverReadsNeitherHoldsUpTheEndNorFillsTheLog) {
  // The kernel keeps no more for it.
  sockaddr_un address{};
  socklen_t size = sizeof address;
  ASSERT_EQ(::getsockname(notify_, reinterpret_cast<sockaddr*>(&address), &size), 0);
  const int writer = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  ASSERT_EQ(::connect(writer, reinterpret_cast<const sockaddr*>(&address), size), 0);
  while (::send(writer, "x", 1, 0) == 1) {
  }
  EXPECT_TRUE(eventually(seconds(60), [&] {
    return read_text(federation_.log_of("PT16")).find("service_manager") != std::string::npos;
  }));
  EXPECT_EQ(federation_.ctl("PT16", {"status"}).status, 0);
  node_->signal(SIGTERM);
  EXPECT_EQ(node_->wait(seconds(10)), 0);
  const std::string log = read_text(federation_.log_of("PT16"));
  EXPECT_EQ(log.find("service_manager"), log.rfind("service_manager")) << log;
  ::close(writer);
}

TEST_F(OperationTest, WhatHangsBelowTheNodeIsCutAtItsEndAndNothingAcknowledgedIsLost) {
  ASSERT_NE(hear(60), "");
  // Held by somebody else, the lock of the trail stands for a disk that hangs.
  const int trail =
      ::open((federation_.home("PT16") / "acts.log").c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  ASSERT_EQ(::flock(trail, LOCK_EX), 0);
  const Process release({{program("regionctl"), "--home", federation_.home("PT16"), "release",
                          "ENT-COOP", "--period", "2015"}});
  const auto entries = [&] {
    return json::parse(federation_.get("PT16", "/v1/status")).at("log").at("size").to_number<int>();
  };
  EXPECT_TRUE(eventually(seconds(30), [&] { return entries() == 3; }));
  node_->signal(SIGTERM);
  EXPECT_EQ(node_->wait(seconds(10)), 1);
  ::close(trail);
  federation_.start("PT16");
  EXPECT_EQ(entries(), 3);
  const Ran again = federation_.release("PT16", "ENT-COOP", 2015);
  EXPECT_EQ(again.status, 0) << again.text();
  EXPECT_EQ(entries(), 3);
}

TEST_F(OperationTest, StatusAndMetricsSayWhatRunsAndTheLogIsOneObjectALine) {
  ASSERT_NE(hear(60), "");
  const json::value status = federation_.ask("PT16", {"status"});
  ASSERT_TRUE(status.is_object());
  EXPECT_EQ(status.at("formats").at("config").as_string(), "regions4.config/1");
  EXPECT_EQ(status.at("formats").at("store").to_number<int>(), 1);
  EXPECT_TRUE(status.at("version").is_string());
  EXPECT_GT(status.at("started_at").to_number<std::int64_t>(), 1'700'000'000);

  const Ran metrics = federation_.ctl("PT16", {"metrics"});
  EXPECT_EQ(metrics.status, 0) << metrics.text();
  EXPECT_NE(metrics.out.find("\nregions4_healthy 1\n"), std::string::npos) << metrics.out;
  EXPECT_NE(metrics.out.find("\nregions4_log_entries 2\n"), std::string::npos) << metrics.out;

  node_->signal(SIGTERM);
  EXPECT_EQ(node_->wait(seconds(10)), 0);
  std::istringstream lines(read_text(federation_.log_of("PT16")));
  std::vector<std::string> events;
  for (std::string line; std::getline(lines, line);) {
    boost::system::error_code failed;
    const json::value one = json::parse(line, failed);
    ASSERT_FALSE(failed) << line;
    EXPECT_TRUE(one.at("time").is_string() && one.at("level").is_string());
    events.emplace_back(one.at("event").as_string());
  }
  ASSERT_GE(events.size(), 2u);
  EXPECT_EQ(events.front(), "started");
  EXPECT_EQ(events.back(), "stopping");
  const Ran stopped = federation_.ctl("PT16", {"metrics"});
  EXPECT_EQ(stopped.status, 1) << "there is nothing to watch where nothing runs";
}

}  // namespace
}  // namespace regions
