// The same firms get the same noise again: after an import in another order, and from a copy of the
// confidential store, which holds the region's secret.
#include <algorithm>

#include "node/exchange/verdict.h"
#include "protocol/statement/dsse.h"
#include "tests/node/api_operator/node_bench.h"

namespace regions {
namespace {

namespace fs = std::filesystem;

// Value by (indicator, table, period, categories).
using Figures = std::map<std::vector<std::string>, std::optional<std::int64_t>>;

class RestoreTest : public NodeBench {
 protected:
  RestoreTest() {
    for (int i = 0; i < 60; ++i) {
      const std::string id = "e" + std::to_string(i);
      const std::string years = i % 3 == 0 ? "2015-03-01,2019-04-01" : "2018-03-01,2022-04-01";
      const char* technology = i % 2 == 0 ? "robotics" : "biotechnology";
      cooperations.push_back("c" + id + "," + id + ",PRC,PT16,a" + std::to_string(i % 7) +
                             ",HES,PT,PT16," + years + "," + technology + ",1000.00,1000.00\n");
      organisations.push_back(id + ",N,PRC,PT16,X,PT,C10," + (i % 4 == 0 ? "large" : "small") +
                              "\n");
    }
  }
  // An open node that releases nothing yet.
  void start(const Home& home) {
    open(home);
    found();
  }
  void import_all(bool reversed) {
    auto first = cooperations, second = organisations;
    if (reversed) {
      std::reverse(first.begin(), first.end());
      std::reverse(second.begin(), second.end());
      EXPECT_EQ(import("organisations", joined(second)).status, 200u);
    }
    EXPECT_EQ(import("cooperations", joined(first)).status, 200u);
    if (reversed) return;
    EXPECT_EQ(import("organisations", joined(second)).status, 200u);
  }
  // Every cell that this node ever stated.
  Figures stated() {
    Figures out;
    const auto take = [&](const StatementRow& row) {
      const Bytes bytes = *node->shared().get(Area::envelopes, row.id.view()).value();
      const auto envelope = decode_envelope(bytes).value();
      const Statement statement = decode_payload(envelope.payload_type, envelope.payload).value();
      const auto* release = std::get_if<Release>(&statement);
      if (release == nullptr) return;
      for (const Cell& cell : release->cells) {
        std::vector<std::string> key{release->indicator, release->table, release->period};
        key.insert(key.end(), cell.categories.begin(), cell.categories.end());
        EXPECT_TRUE(out.emplace(key, cell.value).second);
      }
    };
    EXPECT_THAT(for_each_row(node->shared(), "PT16", 0,
                             [&](std::uint64_t, const StatementRow& row) {
                               take(row);
                               return true;
                             }),
                IsOk());
    return out;
  }
  Figures released() {
    EXPECT_EQ(ask("POST", "/v1/release/due?period=2018..2019").status, 200u);
    return stated();
  }
  static std::string joined(const std::vector<std::string>& rows) {
    std::string out;
    for (const std::string& row : rows) out += row;
    return out;
  }
  static void replace(const fs::path& to, const fs::path& from) {
    fs::remove_all(to);
    fs::copy(from, to, fs::copy_options::recursive);
  }

  std::vector<std::string> cooperations, organisations;
};

TEST_F(RestoreTest, AnotherSecretGivesOtherFiguresSoTheseTestsCanFail) {
  start(make_home("one"));
  import_all(false);
  const Figures one = released();
  ASSERT_GT(one.size(), 150u);
  start(make_home("two"));
  import_all(false);
  const Figures two = released();
  ASSERT_EQ(one.size(), two.size());
  EXPECT_NE(one, two);
}

TEST_F(RestoreTest, ACopyOfTheRecordsGivesEveryFigureAgain) {
  const Home first = make_home("first");
  start(first);
  import_all(false);
  node.reset();
  fs::copy(first.records(), folder.path / "copy", fs::copy_options::recursive);
  open(first);
  const Figures before = released();

  const Home second = make_home("second");
  replace(second.records(), folder.path / "copy");
  start(second);
  EXPECT_EQ(released(), before);
}

TEST_F(RestoreTest, FilesImportedAgainInAnotherOrderGiveEveryFigureAgain) {
  const Home first = make_home("first");
  start(first);
  node.reset();
  fs::copy(first.records(), folder.path / "empty", fs::copy_options::recursive);
  open(first);
  import_all(false);
  const Figures before = released();

  const Home second = make_home("second");
  replace(second.records(), folder.path / "empty");  // the secret and no record
  start(second);
  import_all(true);
  EXPECT_EQ(released(), before);
}

TEST_F(RestoreTest, AWholeHomeThatWasCopiedAtRestGoesOnWithTheSameFigures) {
  const Home first = make_home("first");
  start(first);
  import_all(false);
  EXPECT_EQ(ask("POST", "/v1/release/due?period=2019..2019").status, 200u);
  node.reset();
  const Home second(folder.path / "second");
  fs::copy(first.dir(), second.dir(), fs::copy_options::recursive);
  open(first);
  const Figures before = released();

  open(second);
  const Figures part = stated();
  EXPECT_LT(part.size(), before.size());
  EXPECT_EQ(released(), before);
}

}  // namespace
}  // namespace regions
