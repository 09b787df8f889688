#include "tests/bench/light_peer.h"

namespace regions::bench {

LightPeer::LightPeer(Founded& founded, const std::string& member, std::vector<std::string> others)
    : founded_(founded), member_(member), tls_key_(founded.federation->key(member, Role::tls)) {
  others.push_back(member);
  founded.federation->install_of(store_, others);
  log_.emplace(*founded.federation, store_, member);
}

void LightPeer::start() {
  PeerPortOptions options{&store_,   &clock_, &random_, &Catalogue::builtin(),
                          &tls_key_, member_, "",       founded_.listeners.at(member_).take(),
                          nullptr};
  port_ = PeerPort::start(std::move(options), Membership::load(store_).value()).value();
}

std::uint64_t LightPeer::verified(const std::string& member) const {
  for (const PeerStatus& peer : port_->peers()) {
    if (peer.member == member) return peer.verified;
  }
  return 0;
}

}  // namespace regions::bench
