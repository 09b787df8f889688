// The address of a Unix socket whose path may be longer than the 107 bytes that sockaddr_un holds.
// Included by sources of node/net alone.
#pragma once

#include <boost/asio/local/stream_protocol.hpp>
#include <filesystem>

#include "protocol/base/result.h"

namespace regions::net {

// Reaches the folder through an open descriptor, which must live as long as the address is used.
class LocalAddress {
 public:
  static Result<LocalAddress> of(const std::filesystem::path& socket);
  LocalAddress(LocalAddress&& other) noexcept
      : folder_(std::exchange(other.folder_, -1)), name_(std::move(other.name_)) {}
  LocalAddress& operator=(LocalAddress&&) = delete;
  ~LocalAddress();
  boost::asio::local::stream_protocol::endpoint endpoint() const;

 private:
  LocalAddress(int folder, std::string name) : folder_(folder), name_(std::move(name)) {}
  int folder_;
  std::string name_;
};

}  // namespace regions::net
