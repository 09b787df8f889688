// A peer whose every answer is chosen by the input: honest, changed, cut, or any bytes. Whatever it
// does, the follower keeps nothing that is not in the log, and ends with the whole log once the
// peer is honest.
#include "node/base/limits.h"
#include "tests/support/federation/test_federation.h"

namespace {

using namespace regions;

class Input {
 public:
  explicit Input(ByteView bytes) : rest_(bytes) {}
  std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const auto value = static_cast<std::uint8_t>(rest_[0]);
    rest_.remove_prefix(1);
    return value;
  }
  std::size_t number() { return byte() * std::size_t{256} + byte(); }
  Bytes bytes(std::size_t count) {
    const Bytes taken(rest_.substr(0, count));
    rest_.remove_prefix(taken.size());
    return taken;
  }
  bool empty() const { return rest_.empty(); }

 private:
  ByteView rest_;
};

// The federation and the log that is followed; made once, never changed.
struct World {
  explicit World(std::size_t more) : log(federation, theirs, "ES") {
    federation.install(theirs);
    federation.install(bare);
    log.append(log.release("2017"));
    log.append_unknown(more);
    log.append(log.release("2018", std::nullopt));
  }
  TestFederation federation{{"DE24", "ES", "PT16"}};
  MemoryStore theirs, bare;
  TestLog log;
  PeerService service{theirs, "ES"};
};

Result<PeerReply> answer(const PeerRequest& request, const Peer& honest_peer, Input& input) {
  auto reply = honest_peer(request);
  switch (input.byte() % 6) {
    case 1: {  // one bit somewhere
      if (reply->body.empty()) break;
      char& changed = reply->body[input.number() % reply->body.size()];
      changed = static_cast<char>(changed ^ (1 << input.byte() % 8));
      break;
    }
    case 2:
      reply->body.resize(input.number() % (reply->body.size() + 64));
      break;
    case 3:
      reply->body = input.bytes(input.number() % 4096);
      break;
    case 4:
      reply->status = 100 + static_cast<unsigned>(input.number() % 500);
      break;
    case 5:
      return fail(input.byte() % 2 == 0 ? Errc::io : Errc::timed_out, "as the input says");
    default:
      break;
  }
  return reply;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // The second is longer than one write, so that its beginning is proved by tiles.
  static const World small(2), large(4200);
  const World& world = size > 0 && data[0] == 0xff ? large : small;
  const Peer honest_peer = honest(world.service, "PT16");
  Input input(ByteView(reinterpret_cast<const char*>(data), size));
  FakeClock clock(kFoundingTime);
  SeededRandom random(1);
  MemoryStore store;
  Batch documents;
  const auto contents = world.bare.contents();
  for (const auto& [key, value] : contents[static_cast<std::size_t>(Area::documents)]) {
    documents.put(Area::documents, key, value);
  }
  CHECK(store.commit(documents));
  const auto open = [&] {
    return Follower::open(store, world.federation.acceptor(), clock, random, "ES").value();
  };
  auto follower = open();
  drive(
      *follower, clock,
      [&](const PeerRequest& request) { return answer(request, honest_peer, input); }, 40);
  const LogStore copied(store, "ES");
  if (const auto head = copied.head().value()) {
    const LogStore whole(world.theirs, "ES");
    CHECK(head->root == whole.edge(head->size).value().tree().root());
  }
  if (size % 2 == 0) follower = open();
  for (int day = 0; day < 3; ++day) {
    drive(*follower, clock, honest_peer);
    clock.advance(2 * kBackoffLastMs / 1000);
  }
  const PeerStatus status = follower->status();
  CHECK(status.size == world.log.size() && status.pending == 0 && status.bad == 0);
  CHECK(status.verified + status.not_understood == world.log.size());
  CHECK(copied.head().value()->root == world.log.head().root);
  return 0;
}
