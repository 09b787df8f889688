#include "node/net/handshakes.h"

#include <algorithm>
#include <map>

#include "node/base/limits.h"

namespace regions::net {

Handshakes::Place::Place(Handshakes& all, std::string network, std::function<void()> close)
    : all_(all) {
  all_.make_room();
  one_ = all_.open_.insert(all_.open_.end(), One{std::move(network), std::move(close), false});
}

Handshakes::Place::~Place() { (one_->leaving ? all_.leaving_ : all_.open_).erase(one_); }

void Handshakes::make_room() {
  if (open_.size() < kHandshakesMax) return;
  std::map<std::string_view, std::size_t> held;
  for (const One& one : open_) ++held[one.network];
  const auto most = std::max_element(open_.begin(), open_.end(), [&](const One& a, const One& b) {
    return held[a.network] < held[b.network];
  });
  most->leaving = true;
  leaving_.splice(leaving_.end(), open_, most);
  most->close();
}

std::string network_of(const asio::ip::address& address) {
  const auto text = [](const auto& bytes, std::size_t count) {
    return std::string(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count));
  };
  if (address.is_v4()) return text(address.to_v4().to_bytes(), 4);
  const auto v6 = address.to_v6();
  // How a socket of both families names IPv4.
  if (v6.is_v4_mapped()) {
    return text(asio::ip::make_address_v4(asio::ip::v4_mapped, v6).to_bytes(), 4);
  }
  return text(v6.to_bytes(), 8);
}

}  // namespace regions::net
