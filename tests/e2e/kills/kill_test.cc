// kill -9 at random moments of import, release and exchange. The seed is printed; REGIONS_SEED=N
// repeats a run's choices (not the moments, which the machine decides).
#include <gtest/gtest.h>

#include <array>
#include <set>

#include "protocol/crypto/random.h"
#include "tests/e2e/support/federation.h"
#include "tests/support/seeded_random.h"

namespace regions {
namespace {

namespace json = boost::json;
using Words = std::vector<std::string>;

#ifdef __SANITIZE_ADDRESS__
constexpr int kKills = 10;
#else
constexpr int kKills = 50;
#endif
constexpr int kFirstYear = 2000;
constexpr int kRowsPerFile = 12'000;  // three batches of an import
constexpr int kRowsPerFirm = 40;
const Words kIds = {"DE24", "ES13", "PT16"};

std::string firm(const std::string& id, int number, int i) {
  return id + "-" + std::to_string(number) + "-" + std::to_string(i);
}

// File `number` of a node: rows of one year, kFirstYear + number. Later files have fewer firms.
std::string file_of(const std::string& id, int number) {
  std::string out = cooperation_header();
  const int firms = kRowsPerFile / kRowsPerFirm - number;
  const int year = kFirstYear + number;
  for (int i = 0; i < kRowsPerFile; ++i) {
    const std::string name = firm(id, number, i % firms);
    out += line_of({name + ":" + std::to_string(i), name, id, year, year});
  }
  return out;
}

// The first 9 - number firms of each year are SMEs in manufacturing: some years are withheld.
std::string organisations_of(const std::string& id) {
  std::string out = organisation_header();
  for (int number = 0; number < 9; ++number) {
    for (int i = 0; i < 9 - number; ++i) {
      out += firm(id, number, i) + ",SME," + id + ",C28.1,small\n";
    }
  }
  return out;
}

// What one node has acknowledged.
struct Ledger {
  int files = 0;
  std::map<std::pair<std::string, int>, std::string> releases;  // to the statement's id and index
};

class Killer {
 public:
  Killer(RealFederation& federation, std::uint64_t seed) : federation_(federation), random_(seed) {}

  void run_round();
  void check_everything();
  const Ledger& ledger(const std::string& id) const { return ledgers_.at(id); }
  std::string counts() const {
    return std::to_string(cut_short_) + " commands were cut short, " +
           std::to_string(acknowledged_) + " acknowledged before the kill";
  }
  void found() {
    for (const std::string& id : kIds) {
      federation_.import(id, "organisations", organisations_of(id));
      write_text(input(id, 0), file_of(id, 0));
      import_again(id);
    }
    federation_.start_all();
  }

 private:
  int pick(int bound) {
    return static_cast<int>(read_u32(random_.bytes(4)) % static_cast<unsigned>(bound));
  }
  std::filesystem::path input(const std::string& id, int number) const {
    return federation_.file(id + "." + std::to_string(number) + ".csv");
  }
  // The next release of a node: both headlines of each imported year, in order.
  std::optional<std::pair<std::string, int>> next_release(const std::string& id) const {
    for (int number = 0; number < ledgers_.at(id).files; ++number) {
      for (const char* indicator : {"ENT-COOP", "SME-COOP"}) {
        const std::pair<std::string, int> key{indicator, kFirstYear + number};
        if (!ledgers_.at(id).releases.contains(key)) return key;
      }
    }
    return std::nullopt;
  }
  void release_again(const std::string& id, const std::pair<std::string, int>& key);
  void import_again(const std::string& id, bool acknowledged = false);
  // True when the command was acknowledged.
  bool kill_during(const std::string& id, const Words& words, bool alone);
  void check(const std::string& id) const;

  RealFederation& federation_;
  SeededRandom random_;
  int cut_short_ = 0, acknowledged_ = 0;
  std::map<std::string, Ledger> ledgers_{{"DE24", {}}, {"ES13", {}}, {"PT16", {}}};
};

std::string reference(const json::value& release) {
  return json::serialize(release.at("release")) + " at " + json::serialize(release.at("log_index"));
}

// Asks for it as an operator does who saw no answer; the first answer counts for ever.
void Killer::release_again(const std::string& id, const std::pair<std::string, int>& key) {
  const Ran ran = federation_.release(id, key.first, key.second);
  ASSERT_EQ(ran.status, 0) << ran.text() << read_text(federation_.log_of(id));
  const std::string now = reference(json::parse(ran.out));
  const auto [known, added] = ledgers_.at(id).releases.emplace(key, now);
  EXPECT_EQ(known->second, now) << id << " " << key.first << " " << key.second;
}

void Killer::import_again(const std::string& id, bool acknowledged) {
  int& files = ledgers_.at(id).files;
  const json::value done = federation_.ask(id, {"import", "cooperations", input(id, files)});
  ASSERT_TRUE(done.is_object()) << id << read_text(federation_.log_of(id));
  EXPECT_EQ(done.at("read").to_number<int>(), kRowsPerFile);
  EXPECT_EQ(done.at("added").to_number<int>() + done.at("unchanged").to_number<int>(),
            kRowsPerFile);
  if (acknowledged) {
    EXPECT_EQ(done.at("added").to_number<int>(), 0) << "acknowledged rows were lost";
  }
  ++files;
}

// Starts a command and kills the node, or, where it works alone, the command, at some moment of it.
bool Killer::kill_during(const std::string& id, const Words& words, bool alone) {
  Launch launch{{program("regionctl"), "--home", federation_.home(id), "--json"}};
  launch.arguments.insert(launch.arguments.end(), words.begin(), words.end());
  launch.output = federation_.file("interrupted." + std::to_string(pick(1 << 30)));
  if (alone) federation_.kill(id);
  Process command(launch);
  // Half of the kills fall within the first 60 ms, where a release is; an import takes longer.
  const auto ended = command.wait(std::chrono::milliseconds(pick(2) == 0 ? pick(60) : pick(400)));
  if (alone) {
    command.kill();
  } else {
    federation_.kill(id);
  }
  const bool acknowledged = ended ? *ended == 0 : command.wait(seconds(30)) == 0;
  federation_.start(id);
  (acknowledged ? acknowledged_ : cut_short_) += 1;
  if (!acknowledged || words[0] != "release") return acknowledged;
  // What the operator was told before the kill must be found after it.
  const auto key = std::make_pair(words[1], std::stoi(words[3]));
  ledgers_.at(id).releases.emplace(key, reference(json::parse(read_text(launch.output))));
  return true;
}

void Killer::run_round() {
  const std::string id = kIds[static_cast<std::size_t>(pick(3))];
  const std::string other = kIds[static_cast<std::size_t>(pick(3))];
  const bool alone = pick(5) == 0;
  const auto release = next_release(id);
  const int what = release ? pick(3) : 0;
  if (what == 0) {
    const auto file = input(id, ledger(id).files);
    write_text(file, file_of(id, ledger(id).files));
    const bool done = kill_during(id, {"import", "cooperations", file}, alone);
    import_again(id, done);
  } else if (what == 1) {
    kill_during(id, {"release", release->first, "--period", std::to_string(release->second)},
                alone);
    release_again(id, *release);
  } else {
    // The others follow what was just stated; one of them dies while it does.
    release_again(id, *release);
    kill_during(other == id ? kIds[0] : other, {"peers"}, false);
  }
  check(id);
}

void Killer::check(const std::string& id) const {
  const json::value status = federation_.ask(id, {"status"});
  ASSERT_TRUE(status.is_object());
  EXPECT_EQ(status.at("records").at("own_cooperations").to_number<int>(),
            ledger(id).files * kRowsPerFile);
  EXPECT_EQ(status.at("log").at("size").to_number<std::size_t>(), 2 + ledger(id).releases.size());
}

// Every node's own log and what the others hold of it; every acknowledged release, under its id.
void Killer::check_everything() {
  for (const std::string& id : kIds) {
    check(id);
    std::set<std::string> stated;
    for (const auto& [key, was] : std::map(ledger(id).releases)) {
      release_again(id, key);
      stated.insert(was);
    }
    EXPECT_EQ(stated.size(), ledger(id).releases.size());
    for (const std::string& holder : kIds) {
      const Ran audit = federation_.audit(federation_.exported(holder, id));
      EXPECT_EQ(audit.status, 0) << audit.text();
      const json::value report = json::parse(audit.out);
      EXPECT_EQ(report.at("releases").as_array().size(), stated.size());
    }
  }
}

TEST(Kill, AtAnyMomentLosesNothingAcknowledgedAndDoublesNothing) {
  const char* named = std::getenv("REGIONS_SEED");
  SystemRandom fresh;
  const std::uint64_t seed = named != nullptr ? std::stoull(named) : read_u32(fresh.bytes(4));
  std::cout << "REGIONS_SEED=" << seed << "\n";
  RecordProperty("seed", std::to_string(seed));
  // Without a plan, which would bind the years.
  RealFederation federation(kIds, {}, "none");
  Killer killer(federation, seed);
  killer.found();
  for (int kill = 0; kill < kKills && !HasFatalFailure(); ++kill) {
    SCOPED_TRACE("kill " + std::to_string(kill) + " of seed " + std::to_string(seed));
    killer.run_round();
  }
  ASSERT_FALSE(HasFatalFailure());
  std::cout << killer.counts() << "\n";
  EXPECT_TRUE(federation.wait_for_exchange());
  killer.check_everything();

  // A federation with the same records, never killed.
  RealFederation calm(kIds, {}, "none");
  for (const std::string& id : kIds) {
    calm.import(id, "organisations", organisations_of(id));
    std::string all = cooperation_header();
    for (int number = 0; number < killer.ledger(id).files; ++number) {
      all += file_of(id, number).substr(cooperation_header().size());
    }
    calm.import(id, "cooperations", all);
  }
  calm.start_all();
  for (const std::string& id : kIds) {
    for (const auto& [key, was] : killer.ledger(id).releases) {
      EXPECT_EQ(calm.release(id, key.first, key.second).status, 0);
    }
  }
  EXPECT_TRUE(calm.wait_for_exchange());
  for (const std::string indicator : {"ENT-COOP", "SME-COOP"}) {
    const std::string expected = calm.figures("DE24", indicator);
    EXPECT_NE(expected.find(" A\n"), std::string::npos) << expected;
    for (const std::string& id : kIds) EXPECT_EQ(federation.figures(id, indicator), expected) << id;
  }
  for (const std::string& id : kIds) EXPECT_EQ(federation.stop(id), 0);
}

}  // namespace
}  // namespace regions
