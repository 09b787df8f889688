// The operator's socket: as many commands at a time as the node takes, and an answer to the next.
#include "node/net/local_socket.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "node/base/limits.h"
#include "tests/node/base/temporary_folder.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

class LocalSocketTest : public testing::Test {
 protected:
  // Serves requests that wait until the test lets them go.
  void SetUp() override {
    auto started =
        LocalServer::start(path(), [this](LocalRequest& request, LocalResponder& responder) {
          std::unique_lock lock(mutex_);
          caller_ = request.caller;
          ++waiting_;
          changed_.notify_all();
          changed_.wait(lock, [this] { return open_; });
          (void)responder.begin(200, "text/plain");
          (void)responder.write("done");
        });
    ASSERT_TRUE(started) << started.error().text();
    server_ = std::move(*started);
  }
  void TearDown() override { let_go(); }
  std::filesystem::path path() const { return folder_.path / "socket"; }
  void wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_ == count; });
  }
  void let_go() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  // Status and body; a request with a long body, as an import is.
  std::pair<unsigned, std::string> ask(std::size_t body_bytes = 0) {
    std::string body;
    std::size_t left = body_bytes;
    LocalRequest request{"POST", "/", [&](char* data, std::size_t size) -> Result<std::size_t> {
                           const std::size_t count = std::min(size, left);
                           std::fill_n(data, count, 'x');
                           left -= count;
                           return count;
                         }};
    const auto status = local_request(path(), request, [&](std::string_view piece) -> Result<void> {
      body += piece;
      return {};
    });
    EXPECT_THAT(status, IsOk());
    return {status ? *status : 0, body};
  }

  std::optional<Caller> caller() {
    const std::lock_guard lock(mutex_);
    return caller_;
  }

 private:
  TemporaryFolder folder_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t waiting_ = 0;  // guarded by mutex_, as are the two below
  bool open_ = false;
  std::optional<Caller> caller_;
  std::unique_ptr<LocalServer> server_;
};

TEST_F(LocalSocketTest, OneCommandTooManyIsToldThatTheNodeIsBusy) {
  std::vector<std::jthread> commands;
  std::vector<unsigned> answers(kOperatorConnectionsMax);
  for (unsigned& answer : answers) commands.emplace_back([&] { answer = ask().first; });
  wait_for(kOperatorConnectionsMax);
  for (const std::size_t body_bytes : {0u, 10u, 10'000'000u}) {
    const auto [status, body] = ask(body_bytes);
    EXPECT_EQ(status, 503u) << body_bytes;
    EXPECT_THAT(body, testing::HasSubstr("\"busy\"")) << body_bytes;
  }
  let_go();
  commands.clear();
  for (const unsigned answer : answers) EXPECT_EQ(answer, 200u);
  EXPECT_EQ(ask(10).first, 200u);
}

// Not as the caller says, as the kernel does.
TEST_F(LocalSocketTest, TheHandlerLearnsWhichProcessOfWhichUserAsks) {
  let_go();
  ASSERT_EQ(ask().first, 200u);
  ASSERT_TRUE(caller());
  EXPECT_EQ(caller()->uid, ::getuid());
  EXPECT_EQ(caller()->pid, ::getpid());
}

}  // namespace
}  // namespace regions
