#include "node/base/service_manager.h"

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>

#include "node/base/limits.h"
#include "protocol/base/bytes.h"

namespace regions {

std::optional<std::int64_t> watchdog_period_ms(const char* usec, const char* pid, int own_pid) {
  if (usec == nullptr) return std::nullopt;
  if (pid != nullptr && pid != std::to_string(own_pid)) return std::nullopt;
  const auto period = parse_decimal(usec);
  if (!period || *period < 2000) return std::nullopt;
  return static_cast<std::int64_t>(*period / 2000);
}

ServiceManager ServiceManager::from_environment() {
  const char* socket = std::getenv("NOTIFY_SOCKET");
  ServiceManager manager(socket == nullptr ? "" : socket);
  manager.watchdog_every_ms_ =
      watchdog_period_ms(std::getenv("WATCHDOG_USEC"), std::getenv("WATCHDOG_PID"), ::getpid());
  return manager;
}

Result<void> ServiceManager::notify(std::string_view lines) const {
  if (socket_.empty()) return {};
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if ((socket_[0] != '/' && socket_[0] != '@') || socket_.size() >= sizeof address.sun_path) {
    return fail(Errc::invalid_input, "NOTIFY_SOCKET: " + socket_ + ": no socket address");
  }
  std::memcpy(address.sun_path, socket_.data(), socket_.size());
  if (socket_[0] == '@') address.sun_path[0] = '\0';
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
  const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return fail(Errc::io, "NOTIFY_SOCKET: " + std::string(std::strerror(errno)));
  const timeval limit{0, kNotifyTimeoutMs * 1000};
  ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  const ssize_t sent = ::sendto(fd, lines.data(), lines.size(), MSG_NOSIGNAL,
                                reinterpret_cast<const sockaddr*>(&address), length);
  const int why = errno;
  ::close(fd);
  if (sent != static_cast<ssize_t>(lines.size())) {
    return fail(Errc::io, "NOTIFY_SOCKET: " + std::string(std::strerror(why)));
  }
  return {};
}

}  // namespace regions
