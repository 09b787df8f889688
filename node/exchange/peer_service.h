// Answers what a member of the federation may ask of this node's shared wing. A pure function of
// the request and the store; who is asking was settled by the TLS pin. The paths are
// spec/exchange.md's.
#pragma once

#include <optional>
#include <string>

#include "node/log/membership.h"

namespace regions {

struct PeerCall {
  std::string method;  // GET or POST
  std::string target;  // path and query
  Bytes body;
};

struct PeerAnswer {
  unsigned status = 200;
  std::string content_type = "application/octet-stream";
  Bytes body;
};

class PeerService {
 public:
  // `member`: whose node this is. `shared` must outlive the object.
  PeerService(const Reader& shared, std::string member)
      : shared_(shared), member_(std::move(member)) {}

  // The tree size that `GET /checkpoint?size=N` wants exceeded before it is answered; nullopt for
  // any other request.
  static std::optional<std::uint64_t> long_poll_size(const PeerCall& call);
  // The stored head's size, 0 without one.
  std::uint64_t head_size() const;

  PeerAnswer answer(const std::string& caller, const PeerCall& call) const;

 private:
  PeerAnswer get(std::string_view path) const;
  PeerAnswer checkpoint() const;
  PeerAnswer document(std::string_view path) const;
  PeerAnswer envelopes(const std::string& caller, ByteView digests) const;
  bool entitled(const std::string& caller, ByteView envelope) const;

  const Reader& shared_;
  const std::string member_;
};

// In the answer to POST /envelopes, where a length stands: the payload is not here or not the
// caller's to see; or it did not fit this answer, ask again.
inline constexpr std::uint32_t kEnvelopeAbsent = 0;
inline constexpr std::uint32_t kEnvelopeAskAgain = 0xffffffff;

}  // namespace regions
