// A home whose disk fails at its nth change: while it is made, and while a node in it imports and
// releases. What was acknowledged is there afterwards, once, and the log verifies.
#include "tests/node/api_operator/test_home.h"
#include "tests/node/disk/child.h"
#include "tests/node/disk/disk_bench.h"

namespace regions {
namespace {

namespace fs = std::filesystem;

class HomeFaults : public OnFailingDisk {
 protected:
  Home home() const { return Home(path("home")); }
  int make(std::uint64_t n, bool& made) {
    static FaultDisk disk(folder.path);  // outlives the threads of an engine that failed
    arm(disk, n);
    const auto done = create_home(home(), {"north-south", "PT16", "127.0.0.1:7443"}, {}, random);
    made = done.has_value();
    if (!made && done.error().context.empty()) return wrong;
    return disk.failed() ? failed : untouched;
  }
  // A home is whole, or is none and can be removed and made again.
  int check(bool made) {
    if (!made && !fs::exists(home().config())) {
      if (Node::open(home(), clock, random)) return wrong;
      fs::remove_all(home().dir());
      return make_and_open();
    }
    return Node::open(home(), clock, random) ? untouched : wrong;
  }
  int make_and_open() {
    const auto made = create_home(home(), {"north-south", "PT16", "127.0.0.1:7443"}, {}, random);
    return made && Node::open(home(), clock, random) ? untouched : wrong;
  }

  FakeClock clock{TestHome::kNow};
  SeededRandom random{11};
  Shared<bool> made_;
};

TEST_P(HomeFaults, AHomeIsWholeOrNoneAndIsMadeAgain) {
  for (std::uint64_t n = first();; n += step()) {
    fs::remove_all(home().dir());
    *made_ = false;
    const int ended = in_child([&] { return make(n, *made_); });
    EXPECT_NE(ended, wrong) << n;
    EXPECT_LT(ended, 128) << "change " << n << ": died of signal " << ended - 128;
    EXPECT_EQ(in_child([&] { return check(*made_); }), 0) << "change " << n;
    if (ended == untouched) {
      EXPECT_TRUE(*made_);
      std::printf("at most %llu changes\n", static_cast<unsigned long long>(n - 1));
      EXPECT_GT(n, 40u);
      break;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Disk, HomeFaults, process_flavours(), flavour_name);

// What the operator of the node was told.
struct Told {
  bool imported[2] = {};
  Digest released[2];  // all zero: no answer
};

class NodeFaults : public OnFailingDisk {
 protected:
  // In a child: TestHome opens stores.
  int make() {
    TestHome made;
    fs::copy(made.path(), path("before"), fs::copy_options::recursive);
    return 0;
  }
  static Digest id_of(const Answered& answered) {
    const std::size_t at = answered.body.find("\"release\":\"");
    if (answered.status != 200 || at == std::string::npos) return {};
    return Digest::from_hex(answered.body.substr(at + 11, 64), "release").value();
  }
  static Answered release(Node& node, int year) {
    return ask(node, "POST",
               "/v1/release?indicator=ENT-COOP&period=" + std::to_string(2015 + year));
  }
  // Two years are imported and released, as far as the disk lets it.
  int work(const fs::path& dir, std::uint64_t n, Told& told) {
    static FaultDisk disk(folder.path);  // outlives the threads of an engine that failed
    arm(disk, n);
    {
      const auto node = Node::open(Home(dir), clock, random);
      for (int i = 0; node && i < 2; ++i) {
        told.imported[i] = TestHome::import(**node, i + 1).status == 200;
        if (told.imported[i]) told.released[i] = id_of(release(**node, i + 1));
      }
    }
    return disk.failed() ? failed : untouched;
  }
  static bool says(const Answered& answered, const std::string& words) {
    const bool said = answered.status == 200 && answered.body.find(words) != std::string::npos;
    if (!said) std::fprintf(stderr, "%u %s\n", answered.status, answered.body.c_str());
    return said;
  }
  int check(const fs::path& dir, const Told& told) {
    const auto node = Node::open(Home(dir), clock, random);
    if (!node) {
      std::fprintf(stderr, "%s\n", node.error().text().c_str());
      return wrong;
    }
    bool good = true;
    for (int i = 0; i < 2; ++i) {
      const Answered again = TestHome::import(**node, i + 1);
      good &= says(again, told.imported[i] ? "\"added\":0" : "\"rejected\":0");
      const Answered released = release(**node, i + 1);
      good &= says(released, "\"release\"");
      if (told.released[i] != Digest{}) good &= id_of(released) == told.released[i];
    }
    // Two adoptions and one release a year: none is lost, none is there twice.
    good &= (*node)->own_head().size == 5;
    good &= verdict_on((*node)->shared(), federation, "PT16") == "valid";
    good &= says(ask(**node, "GET", "/v1/status"), "\"own_cooperations\":15");
    return good ? untouched : wrong;
  }

  TestFederation federation{{"DE24", "ES13", "PT16"}};
  FakeClock clock{TestHome::kNow};
  SeededRandom random{12};
  Shared<Told> told_;
};

TEST_P(NodeFaults, NothingAcknowledgedIsLostAndNothingIsStatedTwice) {
  ASSERT_EQ(in_child([&] { return make(); }), 0);
  for (std::uint64_t n = first();; n += step()) {
    const fs::path dir = path("home");
    fs::remove_all(dir);
    fs::copy(path("before"), dir, fs::copy_options::recursive);
    *told_ = Told();
    const int ended = in_child([&] { return work(dir, n, *told_); });
    EXPECT_LT(ended, 128) << "change " << n << ": died of signal " << ended - 128;
    EXPECT_EQ(in_child([&] { return check(dir, *told_); }), 0) << "change " << n;
    if (ended == untouched) {
      EXPECT_TRUE(told_->imported[1] && told_->released[1] != Digest{});
      std::printf("at most %llu changes\n", static_cast<unsigned long long>(n - 1));
      EXPECT_GT(n, 40u);
      break;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Disk, NodeFaults, process_flavours(), flavour_name);

}  // namespace
}  // namespace regions
