// Any request: "METHOD TARGET\nBODY". The answer is one that spec/exchange.md names, and bounded.
#include "node/base/limits.h"
#include "tests/support/federation/test_federation.h"

namespace {

struct World {
  World() : log(federation, store, "ES") {
    federation.install(store);
    log.append(log.release("2017"));
    log.append_unknown(300);
  }
  regions::TestFederation federation{{"DE24", "ES", "PT16"}};
  regions::MemoryStore store;
  regions::TestLog log;
  regions::PeerService service{store, "ES"};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const World world;
  const regions::Bytes input(reinterpret_cast<const char*>(data), size);
  const std::size_t space = std::min(input.find(' '), input.size());
  const std::size_t line = std::min(input.find('\n', space), input.size());
  regions::PeerCall call;
  call.method = input.substr(0, space);
  if (space < line) call.target = input.substr(space + 1, line - space - 1);
  if (line < input.size()) call.body = input.substr(line + 1);
  const regions::PeerAnswer answer = world.service.answer("PT16", call);
  CHECK(answer.status == 200 || answer.status == 400 || answer.status == 404 ||
        answer.status == 405);
  CHECK(answer.body.size() <= regions::kPeerAnswerBytesMax);
  return 0;
}
