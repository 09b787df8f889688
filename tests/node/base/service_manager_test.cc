// What a service manager is told, and when nobody listens.
#include "node/base/service_manager.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "tests/node/base/temporary_folder.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

// A datagram socket as systemd makes one.
struct Listener {
  explicit Listener(const std::string& name) : fd(::socket(AF_UNIX, SOCK_DGRAM, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.data(), name.size());
    if (name[0] == '@') address.sun_path[0] = '\0';
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    EXPECT_EQ(::bind(fd, reinterpret_cast<const sockaddr*>(&address), length), 0);
  }
  ~Listener() { ::close(fd); }
  std::string heard() const {
    char buffer[256];
    const ssize_t got = ::recv(fd, buffer, sizeof buffer, MSG_DONTWAIT);
    return got < 0 ? "" : std::string(buffer, static_cast<std::size_t>(got));
  }
  const int fd;
};

TEST(ServiceManager, ASocketThatIsNoneIsSaidAndNobodyListeningIsFine) {
  EXPECT_THAT(ServiceManager("").notify("READY=1"), IsOk());
  EXPECT_THAT(ServiceManager("relative").notify("READY=1"), IsErr(Errc::invalid_input));
  EXPECT_THAT(ServiceManager("/" + std::string(200, 'x')).notify("READY=1"),
              IsErr(Errc::invalid_input));
  const TemporaryFolder folder;
  EXPECT_THAT(ServiceManager((folder.path / "none").string()).notify("READY=1"), IsErr(Errc::io));
}

TEST(ServiceManager, AManagerThatDoesNotReadIsAnErrorAndNotWaitedForLong) {
  const TemporaryFolder folder;
  const std::string name = (folder.path / "notify").string();
  const Listener deaf(name);
  // What the kernel keeps for it is far less.
  Result<void> told;
  for (int i = 0; i < 100'000 && told; ++i) told = ServiceManager(name).notify("WATCHDOG=1");
  EXPECT_THAT(told, IsErr(Errc::io));
}

TEST(ServiceManager, AFileSocketAndAnAbstractOneHearTheLines) {
  const TemporaryFolder folder;
  for (const std::string& name :
       {(folder.path / "notify").string(), "@" + folder.path.filename().string()}) {
    const Listener listener(name);
    ASSERT_THAT(ServiceManager(name).notify("READY=1\nSTATUS=x"), IsOk());
    EXPECT_EQ(listener.heard(), "READY=1\nSTATUS=x");
    EXPECT_EQ(listener.heard(), "");
  }
}

TEST(Watchdog, IsHalfThePeriodAndOnlyForTheProcessNamed) {
  EXPECT_EQ(watchdog_period_ms(nullptr, nullptr, 7), std::nullopt);
  EXPECT_EQ(watchdog_period_ms("60000000", nullptr, 7), 30'000);
  EXPECT_EQ(watchdog_period_ms("60000000", "7", 7), 30'000);
  EXPECT_EQ(watchdog_period_ms("60000000", "8", 7), std::nullopt);
  for (const char* bad : {"", "0", "1999", "-1", "soon", "99999999999999999999"}) {
    EXPECT_EQ(watchdog_period_ms(bad, nullptr, 7), std::nullopt) << bad;
  }
  EXPECT_EQ(watchdog_period_ms("2000", nullptr, 7), 1);
}

}  // namespace
}  // namespace regions
