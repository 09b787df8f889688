#include "tests/e2e/network/outlet.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <thread>

namespace regions {
namespace {

constexpr char kDevice[] = "wire";

// `result` of a system call, or the name of the step and the reason.
int done(int result, const std::string& step) {
  if (result < 0) throw std::runtime_error(step + ": " + ::strerror(errno));
  return result;
}

ifreq request() {
  ifreq out{};
  ::strncpy(out.ifr_name, kDevice, IFNAMSIZ - 1);
  return out;
}

sockaddr_in address_of(const std::string& host, int port) {
  sockaddr_in out{};
  out.sin_family = AF_INET;
  out.sin_port = htons(static_cast<std::uint16_t>(port));
  ::inet_pton(AF_INET, host.c_str(), &out.sin_addr);
  return out;
}

void set_address(int socket, unsigned long what, const std::string& host) {
  ifreq asked = request();
  const sockaddr_in address = address_of(host, 0);
  ::memcpy(&asked.ifr_addr, &address, sizeof address);
  done(::ioctl(socket, what, &asked), "address of the device");
}

void raise(int socket, const std::string& host) {
  set_address(socket, SIOCSIFADDR, host);
  set_address(socket, SIOCSIFNETMASK, "255.255.255.0");
  ifreq asked = request();
  asked.ifr_flags = IFF_UP | IFF_RUNNING;
  done(::ioctl(socket, SIOCSIFFLAGS, &asked), "device up");
}

// In a thread of its own, which alone changes its namespace.
void make(Outlet& out) {
  done(::unshare(CLONE_NEWNET), "a network namespace (needs root)");
  out.network = Descriptor(done(::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC), "proc"));
  out.tun =
      Descriptor(done(::open("/dev/net/tun", O_RDWR | O_CLOEXEC | O_NONBLOCK), "/dev/net/tun"));
  ifreq asked = request();
  asked.ifr_flags = IFF_TUN | IFF_NO_PI;
  done(::ioctl(out.tun.get(), TUNSETIFF, &asked), "a TUN device");
  out.listener = Descriptor(done(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
  raise(out.listener.get(), out.host);
  const sockaddr_in address = address_of(out.host, kOutletPort);
  done(::bind(out.listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address),
       "bind");
  done(::listen(out.listener.get(), SOMAXCONN), "listen");
}

}  // namespace

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

std::optional<Outlet> make_outlet(int number, std::string& wrong) {
  Outlet out;
  out.host = "10.99.0." + std::to_string(number + 1);
  wrong.clear();
  std::thread([&] {
    try {
      make(out);
    } catch (const std::runtime_error& error) {
      wrong = error.what();
    }
  }).join();
  if (!wrong.empty()) return std::nullopt;
  return out;
}

}  // namespace regions
