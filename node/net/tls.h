// TLS 1.3, mutual, by pin: a connection stands only with a key that the federation's key sets name.
// Certificates carry the key and nothing else that is read: names and dates in them are ignored.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <functional>
#include <memory>

#include "protocol/crypto/ed25519.h"

namespace regions {

// Asked once per handshake with the key that the other side proved to hold.
using PinCheck = std::function<bool(const PublicKey& key)>;

// No tickets, no resumption, no 0-RTT, no version below 1.3. The context keeps `allowed` alive.
class TlsContext {
 public:
  enum class Side { server, client };
  TlsContext(Side side, const PrivateKey& key, PinCheck allowed);
  boost::asio::ssl::context& get() { return context_; }

 private:
  boost::asio::ssl::context context_;
  const std::unique_ptr<const PinCheck> allowed_;  // its address is OpenSSL's callback argument
};

// The key that the peer of an established connection proved to hold.
Result<PublicKey> peer_key(SSL* connection);

}  // namespace regions
