// A network namespace without name whose only device is a TUN: what its processes send is read from
// it, what is written to it they receive. A socket listens in it. All are gone with the object and
// the last process inside.
#pragma once

#include <optional>
#include <string>
#include <utility>

namespace regions {

// A file descriptor, closed with the object.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor();
  int get() const { return number_; }
  int release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

struct Outlet {
  Descriptor network;   // the namespace, for nsenter
  Descriptor tun;       // non-blocking, a packet a read
  Descriptor listener;  // on `host`, port kOutletPort
  std::string host;
};

inline constexpr int kOutletPort = 7443;
inline constexpr int kOutletsMax = 200;

// Number 0 to kOutletsMax - 1 of one network; its address ends in number + 1. What is missing (a
// privilege, a device) goes into `wrong`.
std::optional<Outlet> make_outlet(int number, std::string& wrong);

}  // namespace regions
