#include "node/exchange/peer_service.h"

#include <algorithm>
#include <set>

#include "node/base/limits.h"
#include "node/log/log_store.h"
#include "protocol/statement/dsse.h"
#include "protocol/statement/statement.h"

namespace regions {
namespace {

PeerAnswer plain(unsigned status, std::string text) {
  return {status, "text/plain; charset=utf-8", std::move(text)};
}

// What a failed read tells a peer: that it is not there, or that this node has a problem, no more.
PeerAnswer failed(const Error& error) {
  if (error.code == Errc::not_found) return plain(404, "not found\n");
  return plain(503, "unavailable\n");
}

PeerAnswer bytes_or(const Result<Bytes>& bytes) {
  if (!bytes) return failed(bytes.error());
  return {200, "application/octet-stream", *bytes};
}

constexpr std::string_view kPollPath = "/checkpoint?size=";

}  // namespace

std::optional<std::uint64_t> PeerService::long_poll_size(const PeerCall& call) {
  const std::string_view target = call.target;
  if (call.method != "GET" || target.substr(0, kPollPath.size()) != kPollPath) return std::nullopt;
  const auto size = parse_decimal(target.substr(kPollPath.size()));
  if (!size) return std::nullopt;
  return *size;
}

std::uint64_t PeerService::head_size() const {
  const auto head = LogStore(shared_, member_).head();
  return head && *head ? (*head)->size : 0;
}

PeerAnswer PeerService::answer(const std::string& caller, const PeerCall& call) const {
  if (call.method == "GET")
    return get(long_poll_size(call) ? std::string_view("/checkpoint") : call.target);
  if (call.method == "POST" && call.target == "/envelopes") return envelopes(caller, call.body);
  return plain(405, "method not allowed\n");
}

PeerAnswer PeerService::get(std::string_view path) const {
  if (path == "/checkpoint") return checkpoint();
  if (path.substr(0, 1) != "/") return plain(404, "not found\n");
  const std::string_view relative = path.substr(1);
  const LogStore log(shared_, member_);
  if (const auto bundle = parse_bundle_path(relative))
    return bytes_or(log.bundle(bundle->first, bundle->second));
  if (const auto tile = parse_tile_path(relative)) return bytes_or(log.tile(*tile));
  return document(relative);
}

PeerAnswer PeerService::checkpoint() const {
  const auto head = LogStore(shared_, member_).head();
  if (!head) return failed(head.error());
  if (!*head) return plain(404, "not found\n");
  return plain(200, (*head)->checkpoint);
}

// roster/VERSION and keyset/MEMBER/NUMBER.
PeerAnswer PeerService::document(std::string_view path) const {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return plain(404, "not found\n");
  const auto number = parse_decimal(path.substr(slash + 1));
  if (!number || *number == 0 || *number > UINT32_MAX) return plain(404, "not found\n");
  const auto version = static_cast<std::uint32_t>(*number);
  const std::string_view folder = path.substr(0, slash);
  if (folder == "roster") return bytes_or(Membership::roster_document(shared_, version));
  if (folder.substr(0, 7) == "keyset/") {
    return bytes_or(Membership::keyset_document(shared_, folder.substr(7), version));
  }
  return plain(404, "not found\n");
}

// Body: digests of 32 bytes. Answer: for each, in order, a u32 length and as many bytes.
PeerAnswer PeerService::envelopes(const std::string& caller, ByteView digests) const {
  if (digests.empty() || digests.size() % kHashBytes != 0 ||
      digests.size() / kHashBytes > kEnvelopeBatchMax) {
    return plain(400,
                 "1 to " + std::to_string(kEnvelopeBatchMax) + " digests of 32 bytes expected\n");
  }
  Bytes body;
  std::set<ByteView> asked;
  for (std::size_t i = 0; i < digests.size(); i += kHashBytes) {
    if (!asked.insert(digests.substr(i, kHashBytes)).second)
      return plain(400, "a digest stands twice\n");
    const auto envelope = shared_.get(Area::envelopes, digests.substr(i, kHashBytes));
    if (!envelope) return failed(envelope.error());
    // Looking into an envelope costs more than sending it, so what does not fit is not looked into.
    if (*envelope && body.size() + (*envelope)->size() > kEnvelopeAnswerBytesMax) {
      append_u32(body, kEnvelopeAskAgain);
    } else if (!*envelope || !entitled(caller, **envelope)) {
      append_u32(body, kEnvelopeAbsent);
    } else {
      append_u32(body, static_cast<std::uint32_t>((*envelope)->size()));
      body.append(**envelope);
    }
  }
  return {200, "application/octet-stream", std::move(body)};
}

bool PeerService::entitled(const std::string& caller, ByteView envelope) const {
  const auto sealed = decode_envelope(envelope);
  if (!sealed) return false;
  const auto statement = decode_payload(sealed->payload_type, sealed->payload);
  if (!statement) return false;
  const Header* header = header_of(*statement);
  if (header == nullptr) return false;
  const Audience& audience = header->audience;
  if (audience.kind != AudienceKind::named) return true;
  return std::find(audience.members.begin(), audience.members.end(), caller) !=
         audience.members.end();
}

}  // namespace regions
