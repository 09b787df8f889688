#include "node/net/local_address.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace regions::net {

Result<LocalAddress> LocalAddress::of(const std::filesystem::path& socket) {
  const auto folder = socket.has_parent_path() ? socket.parent_path() : std::filesystem::path(".");
  const int fd = ::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) {
    const Errc code = errno == ENOENT ? Errc::not_found : Errc::io;
    return fail(code, folder.string() + ": " + std::strerror(errno));
  }
  return LocalAddress(fd, socket.filename().string());
}

LocalAddress::~LocalAddress() {
  if (folder_ >= 0) ::close(folder_);
}

boost::asio::local::stream_protocol::endpoint LocalAddress::endpoint() const {
  return {"/proc/self/fd/" + std::to_string(folder_) + "/" + name_};
}

}  // namespace regions::net
