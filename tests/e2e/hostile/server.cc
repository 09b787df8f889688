#include "tests/e2e/hostile/server.h"

#include <poll.h>
#include <sys/socket.h>

#include <vector>

namespace regions {
namespace {

constexpr int kBreathMs = 20;

std::size_t body_size(const std::string& head) {
  const std::string name = "Content-Length: ";
  const std::size_t at = head.find(name);
  return at == std::string::npos ? 0 : std::stoul(head.substr(at + name.size()));
}

// Takes one request off `buffer`; false: it is not whole yet.
bool take_request(std::string& buffer, PeerCall& call) {
  const std::size_t end = buffer.find("\r\n\r\n");
  if (end == std::string::npos) return false;
  const std::string head = buffer.substr(0, end);
  if (buffer.size() < end + 4 + body_size(head)) return false;
  const std::size_t blank = head.find(' ');
  call.method = head.substr(0, blank);
  call.target = head.substr(blank + 1, head.find(' ', blank + 1) - blank - 1);
  call.body = buffer.substr(end + 4, body_size(head));
  buffer.erase(0, end + 4 + call.body.size());
  return true;
}

}  // namespace

HostileServer::HostileServer(int listener, PrivateKey tls_key, const PeerService& service)
    : listener_(listener),
      service_(service),
      context_(TlsContext::Side::server, tls_key, [](const PublicKey&) { return true; }),
      thread_([this] { accept_loop(); }) {}

HostileServer::~HostileServer() {
  stopping_ = true;
  be_honest();
  cut_connections();
  thread_.join();
}

void HostileServer::act(Act act) {
  const std::lock_guard lock(mutex_);
  act_ = std::move(act);
  ++version_;
  changed_.notify_all();
}

void HostileServer::greet(Greeting greeting) {
  {
    const std::lock_guard lock(mutex_);
    greeting_ = std::move(greeting);
  }
  cut_connections();
}

void HostileServer::be_honest() {
  const std::lock_guard lock(mutex_);
  act_ = nullptr;
  greeting_ = nullptr;
  ++version_;
  changed_.notify_all();
}

void HostileServer::cut_connections() {
  const std::lock_guard lock(mutex_);
  for (Channel* channel : channels_) channel->shut();
}

std::string HostileServer::http(const std::string& status, std::string_view body,
                                const std::string& headers) {
  return "HTTP/1.1 " + status + "\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

std::string HostileServer::honest(const PeerCall& call) const {
  const PeerAnswer answer = service_.answer("PT16", call);
  return http(std::to_string(answer.status) + " x", answer.body);
}

void HostileServer::accept_loop() {
  std::vector<std::jthread> connections;
  while (!stopping_) {
    pollfd wanted{listener_, POLLIN, 0};
    if (::poll(&wanted, 1, kBreathMs) <= 0) continue;
    const int fd = ::accept(listener_, nullptr, nullptr);
    if (fd < 0) continue;
    connections.emplace_back([this, fd] {
      Channel channel(fd);
      serve(channel);
    });
  }
}

void HostileServer::serve(Channel& channel) {
  Greeting greeting;
  std::list<Channel*>::iterator place;
  {
    const std::lock_guard lock(mutex_);
    greeting = greeting_;
    place = channels_.insert(channels_.end(), &channel);
  }
  if (greeting ? greeting(channel) : channel.handshake(context(), true)) {
    std::string buffer;
    for (PeerCall call; !stopping_;) {
      if (take_request(buffer, call)) {
        ++requests_;
        if (!answer(channel, call)) break;
        continue;
      }
      const std::string more = channel.read_some(60'000);
      if (more.empty()) break;
      buffer += more;
    }
  }
  const std::lock_guard lock(mutex_);
  channels_.erase(place);
}

// An honest long-poll waits for news, or for the next act.
bool HostileServer::answer(Channel& channel, const PeerCall& call) {
  const auto held = PeerService::long_poll_size(call);
  Act act;
  {
    std::unique_lock lock(mutex_);
    const std::uint64_t before = version_;
    if (held && !act_) {
      changed_.wait_for(lock, std::chrono::seconds(20), [&] {
        return stopping_ || version_ != before || service_.head_size() > *held;
      });
    }
    act = act_;
  }
  return act ? act(channel, call) : channel.send(honest(call));
}

}  // namespace regions
