#include "tests/e2e/network/wires.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <queue>
#include <thread>

#include "protocol/base/bytes.h"
#include "protocol/base/check.h"
#include "tests/e2e/network/outlet.h"
#include "tests/support/seeded_random.h"

namespace regions {
namespace {

using Clock_ = std::chrono::steady_clock;

constexpr std::size_t kPacketBytesMax = 65'536;
// Packets under way; what comes then is lost, as in a router whose memory is full.
constexpr std::size_t kUnderWayMax = 100'000;
// Of one device before the others get their turn.
constexpr int kReadsInARow = 64;

struct Packet {
  Clock_::time_point due;
  std::uint64_t number;  // packets of one delay stay in order
  std::size_t to;
  Bytes bytes;
  bool operator>(const Packet& other) const {
    return due != other.due ? due > other.due : number > other.number;
  }
};

// RFC 791: version 4, destination at 16.
std::optional<std::size_t> destination(ByteView packet, std::size_t nodes) {
  if (packet.size() < 20 || static_cast<std::uint8_t>(packet[0]) >> 4 != 4) return std::nullopt;
  const auto last = static_cast<std::uint8_t>(packet[19]);
  if (last == 0 || last > nodes) return std::nullopt;
  return last - 1u;
}

// RFC 9293: SYN without ACK.
bool is_dial(ByteView packet) {
  const std::size_t header = (static_cast<std::uint8_t>(packet[0]) & 0xfu) * 4;
  if (packet[9] != 6 || packet.size() < header + 20) return false;
  const auto flags = static_cast<std::uint8_t>(packet[header + 13]);
  return (flags & 0x02) != 0 && (flags & 0x10) == 0;
}

}  // namespace

class Wires::Impl {
 public:
  Impl(const std::vector<std::string>& ids, std::uint64_t seed)
      : random_(seed), wake_(::eventfd(0, EFD_CLOEXEC)) {
    CHECK(wake_.get() >= 0);
    for (const std::string& id : ids) {
      std::string wrong;
      auto outlet = make_outlet(static_cast<int>(outlets_.size()), wrong);
      if (!outlet) throw std::runtime_error(wrong);
      places_[id] = outlets_.size();
      outlets_.push_back(std::move(*outlet));
    }
    links_.assign(ids.size() * ids.size(), {});
    thread_ = std::thread([this] { carry(); });
  }
  ~Impl() {
    const std::uint64_t one = 1;
    CHECK(::write(wake_.get(), &one, sizeof one) == sizeof one);
    thread_.join();
  }

  Seat seat(const std::string& id) {
    Outlet& outlet = outlets_[places_.at(id)];
    const std::string network =
        "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(outlet.network.get());
    return {outlet.listener.release(), outlet.host, kOutletPort, {"nsenter", "--net=" + network}};
  }
  void set(const std::string& from, const std::string& to, const Link& link) {
    const std::lock_guard lock(mutex_);
    links_[places_.at(from) * outlets_.size() + places_.at(to)] = link;
  }
  void set_all(const Link& link) {
    const std::lock_guard lock(mutex_);
    std::fill(links_.begin(), links_.end(), link);
  }
  Carried carried() const {
    const std::lock_guard lock(mutex_);
    return carried_;
  }

 private:
  void carry() {
    std::vector<pollfd> ready;
    for (const Outlet& outlet : outlets_) ready.push_back({outlet.tun.get(), POLLIN, 0});
    ready.push_back({wake_.get(), POLLIN, 0});
    for (;;) {
      ::poll(ready.data(), ready.size(), until_due());
      if (ready.back().revents != 0) return;
      for (std::size_t from = 0; from < outlets_.size(); ++from) {
        if (ready[from].revents != 0) take_from(from);
      }
      deliver();
    }
  }

  // Milliseconds; a packet may come as much too late.
  int until_due() const {
    if (under_way_.empty()) return -1;
    const auto left = under_way_.top().due - Clock_::now();
    return static_cast<int>(
        std::max<std::int64_t>(0, std::chrono::ceil<std::chrono::milliseconds>(left).count()));
  }

  void take_from(std::size_t from) {
    Bytes packet;
    for (int i = 0; i < kReadsInARow; ++i) {
      packet.resize(kPacketBytesMax);
      const auto size = ::read(outlets_[from].tun.get(), packet.data(), packet.size());
      if (size <= 0) return;
      packet.resize(static_cast<std::size_t>(size));
      if (const auto to = destination(packet, outlets_.size())) send(from, *to, packet);
    }
  }

  void send(std::size_t from, std::size_t to, ByteView packet) {
    const std::lock_guard lock(mutex_);
    const Link& link = links_[from * outlets_.size() + to];
    const bool lost = link.cut || (link.refuses_dials && is_dial(packet)) || chance(link.loss) ||
                      under_way_.size() >= kUnderWayMax;
    if (lost) {
      ++carried_.lost;
      return;
    }
    ++carried_.packets;
    carried_.bytes += packet.size();
    under_way_.push(
        {Clock_::now() + std::chrono::milliseconds(link.delay_ms), ++number_, to, Bytes(packet)});
  }

  bool chance(double probability) {
    return probability > 0 && read_u32(random_.bytes(4)) < probability * 4294967296.0;
  }

  // A device that takes no more loses the packet, as any does.
  void deliver() {
    const auto now = Clock_::now();
    while (!under_way_.empty() && under_way_.top().due <= now) {
      const Packet& packet = under_way_.top();
      [[maybe_unused]] const auto written =
          ::write(outlets_[packet.to].tun.get(), packet.bytes.data(), packet.bytes.size());
      under_way_.pop();
    }
  }

  std::vector<Outlet> outlets_;
  std::map<std::string, std::size_t> places_;
  // Owned by the carrying thread.
  SeededRandom random_;
  std::priority_queue<Packet, std::vector<Packet>, std::greater<>> under_way_;
  std::uint64_t number_ = 0;
  mutable std::mutex mutex_;
  std::vector<Link> links_;  // guarded by mutex_; from * nodes + to
  Carried carried_;          // guarded by mutex_
  const Descriptor wake_;
  std::thread thread_;
};

std::string Wires::unavailable() {
  std::string wrong;
  make_outlet(0, wrong);
  return wrong;
}

Wires::Wires(const std::vector<std::string>& ids, std::uint64_t seed)
    : impl_(std::make_unique<Impl>(ids, seed)) {}
Wires::~Wires() = default;
Seat Wires::seat(const std::string& id) const { return impl_->seat(id); }
void Wires::set(const std::string& from, const std::string& to, const Link& link) {
  impl_->set(from, to, link);
}
void Wires::set_all(const Link& link) { impl_->set_all(link); }
Carried Wires::carried() const { return impl_->carried(); }

}  // namespace regions
