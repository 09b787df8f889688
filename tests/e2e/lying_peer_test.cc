// A member that serves one changed byte: its followers say why they refuse it, go on with
// everybody else, and complete when it is honest again.
#include "tests/e2e/support/lying_peer.h"

#include <gtest/gtest.h>

#include "tests/e2e/support/federation.h"

namespace regions {
namespace {

namespace fs = std::filesystem;

void flip_byte(const fs::path& file, std::size_t from_end) {
  std::string bytes = read_text(file);
  ASSERT_GT(bytes.size(), from_end) << file;
  char& byte = bytes[bytes.size() - 1 - from_end];
  // One bit, and still base64 where it was.
  const int bit = byte == '+' || byte == '/' ? 4 : std::string_view("AZaz").find(byte) < 4 ? 2 : 1;
  byte = static_cast<char>(byte ^ bit);
  fs::permissions(file, fs::perms::owner_write, fs::perm_options::add);
  write_text(file, bytes);
}

fs::path first_in(const fs::path& folder) {
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) return entry.path();
  }
  return {};
}

// Three liars at once, each in its own way; ES13 is honest, PT16 follows.
TEST(LyingPeer, IsRefusedWithTheReasonAndFollowedAgainWhenHonest) {
  const std::map<std::string, std::string> liars = {{"BG33", "bad_signature: checkpoint"},
                                                    {"CH02", "root of checkpoint"},
                                                    {"DE24", "not by a statement key"}};
  RealFederation federation({"BG33", "CH02", "DE24", "ES13", "PT16"});
  std::vector<std::unique_ptr<LyingPeer>> peers;
  for (const auto& [id, reason] : liars) {
    federation.import(id, "cooperations", cooperation_header() + rows("f", id, 6, 2015, 2016));
    EXPECT_EQ(federation.release(id, "ENT-COOP", 2015).status, 0);
    const fs::path folder = federation.exported(id, id);
    if (id == "BG33") flip_byte(folder / "checkpoint", 5);  // in the signature's base64
    if (id == "CH02") flip_byte(first_in(folder / "tile" / "entries"), 3);
    if (id == "DE24") {
      for (const auto& entry : fs::directory_iterator(folder / "envelope"))
        flip_byte(entry.path(), 4);
    }
    peers.push_back(
        std::make_unique<LyingPeer>(federation.listener(id), federation.home(id), folder));
  }
  federation.import("ES13", "cooperations",
                    cooperation_header() + rows("f", "ES13", 7, 2015, 2016));
  federation.start("ES13");
  federation.start("PT16");
  for (const auto& [id, reason] : liars) {
    EXPECT_TRUE(eventually(
        seconds(60),
        [&, member = id, why = reason] { return federation.peer_says("PT16", member, why); }))
        << id << ": " << boost::json::serialize(federation.peer("PT16", id));
  }
  // What cannot be proved is not held, what cannot be verified is not answered from.
  for (const std::string id : {"BG33", "CH02"}) {
    const auto held = federation.peer("PT16", id);
    EXPECT_EQ(held.at("size").to_number<int>(), 0) << id;
    EXPECT_EQ(held.at("state").as_string(), id == "CH02" ? "unproven" : "refused") << id;
  }
  EXPECT_EQ(federation.peer("PT16", "DE24").at("verified").to_number<int>(), 0);
  EXPECT_EQ(federation.ctl("PT16", {"status"}).status, 1);

  // Others are followed meanwhile.
  EXPECT_EQ(federation.release("ES13", "ENT-COOP", 2015).status, 0);
  EXPECT_TRUE(federation.wait_for_exchange());
  EXPECT_EQ(federation.figures("PT16", "ENT-COOP").find("ES13 2015 7 A"),
            std::string("BG33 2015 null O\nCH02 2015 null O\nDE24 2015 null O\n").size());

  peers.clear();
  for (const auto& [id, reason] : liars) federation.start(id);
  EXPECT_TRUE(federation.wait_for_exchange(180));
  EXPECT_NE(
      federation.figures("PT16", "ENT-COOP").find("BG33 2015 6 A\nCH02 2015 6 A\nDE24 2015 6 A"),
      std::string::npos)
      << federation.figures("PT16", "ENT-COOP");
  for (const auto& [id, reason] : liars) {
    EXPECT_EQ(federation.audit(federation.exported("PT16", id)).status, 0) << id;
  }
}

}  // namespace
}  // namespace regions
