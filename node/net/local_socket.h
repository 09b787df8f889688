// The operator's Unix socket: HTTP/1.1 between regionctl and a running regiond, on one machine, for
// the owner of the home alone. Bodies stream both ways, so that an import of any size passes.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "protocol/base/result.h"

namespace regions {

// Reads up to `size` bytes into `data`; 0 at the end.
using BodyReader = std::function<Result<std::size_t>(char* data, std::size_t size)>;
// Takes the next piece of a body.
using BodyWriter = std::function<Result<void>(std::string_view piece)>;

// The process at the other end of the socket, as the kernel vouches for it.
struct Caller {
  std::uint32_t uid = 0;
  std::int32_t pid = 0;
};

struct LocalRequest {
  std::string method;
  std::string target;
  BodyReader body;
  std::optional<Caller> caller{};  // nullopt: it did not come by a socket
};

// The answer to one request: begin once, then any number of writes. A caller that has gone away
// makes either of them fail.
class LocalResponder {
 public:
  virtual ~LocalResponder() = default;
  virtual Result<void> begin(unsigned status, std::string_view content_type) = 0;
  virtual Result<void> write(std::string_view piece) = 0;
  // True once begin() was called, whatever came of it: no other answer can be given then.
  virtual bool begun() const = 0;
};

using LocalHandler = std::function<void(LocalRequest&, LocalResponder&)>;

// Serves requests, one thread per connection, at most kOperatorConnectionsMax at a time; one more
// is answered `busy` (503).
class LocalServer {
 public:
  // io: the socket cannot be made. A stale socket file of a dead process is replaced (the caller
  // holds the home's lock).
  static Result<std::unique_ptr<LocalServer>> start(const std::filesystem::path& socket,
                                                    LocalHandler handler);
  // Ends what is under way by closing its connection, then waits for the threads.
  ~LocalServer();

 private:
  class Impl;
  explicit LocalServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Sends one request; `on_body` gets the answer's body as it comes. The answer's status, or
// not_found when nobody listens there.
Result<unsigned> local_request(const std::filesystem::path& socket, const LocalRequest& request,
                               const BodyWriter& on_body);

}  // namespace regions
