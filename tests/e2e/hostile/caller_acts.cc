#include "tests/e2e/hostile/caller_acts.h"

#include <deque>

#include "node/base/limits.h"
#include "tests/e2e/hostile/channel.h"

namespace regions {
namespace {

// A client's TLS with the key of a member, whoever the server is.
class Caller {
 public:
  explicit Caller(const PrivateKey& key)
      : context_(TlsContext::Side::client, key, [](const PublicKey&) { return true; }) {}
  SSL_CTX* context() { return context_.get().native_handle(); }
  Channel open(int port, bool& agreed) {
    Channel channel = Channel::to(port);
    agreed = channel.handshake(context(), false);
    return channel;
  }

 private:
  TlsContext context_;
};

std::string post(const std::string& body, const std::string& headers = "") {
  return "POST /envelopes HTTP/1.1\r\nHost: peer\r\nConnection: close\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string get(const std::string& target) {
  return "GET " + target + " HTTP/1.1\r\nHost: peer\r\nConnection: close\r\n\r\n";
}

struct Request {
  std::string act, bytes;
  std::string expected;  // how the answer begins; empty: the connection is closed without one
};

std::string digests(std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += sha256(std::to_string(i)).view();
  return out;
}

std::vector<Request> paths() {
  const std::string none = "HTTP/1.1 404";
  return {{"a path that does not exist", get("/records"), none},
          {"a path that leads out of the folder", get("/../config.toml"), none},
          {"an escaped path", get("/%63heckpoint"), none},
          {"another spelling of a tile", get("/tile/0/0"), none},
          {"a tile of level 8", get("/tile/8/000"), none},
          {"a partial tile of width 256", get("/tile/0/000.p/256"), none},
          {"a tile far behind the log", get("/tile/0/x999/x999/x999/x999/x999/999"), none},
          {"a size past 64 bits", get("/checkpoint?size=18446744073709551616"), none},
          {"a negative size", get("/checkpoint?size=-1"), none},
          {"a target of an absolute form", get("http://peer/checkpoint"), none},
          {"roster 0", get("/roster/0"), none},
          {"a key set of a member that is none", get("/keyset/ZZ99/1"), none},
          {"a path of 4,000 bytes", get("/" + std::string(4000, 'a')), none}};
}

std::vector<Request> methods_and_bodies() {
  const std::string bad = "HTTP/1.1 400";
  return {
      {"a method of writing", "DELETE /checkpoint HTTP/1.1\r\nHost: p\r\nConnection: close\r\n\r\n",
       "HTTP/1.1 405"},
      {"a method that nobody knows", "FROB / HTTP/1.1\r\nHost: p\r\nConnection: close\r\n\r\n",
       "HTTP/1.1 405"},
      {"no digest", post(""), bad},
      {"half a digest", post(std::string(31, 'x')), bad},
      {"a digest twice", post(digests(1) + digests(1)), bad},
      {"64 digests, none of them known", post(digests(64)), "HTTP/1.1 200"},
      {"65 digests", post(digests(65)), ""},
      {"a body of a terabyte, announced",
       "POST /envelopes HTTP/1.1\r\nHost: p\r\nContent-Length: 1099511627776\r\n\r\n", ""},
      {"a compressed body",
       post(std::string("\x1f\x8b\x08") + std::string(1000, '\0'), "Content-Encoding: gzip\r\n"),
       bad}};
}

std::vector<Request> broken_http() {
  const std::string chunked =
      "POST /envelopes HTTP/1.1\r\nHost: p\r\nTransfer-Encoding: chunked\r\n";
  return {
      {"a header over 8 KiB",
       "GET /checkpoint HTTP/1.1\r\nX: " + std::string(kHttpHeaderBytesMax, 'x') + "\r\n\r\n", ""},
      {"a header without end", "GET /checkpoint HTTP/1.1\r\nX: " + std::string(200'000, 'x'), ""},
      {"length and chunks at once", chunked + "Content-Length: 5\r\n\r\n0\r\n\r\n", ""},
      {"two lengths that differ",
       "POST /envelopes HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nxxxxx", ""},
      {"a chunk with an extension of 200 KiB",
       chunked + "\r\n1;" + std::string(200'000, 'e') + "\r\nx\r\n0\r\n\r\n", ""},
      {"a chunk of a length past 64 bits", chunked + "\r\nfffffffffffffffff\r\nx", ""},
      {"a control byte in a header", std::string("GET / HTTP/1.1\r\nX: a\0b\r\n\r\n", 26), ""},
      {"no HTTP at all", std::string(300, '\xff'), ""},
      {"HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", ""}};
}

void run(const Nodes& nodes, Caller& caller, const Request& request, Acts& acts) {
  const std::int64_t from = now_ms();
  bool agreed = false, closed = false;
  Channel channel = caller.open(nodes.port("PT16"), agreed);
  (void)channel.send(request.bytes);
  const std::string got = channel.read_to_end(5'000, closed);
  const bool held = agreed && closed && got.starts_with(request.expected) &&
                    (!request.expected.empty() || got.empty());
  acts.add("calls: " + request.act,
           request.expected.empty() ? "closed" : request.expected.substr(9), got.substr(0, 60),
           held, now_ms() - from);
}

}  // namespace

void bad_requests(const Nodes& nodes, const std::string& member, Acts& acts) {
  Caller caller(nodes.key(member, Role::tls));
  for (const auto& requests : {paths(), methods_and_bodies(), broken_http()}) {
    for (const Request& request : requests) run(nodes, caller, request, acts);
  }
}

namespace {

// Who may not speak gets no byte. A client of TLS 1.3 believes it is through before the server has
// looked at its key, so what counts is what it can read.
void expect_no_byte(const Nodes& nodes, const std::string& act, Caller& caller, Acts& acts) {
  const std::int64_t from = now_ms();
  bool agreed = false, closed = false;
  Channel channel = caller.open(nodes.port("PT16"), agreed);
  if (agreed) (void)channel.send(get("/checkpoint"));
  const std::string got = channel.read_to_end(7'000, closed);
  acts.add("calls: " + act, "no byte", got.substr(0, 60), closed && got.empty(), now_ms() - from);
}

void strangers(const Nodes& nodes, const std::string& member, Acts& acts) {
  SeededRandom random(4);
  Caller stranger(PrivateKey::generate(random));
  expect_no_byte(nodes, "a key that nobody knows", stranger, acts);
  Caller other_role(nodes.key(member, Role::statement));
  expect_no_byte(nodes, "a member's key of another role", other_role, acts);
  Caller itself(nodes.key("PT16", Role::tls));
  expect_no_byte(nodes, "the node's own key", itself, acts);
  Caller old(nodes.key(member, Role::tls));
  SSL_CTX_set_min_proto_version(old.context(), TLS1_2_VERSION);
  SSL_CTX_set_max_proto_version(old.context(), TLS1_2_VERSION);
  expect_no_byte(nodes, "TLS 1.2 with a member's key", old, acts);
}

void plain_bytes(const Nodes& nodes, Acts& acts) {
  for (const auto& [act, bytes] : std::vector<std::pair<std::string, std::string>>{
           {"HTTP without TLS", get("/checkpoint")},
           {"a TLS record of 16 KiB of rubbish", "\x16\x03\x01\x40\x00" + std::string(16384, 'r')},
           {"nothing, for longer than a handshake may take", ""}}) {
    const std::int64_t from = now_ms();
    Channel channel = Channel::to(nodes.port("PT16"));
    (void)channel.send_plain(bytes);
    bool closed = false;
    const std::string got = channel.read_to_end(kHandshakeTimeoutMs + 5'000, closed);
    acts.add("calls: " + act, "closed", got, closed && got.find("HTTP") == got.npos,
             now_ms() - from);
  }
}

// A connection that is resumed would carry over a decision about a key that may have gone.
void resumption(const Nodes& nodes, const std::string& member, Acts& acts) {
  const std::int64_t from = now_ms();
  Caller caller(nodes.key(member, Role::tls));
  SSL_CTX_set_session_cache_mode(caller.context(), SSL_SESS_CACHE_CLIENT);
  bool agreed = false;
  Channel first = caller.open(nodes.port("PT16"), agreed);
  (void)first.send(get("/checkpoint"));
  (void)first.read_some(3'000);
  SSL_SESSION* session = SSL_get1_session(first.ssl());
  const bool resumable = session != nullptr && SSL_SESSION_is_resumable(session) == 1;
  SSL_SESSION_free(session);
  acts.add("calls: asks for a session to resume", "none given", "a ticket", agreed && !resumable,
           now_ms() - from);
}

// Nine where eight may be: the ninth is closed, and when one of the eight goes there is room again.
void too_many(const Nodes& nodes, const std::string& member, Acts& acts) {
  const std::int64_t from = now_ms();
  Caller caller(nodes.key(member, Role::tls));
  std::deque<Channel> held;
  const std::string ask = "GET /checkpoint HTTP/1.1\r\nHost: p\r\n\r\n";
  const auto answered = [&] {
    bool agreed = false;
    held.push_back(caller.open(nodes.port("PT16"), agreed));
    return agreed && held.back().send(ask) && held.back().read_some(3'000) != "";
  };
  bool held_all = true;
  for (std::size_t i = 0; i < kConnectionsPerMemberMax; ++i) held_all &= answered();
  const bool ninth = answered();
  held.clear();
  const bool again = eventually(seconds(5), answered);
  acts.add("calls: one connection more than a member may have", "closed",
           std::string("eight ") + (held_all ? "answered" : "not") + ", ninth " +
               (ninth ? "answered" : "closed") + (again ? "" : ", then no room"),
           held_all && !ninth && again, now_ms() - from);
}

// Many half-made connections at once while a member is half through from elsewhere: the stranger's
// own give way.
void storm_beside_a_member(const Nodes& nodes, const std::string& member, Acts& acts) {
  const std::int64_t from = now_ms();
  Caller caller(nodes.key(member, Role::tls));
  Channel slow = Channel::to(nodes.port("PT16"), 2);
  std::vector<Channel> storm;
  for (std::size_t i = 0; i < 3 * kHandshakesMax; ++i)
    storm.push_back(Channel::to(nodes.port("PT16")));
  // The last of them is taken in behind all the others.
  const bool pushed_out = storm.front().closes_within(5'000);
  const bool agreed = slow.handshake(caller.context(), false);
  (void)slow.send(get("/checkpoint"));
  const std::string got = slow.read_some(5'000);
  acts.add("calls: a storm while a member's handshake is under way from another address",
           "the member is served", got.substr(0, 60),
           pushed_out && agreed && got.starts_with("HTTP/1.1 200"), now_ms() - from);
}

// Many half-made connections at once: the oldest give way.
void storm(const Nodes& nodes, const std::string& member, Acts& acts) {
  const std::int64_t from = now_ms();
  std::vector<Channel> storm;
  for (std::size_t i = 0; i < 3 * kHandshakesMax; ++i)
    storm.push_back(Channel::to(nodes.port("PT16")));
  Caller caller(nodes.key(member, Role::tls));
  bool agreed = false;
  Channel channel = caller.open(nodes.port("PT16"), agreed);
  (void)channel.send(get("/checkpoint"));
  const std::string got = channel.read_some(5'000);
  acts.add("calls: a storm of 384 connections without a handshake", "a member is still served",
           got.substr(0, 60), agreed && got.starts_with("HTTP/1.1 200"), now_ms() - from);
}

// A request byte by byte, each in a record of its own.
void one_byte_records(const Nodes& nodes, const std::string& member, Acts& acts) {
  const std::int64_t from = now_ms();
  Caller caller(nodes.key(member, Role::tls));
  bool agreed = false;
  Channel channel = caller.open(nodes.port("PT16"), agreed);
  for (const char byte : get("/checkpoint")) (void)channel.send({&byte, 1});
  const std::string got = channel.read_some(5'000);
  acts.add("calls: a request in records of one byte", "200", got.substr(0, 60),
           got.starts_with("HTTP/1.1 200"), now_ms() - from);
}

// Long-polls for a log longer than any: they wait, and nobody else does.
void long_polls(const Nodes& nodes, const std::string& member, Acts& acts) {
  const std::int64_t from = now_ms();
  Caller caller(nodes.key(member, Role::tls));
  std::deque<Channel> held;
  bool silent = true;
  for (std::size_t i = 0; i + 1 < kConnectionsPerMemberMax; ++i) {
    bool agreed = false;
    held.push_back(caller.open(nodes.port("PT16"), agreed));
    (void)held.back().send("GET /checkpoint?size=4611686018427387904 HTTP/1.1\r\nHost: p\r\n\r\n");
  }
  for (Channel& channel : held) silent &= channel.read_some(50).empty();
  bool agreed = false;
  Channel channel = caller.open(nodes.port("PT16"), agreed);
  (void)channel.send(get("/checkpoint"));
  const std::string got = channel.read_some(5'000);
  acts.add("calls: long-polls on all connections but one", "they wait, the last is served",
           got.substr(0, 60), silent && got.starts_with("HTTP/1.1 200"), now_ms() - from);
}

}  // namespace

void bad_connections(const Nodes& nodes, const std::string& member, Acts& acts) {
  strangers(nodes, member, acts);
  plain_bytes(nodes, acts);
  resumption(nodes, member, acts);
  too_many(nodes, member, acts);
  storm(nodes, member, acts);
  storm_beside_a_member(nodes, member, acts);
  one_byte_records(nodes, member, acts);
  long_polls(nodes, member, acts);
}

void flood(const Nodes& nodes, const std::string& member, Acts& acts) {
  constexpr int kRequests = 4'000;
  const std::int64_t from = now_ms();
  Caller caller(nodes.key(member, Role::tls));
  bool agreed = false, closed = false;
  Channel channel = caller.open(nodes.port("PT16"), agreed);
  const std::string ask = "GET /checkpoint HTTP/1.1\r\nHost: p\r\n\r\n";
  std::string got;
  for (int i = 0; i < kRequests; ++i) {
    if (!channel.send(i + 1 < kRequests ? ask : get("/checkpoint"))) break;
    if (i % 50 == 49) got += channel.read_some(5'000);
  }
  got += channel.read_to_end(20'000, closed);
  int answers = 0;
  for (std::size_t at = got.find("HTTP/1.1 200"); at != got.npos;
       at = got.find("HTTP/1.1 200", at + 1)) {
    ++answers;
  }
  acts.add("calls: 4,000 requests as fast as they can be written", "all answered, in turn",
           std::to_string(answers) + " answers", answers == kRequests, now_ms() - from);
}

void slow_reader(const Nodes& nodes, const std::string& member, Acts& acts) {
  const std::int64_t from = now_ms();
  Caller caller(nodes.key(member, Role::tls));
  bool agreed = false;
  Channel channel = caller.open(nodes.port("PT16"), agreed);
  const timeval limit{kRequestTimeoutMs / 1000 + 10, 0};
  ::setsockopt(channel.fd(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  std::string many;
  for (int i = 0; i < 1'000; ++i) many += "GET /keyset/PT16/1 HTTP/1.1\r\nHost: p\r\n\r\n";
  // Until the other side has had enough of answers that nobody reads.
  int sent = 0;
  while (sent < 200 && channel.send(many)) ++sent;
  acts.add("calls: asks for ever and reads nothing", "cut off after 30 s",
           std::to_string(sent) + ",000 requests taken", sent < 200, now_ms() - from);
}

}  // namespace regions
