// What systemd is told of a running service (sd_notify(3)): one datagram of "NAME=VALUE" lines to
// the socket that it named. Without such a socket nothing is sent.
//
// Threads: any.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/base/result.h"

namespace regions {

class ServiceManager {
 public:
  // Reads NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID of the environment.
  static ServiceManager from_environment();
  // `socket`: a path, or '@' and a name of the abstract namespace; empty: nobody listens.
  explicit ServiceManager(std::string socket) : socket_(std::move(socket)) {}

  // io: the socket cannot be written, or nobody reads it; the service goes on all the same.
  // invalid_input: no socket address.
  Result<void> notify(std::string_view lines) const;

  // Half of the time after which the manager takes a silent service for hung; nullopt: it does not.
  std::optional<std::int64_t> watchdog_every_ms() const { return watchdog_every_ms_; }

 private:
  std::string socket_;
  std::optional<std::int64_t> watchdog_every_ms_;
};

// WATCHDOG_USEC and WATCHDOG_PID, either of them nullptr when unset; nullopt: not for this process.
std::optional<std::int64_t> watchdog_period_ms(const char* usec, const char* pid, int own_pid);

}  // namespace regions
