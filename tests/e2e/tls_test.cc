// Who gets a byte from the peer port, with the real programs and OpenSSL's own client.
#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/e2e/support/federation.h"

namespace regions {
namespace {

using Words = std::vector<std::string>;

const char kRequest[] = "GET /checkpoint HTTP/1.1\r\nHost: peer\r\nConnection: close\r\n\r\n";
const char kLongPoll[] = "GET /checkpoint?size=2 HTTP/1.1\r\nHost: peer\r\n\r\n";

class TlsTest : public ::testing::Test {
 protected:
  TlsTest() : federation_({"ES13", "PT16"}) { federation_.start("PT16"); }

  std::string address() const { return "127.0.0.1:" + std::to_string(federation_.port("PT16")); }
  // A certificate over a key, the way any stranger makes one; the options that show it.
  Words certificate(const std::string& key) const {
    const std::string out = key + ".crt";
    const Ran made = run({"openssl", "req", "-x509", "-new", "-key", key, "-subj", "/CN=regions4",
                          "-days", "30", "-out", out});
    EXPECT_EQ(made.status, 0) << made.text();
    return {"-cert", out, "-key", key};
  }
  Words stray(const std::string& algorithm) const {
    const std::string key = federation_.file("stray." + algorithm);
    const Ran made = run({"openssl", "genpkey", "-algorithm", algorithm, "-out", key});
    EXPECT_EQ(made.status, 0) << made.text();
    return certificate(key);
  }
  // A copy of a node's own key, so that nothing is written into its home.
  Words of_member(const std::string& id, const std::string& role = "tls") const {
    const std::string key = federation_.file(id + "." + role + ".copy");
    write_text(key, read_text(federation_.home(id) / "keys" / (role + ".pem")));
    return certificate(key);
  }
  // What the application got; everything else that s_client says goes to its errors.
  Ran call(Words options, const std::string& request = kRequest) const {
    Words words = {"openssl", "s_client", "-quiet", "-ign_eof", "-connect", address()};
    words.insert(words.end(), options.begin(), options.end());
    return run(words, request, 30);
  }
  void expect_refused(const Words& options) const {
    const Ran ran = call(options);
    EXPECT_EQ(ran.out, "") << ran.err;
    EXPECT_NE(ran.status, 124) << "the connection was left open";
  }
  std::unique_ptr<Process> hold_open(Words options, const std::string& request,
                                     const std::string& name) const {
    write_text(federation_.file(name + ".in"), request);
    Launch launch{{"openssl", "s_client", "-ign_eof", "-connect", address()}};
    launch.arguments.insert(launch.arguments.end(), options.begin(), options.end());
    launch.input = federation_.file(name + ".in");
    launch.output = federation_.file(name + ".out");
    return std::make_unique<Process>(launch);
  }

  RealFederation federation_;
};

TEST_F(TlsTest, WhoIsNotPinnedGetsNoByte) {
  {
    SCOPED_TRACE("no certificate");
    expect_refused({});
  }
  {
    SCOPED_TRACE("a stray Ed25519 key");
    expect_refused(stray("ed25519"));
  }
  {
    SCOPED_TRACE("a stray RSA key");
    expect_refused(stray("rsa"));
  }
  {
    SCOPED_TRACE("a member's key of another role");
    expect_refused(of_member("ES13", "statement"));
  }
  {
    SCOPED_TRACE("the node's own key");
    expect_refused(of_member("PT16"));
  }
  const Ran member = call(of_member("ES13"));
  EXPECT_EQ(member.out.substr(0, 15), "HTTP/1.1 200 OK") << member.text();
  EXPECT_NE(member.out.find("e2e.test"), std::string::npos);
}

TEST_F(TlsTest, ATlsVersionBelow13GetsNoByteEvenWithAPinnedKey) {
  Words options = of_member("ES13");
  options.emplace_back("-tls1_2");
  expect_refused(options);
  options.back() = "-tls1_3";
  EXPECT_NE(call(options).out, "");
}

TEST_F(TlsTest, PlainHttpGetsNoByte) {
  const int client = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(federation_.port("PT16")));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(::connect(client, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
  const timeval limit{20, 0};
  ::setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ASSERT_GT(::send(client, kRequest, sizeof kRequest - 1, MSG_NOSIGNAL), 0);
  std::string got;
  char piece[512];
  for (ssize_t n = 1; n > 0;) {
    n = ::recv(client, piece, sizeof piece, 0);
    if (n > 0) got.append(piece, static_cast<std::size_t>(n));
    ASSERT_FALSE(n < 0 && errno == EAGAIN) << "the connection was left open";
  }
  ::close(client);
  // A TLS alert record at most.
  EXPECT_EQ(got.find("HTTP"), std::string::npos);
  EXPECT_LE(got.size(), 7U);
}

// What a renumbered or hijacked endpoint looks like: DE24 answers where ES13 should.
TEST(TlsPins, ANodeRefusesAnotherMemberWhereItDialledOne) {
  RealFederation federation({"DE24", "ES13", "PT16"});
  Launch wrong{{program("regiond"), "--home", federation.home("DE24")}};
  wrong.listener = federation.listener("ES13");
  wrong.errors = federation.log_of("DE24");
  Process impostor(wrong);
  federation.start("PT16");
  EXPECT_TRUE(eventually(seconds(30), [&] {
    return federation.peer_says("PT16", "ES13", "handshake with 127.0.0.1");
  })) << boost::json::serialize(federation.peer("PT16", "ES13"));
  const auto held = federation.peer("PT16", "ES13");
  EXPECT_EQ(held.at("size").to_number<int>(), 0);
  EXPECT_EQ(held.at("state").as_string(), "refused");
  const Ran status = federation.ctl("PT16", {"status"});
  EXPECT_EQ(status.status, 1);
  EXPECT_NE(status.out.find("peer ES13: refused"), std::string::npos) << status.text();
  impostor.kill();
  federation.start("ES13");
  EXPECT_TRUE(federation.wait_for_exchange());
}

TEST_F(TlsTest, SigtermEndsTheNodeWithLongPollsAndHalfMadeConnectionsOpen) {
  const Words key = of_member("ES13");
  auto poll = hold_open(key, kLongPoll, "poll");
  auto half_request = hold_open(key, "GET /checkpoint HTTP/1.1\r\nHo", "half");
  auto idle = hold_open(key, "", "idle");
  const int silent = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(federation_.port("PT16")));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(::connect(silent, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
  const auto connected = [&](const std::string& name) {
    return read_text(federation_.file(name + ".out")).find("TLSv1.3") != std::string::npos;
  };
  EXPECT_TRUE(eventually(
      seconds(20), [&] { return connected("poll") && connected("half") && connected("idle"); }));
  EXPECT_EQ(federation_.stop("PT16"), 0) << read_text(federation_.log_of("PT16"));
  for (auto* client : {&poll, &half_request, &idle}) {
    EXPECT_TRUE((*client)->wait(seconds(10)).has_value()) << "a connection was left open";
  }
  ::close(silent);
  EXPECT_EQ(read_text(federation_.file("poll.out")).find("HTTP/1.1"), std::string::npos);
}

TEST_F(TlsTest, SigtermEndsTheNodeInTheMiddleOfAnImport) {
  const auto pipe = federation_.file("endless");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  Launch launch{
      {program("regionctl"), "import", "cooperations", pipe, "--home", federation_.home("PT16")}};
  launch.errors = federation_.file("import.err");
  Process import(launch);
  const int feed = ::open(pipe.c_str(), O_RDWR | O_CLOEXEC);
  const std::string some = cooperation_header() + rows("f", "PT16", 500, 2015, 2016);
  ASSERT_EQ(::write(feed, some.data(), some.size()), static_cast<ssize_t>(some.size()));
  EXPECT_TRUE(eventually(seconds(30), [feed] {
    int unread = 1;
    return ::ioctl(feed, FIONREAD, &unread) == 0 && unread == 0;
  }));
  EXPECT_EQ(federation_.stop("PT16"), 0) << read_text(federation_.log_of("PT16"));
  ::close(feed);
  const auto ended = import.wait(seconds(30));
  ASSERT_TRUE(ended.has_value());
  EXPECT_EQ(*ended, 1) << read_text(launch.errors);
}

}  // namespace
}  // namespace regions
