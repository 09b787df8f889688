// What a member may ask, what it gets, and the worked example of spec/exchange.md.
#include "tests/node/exchange/exchange_bench.h"
#include "tests/protocol/log/spec_page.h"

namespace regions {
namespace {

class PeerServiceTest : public ExchangeBench {
 protected:
  PeerAnswer get(const std::string& target) { return service.answer("PT16", {"GET", target, ""}); }
  PeerAnswer post(const Bytes& body, const std::string& caller = "PT16") {
    return service.answer(caller, {"POST", "/envelopes", body});
  }
};

TEST_F(PeerServiceTest, OtherMethodsAreNotAllowed) {
  for (const std::string method : {"PUT", "DELETE", "HEAD", "", "get", "PO\nST"}) {
    EXPECT_EQ(service.answer("PT16", {method, "/checkpoint", ""}).status, 405u) << method;
  }
  EXPECT_EQ(service.answer("PT16", {"POST", "/checkpoint", ""}).status, 405u);
  EXPECT_EQ(service.answer("PT16", {"POST", "/envelopes?x", ""}).status, 405u);
}

TEST_F(PeerServiceTest, UnknownOrMisspeltTargetsAreNotFound) {
  for (const char* target : {"",
                             "/",
                             "checkpoint",
                             "/checkpoint/",
                             "/checkpoint?",
                             "/checkpoint?size=",
                             "/checkpoint?size=-1",
                             "/checkpoint?size=01",
                             "/checkpoint?size=1&x=2",
                             "/CHECKPOINT",
                             "//checkpoint",
                             "/../lock",
                             "/tile/0/000",
                             "/tile/0/0",
                             "/tile/8/000.p/1",
                             "/tile/0/000.p/0",
                             "/tile/0/000.p/3",
                             "/tile/0/001.p/1",
                             "/tile/entries/000",
                             "/tile/entries/000.p/3",
                             "/tile/entries/000.p/02",
                             "/tile/entries/x999/x999/x999/x999/x999/999",
                             "/roster/0",
                             "/roster/2",
                             "/roster/01",
                             "/roster/-1",
                             "/roster/4294967297",
                             "/roster/",
                             "/keyset/ES/2",
                             "/keyset/XX/1",
                             "/keyset//1",
                             "/keyset/ES/",
                             "/keyset/1",
                             "/envelopes",
                             "/vkey",
                             "/heads/ES",
                             "/\xff\xfe"}) {
    EXPECT_EQ(get(target).status, 404u) << target;
  }
  EXPECT_EQ(get("/keyset/" + std::string(70'000, 'E') + "/1").status, 404u);
  EXPECT_EQ(get(std::string("/keyset/ES\0/1", 13)).status, 404u);
}

TEST_F(PeerServiceTest, ServesItsOwnLogAndTheDocumentsOfAll) {
  EXPECT_EQ(get("/checkpoint").body, log.head().checkpoint);
  EXPECT_EQ(get("/checkpoint?size=7").body, log.head().checkpoint);
  EXPECT_EQ(get("/tile/0/000.p/2").body.size(), 64u);
  EXPECT_EQ(get("/tile/0/000.p/1").body, get("/tile/0/000.p/2").body.substr(0, 32));
  EXPECT_EQ(get("/tile/entries/000.p/2").body.size(), 2 * 58u);
  EXPECT_EQ(get("/roster/1").body, encode_envelope(federation.founding.signed_by_all()));
  EXPECT_EQ(get("/keyset/DE24/1").body,
            encode_envelope(federation.founding.signed_key_set("DE24")));
}

TEST_F(PeerServiceTest, LongPollIsThatOneForm) {
  EXPECT_EQ(PeerService::long_poll_size({"GET", "/checkpoint?size=12", ""}), 12u);
  EXPECT_EQ(PeerService::long_poll_size({"GET", "/checkpoint", ""}), std::nullopt);
  EXPECT_EQ(PeerService::long_poll_size({"POST", "/checkpoint?size=12", ""}), std::nullopt);
  EXPECT_EQ(PeerService::long_poll_size({"GET", "/checkpoint?size=99999999999999999999", ""}),
            std::nullopt);
  EXPECT_EQ(service.head_size(), 2u);
  EXPECT_EQ(PeerService(ours, "PT16").head_size(), 0u);
}

TEST_F(PeerServiceTest, WrongNumberOfDigestsIsRefused) {
  for (const std::size_t length : {std::size_t{0}, std::size_t{1}, std::size_t{31}, std::size_t{33},
                                   kHashBytes * (kEnvelopeBatchMax + 1), std::size_t{1} << 20}) {
    EXPECT_EQ(post(Bytes(length, 'x')).status, 400u) << length;
  }
  Bytes most;
  for (std::size_t i = 0; i < kEnvelopeBatchMax; ++i) {
    most += Bytes(kHashBytes, static_cast<char>(i));
  }
  EXPECT_EQ(post(most).status, 200u);
  // One digest many times would make this node look into one envelope as often.
  EXPECT_EQ(post(Bytes(2 * kHashBytes, 'x')).status, 400u);
}

TEST_F(PeerServiceTest, PayloadForNamedMembersIsServedToThemAlone) {
  Release named = log.release("2019");
  named.header.audience = {AudienceKind::named, {"DE24"}};
  const Digest id = log.append(named);
  EXPECT_EQ(post(Bytes(id.view()), "PT16").body, Bytes(4, '\0'));
  EXPECT_GT(post(Bytes(id.view()), "DE24").body.size(), 100u);
}

TEST_F(PeerServiceTest, PayloadWhoseAudienceIsNotKnownIsServedToNobody) {
  const auto envelope =
      envelope_of(payload_type_for("measure"), "anything", federation.key("ES", Role::statement));
  Entry entry{EntryKind::measure, AudienceKind::federation, log.size(), kFoundingTime, {}};
  const Digest id = log.append(envelope, entry);
  EXPECT_EQ(post(Bytes(id.view())).body, Bytes(4, '\0'));
  Batch batch;
  batch.put(Area::envelopes, id.view(), "damaged");
  ASSERT_OK(theirs.commit(batch));
  EXPECT_EQ(post(Bytes(id.view())).body, Bytes(4, '\0'));
}

TEST_F(PeerServiceTest, WhatDoesNotFitOneAnswerIsPutOffAndNothingElse) {
  std::vector<Digest> ids;
  for (int i = 0; i < 20; ++i) {
    Release big = log.release(std::to_string(2001 + i));
    big.dimensions = {"technology"};
    big.cells.clear();
    for (int cell = 0; cell < 14'000; ++cell) {
      const std::string number = std::to_string(100'000 + cell);
      big.cells.push_back({{"c" + number}, 1'000'000, ObsStatus::A});
    }
    ids.push_back(log.append(big));
  }
  Bytes body;
  for (const Digest& id : ids) body.append(id.view());
  const PeerAnswer answer = post(body);
  EXPECT_LE(answer.body.size(), kPeerAnswerBytesMax);
  EXPECT_GT(answer.body.size(), kEnvelopeAnswerBytesMax / 2);
  EXPECT_NE(read_u32(answer.body), kEnvelopeAskAgain);
  EXPECT_EQ(answer.body.substr(answer.body.size() - 4), Bytes(4, '\xff'));
  // A follower gets them all.
  auto follower = open(ours);
  drive(*follower, clock, honest_peer());
  EXPECT_EQ(follower->status().pending, 0u);
  EXPECT_EQ(verdict_on(ours, federation, "ES"), "valid");
}

TEST_F(PeerServiceTest, FailingStoreIsUnavailableNotAbsent) {
  FaultStore faulty(theirs);
  const PeerService failing(faulty, "ES");
  const Digest id = log.append(log.release("2017"));
  const std::vector<PeerCall> calls = {
      {"GET", "/checkpoint", ""},           {"GET", "/tile/0/000.p/2", ""},
      {"GET", "/tile/entries/000.p/2", ""}, {"GET", "/roster/1", ""},
      {"GET", "/keyset/ES/1", ""},          {"POST", "/envelopes", Bytes(id.view())}};
  for (const PeerCall& call : calls) {
    faulty.fail_at(1, FaultStore::Flavour::not_applied, true);
    const PeerAnswer answer = failing.answer("PT16", call);
    EXPECT_EQ(answer.status, 503u) << call.target;
    EXPECT_EQ(answer.body, "unavailable\n");  // no path, no error text of ours
  }
}

// spec/exchange.md, bit by bit.
TEST_F(PeerServiceTest, WorkedExampleOfTheSpecIsWhatIsServed) {
  auto examples = spec_examples("exchange.md");
  const std::map<std::string, std::string> spaced = spec_examples("exchange.md", true);
  const Bytes request = from_hex(examples.at("request body")).value();
  ASSERT_EQ(request.size(), 2 * kHashBytes);
  const PeerAnswer answer = post(request);
  EXPECT_EQ(answer.status, 200u);
  EXPECT_EQ(to_hex(answer.body), examples.at("answer body"));
  // The first is entry 0, whose digest the bundle ends with; nothing has the second.
  const Bytes entry = LogStore(theirs, "ES").entry(0).value();
  EXPECT_EQ(request.substr(0, 32), entry.substr(24));
  EXPECT_EQ(examples.at("GET /checkpoint"), to_hex(get("/checkpoint").body));
  EXPECT_EQ(examples.at("GET /tile/entries/000.p/2"), to_hex(get("/tile/entries/000.p/2").body));
}

}  // namespace
}  // namespace regions
