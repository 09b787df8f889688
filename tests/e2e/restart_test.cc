// One node that restarts again and again, ended politely or killed, while its peers follow it and
// it goes on stating: bounded, nothing twice, and everybody has it all in the end.
#include <gtest/gtest.h>

#include <set>

#include "tests/e2e/support/federation.h"

namespace regions {
namespace {

namespace json = boost::json;

constexpr int kRestarts = 24;
constexpr int kFirstYear = 1990;
const std::vector<std::string> kIds = {"DE24", "ES13", "PT16"};

// Descriptors that a process has open.
std::size_t descriptors_of(int process) {
  std::error_code gone;
  const std::filesystem::path folder = "/proc/" + std::to_string(process) + "/fd";
  return static_cast<std::size_t>(
      std::distance(std::filesystem::directory_iterator(folder, gone), {}));
}

long resident_kib(int process) {
  const std::string text = read_text("/proc/" + std::to_string(process) + "/status");
  const std::size_t at = text.find("VmRSS:");
  return at == std::string::npos ? 0 : std::stol(text.substr(at + 6));
}

TEST(Restarts, AStormOfThemIsBoundedAndConvergesWithoutADouble) {
  RealFederation federation(kIds, {}, "none");
  std::string csv = cooperation_header();
  for (int i = 0; i < kRestarts; ++i) {
    csv += rows("y" + std::to_string(i), "PT16", 5, kFirstYear + i, kFirstYear + i);
  }
  federation.import("PT16", "cooperations", csv);
  federation.start_all();
  EXPECT_TRUE(federation.wait_for_exchange());
  const std::size_t descriptors = descriptors_of(federation.node("ES13").id());
  const long memory = resident_kib(federation.node("ES13").id());

  std::set<std::string> stated;
  for (int i = 0; i < kRestarts; ++i) {
    // A peer's long-poll is open, and it learns of the release while the node goes down.
    const Ran released = federation.release("PT16", "ENT-COOP", kFirstYear + i);
    ASSERT_EQ(released.status, 0) << released.text() << read_text(federation.log_of("PT16"));
    stated.insert(json::serialize(json::parse(released.out).at("release")));
    if (i % 3 == 0) {
      federation.kill("PT16");
    } else {
      EXPECT_EQ(federation.stop("PT16"), 0) << read_text(federation.log_of("PT16"));
    }
    federation.start("PT16");
  }
  EXPECT_EQ(stated.size(), static_cast<std::size_t>(kRestarts));
  EXPECT_TRUE(federation.wait_for_exchange());

  // Nothing piles up at a peer that was cut off so often.
  const std::size_t after = descriptors_of(federation.node("ES13").id());
  const long grown = resident_kib(federation.node("ES13").id()) - memory;
  std::printf("%d restarts: descriptors of a peer %zu, then %zu; %ld KiB grown\n", kRestarts,
              descriptors, after, grown);
  EXPECT_LE(after, descriptors + 4);
  EXPECT_LT(grown, 64 * 1024);
  // A peer is said when its state changes, at most once in ten seconds.
  const std::string log = read_text(federation.log_of("ES13"));
  EXPECT_LT(std::count(log.begin(), log.end(), '\n'), 40) << log;

  const std::string figures = federation.figures("PT16", "ENT-COOP");
  EXPECT_EQ(std::count(figures.begin(), figures.end(), 'A'), kRestarts) << figures;
  for (const std::string& id : kIds) {
    EXPECT_EQ(federation.figures(id, "ENT-COOP"), figures) << id;
    const Ran audit = federation.audit(federation.exported(id, "PT16"));
    EXPECT_EQ(audit.status, 0) << audit.text();
    EXPECT_EQ(json::parse(audit.out).at("releases").as_array().size(), stated.size());
  }
}

}  // namespace
}  // namespace regions
