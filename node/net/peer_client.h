// One connection to one peer, kept open between requests. Included by sources of node/net alone.
#pragma once

#include <optional>

#include "node/base/config.h"
#include "node/exchange/follower.h"
#include "node/net/http_types.h"
#include "node/net/tls.h"

namespace regions::net {

class PeerClient {
 public:
  // `pins`: the TLS keys of the member dialled; no other key is talked to. `endpoints` are tried in
  // turn, one per attempt.
  PeerClient(Executor executor, const PrivateKey& tls_key, std::vector<PublicKey> pins,
             std::vector<std::string> endpoints);

  // Connects when there is no connection. Any failure closes it; the caller decides when to retry.
  // untrusted: the other side is not the member dialled, or does not take us for one.
  Task<Result<PeerReply>> ask(const PeerRequest& request);
  // The next request goes over a connection of its own: after an answer that was none, what stands
  // behind it would be taken for the next.
  void reconnect() { close(); }
  // Makes what is under way fail soon. For the end of the process.
  void abort();

 private:
  using Resolver = asio::ip::basic_resolver<Tcp, Executor>;
  using Addresses = Resolver::results_type;
  Task<Addresses> look_up(const HostPort& wanted, error_code& error);
  Task<Result<void>> connect();
  void close();

  Executor executor_;
  TlsContext context_;
  Resolver resolver_;
  std::vector<std::string> endpoints_;
  std::size_t next_endpoint_ = 0;
  std::optional<TlsStream> stream_;
  beast::flat_buffer buffer_;
};

}  // namespace regions::net
