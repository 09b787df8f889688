// Region secret, record keys, cell keys, the perturbation table and the secrets of claims leave the
// confidential store in no answer, log line, exported or shared byte, whatever is asked of the
// node, but for the one answer that an operator opens a claim with.
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <fstream>
#include <sstream>

#include "node/ledger/ledger.h"
#include "node/storage/rocksdb_store.h"
#include "policies/disclosure/perturbation_generator.h"
#include "protocol/crypto/base64.h"
#include "protocol/crypto/sha256.h"
#include "tests/node/api_operator/node_bench.h"
#include "tests/support/needles.h"

namespace regions {
namespace {

namespace fs = std::filesystem;

constexpr int kFirms = 60;

// Made here again, by the formula of protocol/spec/cellkey.md.
std::uint32_t key_of(ByteView secret, const std::string& id) {
  Bytes message = "regions4/cellkey/v1\n";
  append_u32(message, static_cast<std::uint32_t>(id.size()));
  message += id;
  return read_u32(hmac_sha256(secret, {message}).view());
}

class SecretsTest : public NodeBench {
 protected:
  SecretsTest() : before_(spdlog::default_logger()) {
    const auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(log_);
    spdlog::set_default_logger(std::make_shared<spdlog::logger>("node", sink));
    spdlog::set_level(spdlog::level::trace);
  }
  ~SecretsTest() override {
    spdlog::set_default_logger(before_);
    spdlog::set_level(spdlog::level::info);
  }

  // Even firms are on robotics, every fourth is large, every third was active earlier.
  void import_all() {
    std::string cooperations, organisations;
    for (int i = 0; i < kFirms; ++i) {
      const std::string id = "e" + std::to_string(i);
      cooperations += "c" + id + "," + id + ",PRC,PT16,a,HES,PT,PT16," +
                      (i % 3 == 0 ? "2015-03-01,2019-04-01," : "2018-03-01,2022-04-01,") +
                      (i % 2 == 0 ? "robotics" : "biotechnology") + ",1000.00,1000.00\n";
      organisations += id + ",N,PRC,PT16,X,PT,C10," + (i % 4 == 0 ? "large" : "small") + "\n";
    }
    cooperations += "bad,e1,PRC,XX99,a,HES,PT,PT16,2019-13-40,,robotics,-1,\n";
    heard_ += import("cooperations", cooperations, "&rejects=1").body;
    heard_ += import("organisations", organisations).body;
    heard_ += import("organisations", "\"broken\n").body;
  }
  // The keys of the cells: the sum over every set of firms that these properties tell apart.
  void know_the_secrets() {
    secret_ = secret_in(node->home());
    needles_.bytes("region secret", secret_);
    for (int i = 0; i < kFirms; ++i) {
      needles_.number("record key of e" + std::to_string(i), key_of(secret_, id_of(i)));
    }
    for (int cell = 0; cell < 27; ++cell) {
      if (cell_key(cell) == 0) continue;  // no firm is odd and divisible by four
      needles_.number("cell key " + std::to_string(cell), cell_key(cell));
    }
    for (const PerturbationTable::Row& row : noise().rows()) {
      for (const auto& entry : row) {
        // In bytes some of them are ordinary: 0xb0000000.
        if (entry.ub < kCellKeys) needles_.decimal("table of noise", entry.ub);
      }
    }
  }
  static Bytes secret_in(const Home& home) {
    return *open_confidential(home)->get(Area::meta_records, "region-secret").value();
  }
  // Of what is released by now; how many there are.
  std::size_t know_the_openings() {
    const auto store = open_confidential(node->home());
    const Ledger ledger(*store);
    std::size_t count = 0;
    for (const LedgerRelease& one : ledger.all_releases().value()) {
      const auto secret = ledger.witness_secret(one.figure, one.version).value();
      if (!secret) continue;
      needles_.bytes("secret of claim " + std::to_string(++count), *secret);
      heard_ += ask("GET", "/v1/ledger/witnesses?release=" + one.ref.id.hex()).body;
    }
    return count;
  }
  static std::unique_ptr<Store> open_confidential(const Home& home) {
    const fs::path copy = home.dir().string() + ".copy";
    fs::remove_all(copy);
    fs::copy(home.records(), copy, fs::copy_options::recursive);
    return open_store(copy, Wing::confidential, false).value();
  }
  static std::string id_of(int firm) { return "e" + std::to_string(firm); }
  static bool is_in(int cell, int firm) {
    const int early = cell % 3, technology = cell / 3 % 3, size = cell / 9;
    return (early == 2 || early == (firm % 3 == 0)) &&
           (technology == 2 || technology == firm % 2) && (size == 2 || size == (firm % 4 == 0));
  }
  std::uint32_t cell_key(int cell) const {
    std::uint32_t sum = 0;
    for (int i = 0; i < kFirms; ++i) {
      if (is_in(cell, i)) sum += key_of(secret_, id_of(i));
    }
    return sum;
  }
  static const PerturbationTable& noise() {
    static const PerturbationTable table = generate_perturbation_table({}).value();
    return table;
  }
  void ask_everything() {
    for (const char* target :
         {"/v1/status", "/v1/peers", "/v1/metrics", "/v1/roster", "/v1/plan",
          "/v1/progress?indicator=ENT-COOP", "/v1/progress?indicator=ENT-COOP&json=1",
          "/v1/query?indicator=ENT-COOP",
          "/v1/query?indicator=ENT-COOP&by=region,window,technology_group",
          "/v1/query?indicator=ENT-COOP&by=region,window,technology_group&format=json",
          "/v1/query?indicator=ENT-COOP&by=region,window,size&format=csv", "/v1/log/export",
          "/v1/query?indicator=ENT-COOP&by=region,year,nace", "/v1/query?indicator=NO",
          "/v1/query?indicator=ENT-COOP&period=x", "/v1/nothing"}) {
      heard_ += ask("GET", target).body;
    }
    for (const char* target :
         {"/v1/release?indicator=ENT-COOP&period=2019&dry_run=1", "/v1/release/due?dry_run=1",
          "/v1/release?indicator=ENT-COOP&period=2019", "/v1/release/due?period=2019..2021",
          "/v1/release/due?period=2019..2021", "/v1/release?indicator=COOP-FUND-EUR&period=2019",
          "/v1/roster", "/v1/keyset", "/v1/keyset/create?endpoint=localhost:1"}) {
      heard_ += ask("POST", target).body;
    }
  }
  // Every file of the home but the confidential store, and every key and value of the shared one.
  std::string shared_bytes() {
    std::string all;
    for (const auto& entry : fs::recursive_directory_iterator(node->home().dir())) {
      const bool confidential = entry.path().string().starts_with(node->home().records().string());
      if (!entry.is_regular_file() || confidential) continue;
      std::ostringstream text;
      text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      all += text.str();
    }
    for (int area = 0; area < kAreaCount; ++area) {
      if (wing_of(static_cast<Area>(area)) != Wing::shared) continue;
      const auto cursor = node->shared().scan(static_cast<Area>(area), "");
      for (; cursor->valid(); cursor->next()) {
        all += cursor->key();
        all += cursor->value();
      }
    }
    return all;
  }
  std::vector<std::string> leaks() {
    std::vector<std::string> found = needles_.found_in(heard_);
    for (const std::string& more : {log_.str(), shared_bytes()}) {
      for (std::string& one : needles_.found_in(more)) found.push_back(std::move(one));
    }
    return found;
  }
  // Of ENT-COOP by size in a window, as the node says it.
  std::int64_t published(const std::string& period, const std::string& size) {
    const std::string csv =
        ask("GET", "/v1/query?indicator=ENT-COOP&by=region,window,size&format=csv&period=" + period)
            .body;
    const std::string start = "PT16," + period + "," + size + ",";
    const std::size_t at = csv.find(start);
    EXPECT_NE(at, std::string::npos) << csv;
    return std::stoll(csv.substr(at + start.size()));
  }

  std::shared_ptr<spdlog::logger> before_;
  std::ostringstream log_;
  std::string heard_;
  Bytes secret_;
  Needles needles_;
};

TEST_F(SecretsTest, StandInNoAnswerLogLineOrSharedByte) {
  open(make_home("home"));
  found();
  import_all();
  know_the_secrets();
  ask_everything();
  EXPECT_GT(heard_.size(), 50'000u);
  EXPECT_NE(log_.str().find("\"path\":\"/v1/release/due\""), std::string::npos) << log_.str();
  EXPECT_GT(know_the_openings(), 5u);
  heard_ += ask("GET", "/v1/ledger").body;
  EXPECT_THAT(leaks(), testing::IsEmpty());

  // The node goes on after an end that it was not told of; a second copy of its home shows the
  // same.
  const Home crashed(folder.path / "crashed");
  fs::copy(node->home().dir(), crashed.dir(), fs::copy_options::recursive);
  open(crashed);
  ask_everything();
  EXPECT_THAT(leaks(), testing::IsEmpty());

  // These are the keys indeed: with them the noise comes off.
  for (const auto& [cell, period, size] : {std::tuple(2 + 3 * 2 + 9 * 1, "2018-2020", "large"),
                                           std::tuple(2 + 3 * 2 + 9 * 0, "2018-2020", "small"),
                                           std::tuple(0 + 3 * 2 + 9 * 1, "2021-2023", "large")}) {
    std::int64_t count = 0;
    for (int i = 0; i < kFirms; ++i) count += is_in(cell, i);
    EXPECT_EQ(published(period, size), count + noise().noise(count, cell_key(cell))) << size;
  }
}

TEST_F(SecretsTest, AreFoundInEveryFormWhereverOneIsPlanted) {
  open(make_home("home"));
  found();
  import_all();
  know_the_secrets();
  ASSERT_THAT(leaks(), testing::IsEmpty());
  for (const Needles::Form& form : needles_.forms()) {
    EXPECT_THAT(needles_.found_in("x=" + form.text + ";"), testing::Contains(form.name));
  }
  spdlog::debug("a key: {}", key_of(secret_, "e7"));
  EXPECT_THAT(leaks(), testing::ElementsAre("record key of e7 as a number"));
  heard_ += "{\"key\":\"" + sha256("").hex() + base64_encode(secret_) + "\"}";
  EXPECT_THAT(leaks(), testing::Contains("region secret as base64"));
  Bytes key;
  append_u32(key, cell_key(5));
  Batch batch;
  batch.put(Area::meta_shared, "planted", key);
  ASSERT_OK(node->shared().commit(batch));
  EXPECT_THAT(leaks(), testing::Contains("cell key 5"));
  std::ofstream(node->home().rejects() / "planted") << noise().rows()[1].front().ub;
  EXPECT_THAT(leaks(), testing::Contains("table of noise as a number"));
}

}  // namespace
}  // namespace regions
