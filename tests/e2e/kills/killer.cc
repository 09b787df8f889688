#include "tests/e2e/kills/killer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace regions {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;
using Words = std::vector<std::string>;

constexpr int kFirstYear = 1900;
// As many years have ended; behind the last one releases are asked for again.
constexpr int kFilesMax = 120;
// An import is written batch by batch, of 20,000 rows; every fourth file takes two.
constexpr int kRowsShort = 6'000, kRowsLong = 24'000;
constexpr int kRowsPerFirm = 20;
constexpr int kListRows = 3'000;

std::string firm(const std::string& id, int file, int i) {
  return id + "-" + std::to_string(file) + "-" + std::to_string(i);
}
// Later files have fewer.
int firms_of(int file) { return kRowsShort / kRowsPerFirm - file; }

Words release_words(const Headline& headline) {
  return {"release", headline.first, "--period", std::to_string(headline.second)};
}

std::string reference(const json::value& id, const json::value& index) {
  return json::serialize(id) + " at " + json::serialize(index);
}

}  // namespace

int rows_of(int file) { return file % 4 == 3 ? kRowsLong : kRowsShort; }

std::string cooperations_of(const std::string& id, int file) {
  std::string out = cooperation_header();
  const int year = kFirstYear + file;
  for (int i = 0; i < rows_of(file); ++i) {
    const std::string name = firm(id, file, i % firms_of(file));
    out += line_of({name + ":" + std::to_string(i), name, id, year, year});
  }
  return out;
}

std::string list_of(const std::string& id, int number) {
  std::string out = organisation_header();
  for (int i = 0; i < kListRows; ++i) {
    out += "list-" + firm(id, number, i) + ",SME," + id + ",C28.1,small\n";
  }
  return out;
}

std::string organisations_of(const std::string& id) {
  std::string out = organisation_header();
  for (int file = 0; file < kFilesMax; ++file) {
    for (int i = 0; i < 9 - file % 10; ++i)
      out += firm(id, file, i) + ",SME," + id + ",C28.1,small\n";
  }
  return out;
}

fs::path Killer::written(const std::string& name, const std::string& text) const {
  const fs::path out = federation_.file(name);
  write_text(out, text);
  return out;
}

std::string Killer::counts() const {
  int files = 0, lists = 0;
  std::size_t releases = 0;
  for (const auto& [id, ledger] : ledgers_) {
    files += ledger.files;
    lists += ledger.lists;
    releases += ledger.releases.size();
  }
  return std::to_string(cut_short_) + " commands cut short, " + std::to_string(acknowledged_) +
         " acknowledged before the kill, " + std::to_string(beside_) + " beside; " +
         std::to_string(files) + " files, " + std::to_string(lists) + " lists, " +
         std::to_string(releases) + " releases";
}

void Killer::found() {
  for (const std::string& id : federation_.ids()) {
    federation_.import(id, "organisations", organisations_of(id));
    written(id + ".csv", cooperations_of(id, 0));
    ledgers_[id];
    import_again(id, false);
  }
  federation_.start_all();
}

std::optional<Headline> Killer::next_release(const std::string& id) const {
  const Ledger& ledger = ledgers_.at(id);
  for (int file = 0; file < ledger.files; ++file) {
    for (const char* indicator : {"ENT-COOP", "SME-COOP"}) {
      const Headline headline{indicator, kFirstYear + file};
      if (!ledger.releases.contains(headline)) return headline;
    }
  }
  return std::nullopt;
}

Headline Killer::known_release(const std::string& id) {
  const auto& known = ledgers_.at(id).releases;
  return std::next(known.begin(), static_cast<std::ptrdiff_t>(pick(known.size())))->first;
}

Headline Killer::some_release(const std::string& id) {
  const auto next = next_release(id);
  return next ? *next : known_release(id);
}

// The first answer counts for ever.
void Killer::note_release(const std::string& id, const Headline& headline,
                          const std::string& answer) {
  const json::value release = json::parse(answer);
  const std::string now = reference(release.at("release"), release.at("log_index"));
  const auto [known, added] = ledgers_.at(id).releases.emplace(headline, now);
  EXPECT_EQ(known->second, now) << id << " " << headline.first << " " << headline.second;
}

// Asks for it as an operator does who saw no answer.
void Killer::release_again(const std::string& id, const Headline& headline) {
  const Ran ran = federation_.release(id, headline.first, headline.second);
  ASSERT_EQ(ran.status, 0) << ran.text() << read_text(federation_.log_of(id));
  note_release(id, headline, ran.out);
}

void Killer::import_again(const std::string& id, bool acknowledged) {
  int& files = ledgers_.at(id).files;
  const json::value done =
      federation_.ask(id, {"import", "cooperations", federation_.file(id + ".csv")});
  ASSERT_TRUE(done.is_object()) << id << read_text(federation_.log_of(id));
  EXPECT_EQ(done.at("read").to_number<int>(), rows_of(files));
  EXPECT_EQ(done.at("added").to_number<int>() + done.at("unchanged").to_number<int>(),
            rows_of(files));
  if (acknowledged) {
    EXPECT_EQ(done.at("added").to_number<int>(), 0) << "acknowledged rows were lost";
  }
  ++files;
}

Killer::Work Killer::begin(const std::string& id, Words words) {
  Work work{id, std::move(words), federation_.file("answer." + std::to_string(pick(1U << 30))), {}};
  Launch launch{{program("regionctl"), "--home", federation_.home(id), "--json"}};
  launch.arguments.insert(launch.arguments.end(), work.words.begin(), work.words.end());
  launch.output = work.output;
  launch.errors = work.output.string() + ".err";
  work.command = std::make_unique<Process>(launch);
  return work;
}

// One of them imports, another releases.
std::vector<Killer::Work> Killer::begin_load(const Words& idle) {
  std::vector<Work> out;
  if (idle.empty()) return out;
  const std::size_t first = pick(idle.size());
  const std::string& id = idle[first];
  const auto list = written(id + ".list.csv", list_of(id, ledgers_.at(id).lists));
  out.push_back(begin(id, {"import", "organisations", list}));
  if (idle.size() == 1) return out;
  const std::string& other = idle[(first + 1 + pick(idle.size() - 1)) % idle.size()];
  // New ones only every other time, so that there are years left for those that die.
  const bool fresh = ledgers_.at(other).releases.empty() || pick(2) == 0;
  out.push_back(begin(other, release_words(fresh ? some_release(other) : known_release(other))));
  return out;
}

// Nobody killed it, so it is acknowledged.
void Killer::finish(Work& work) {
  ASSERT_EQ(work.command->wait(seconds(120)), 0)
      << work.id << ": " << testing::PrintToString(work.words)
      << read_text(work.output.string() + ".err");
  const std::string answer = read_text(work.output);
  ++beside_;
  if (work.words[0] == "release") {
    return note_release(work.id, {work.words[1], std::stoi(work.words[3])}, answer);
  }
  EXPECT_EQ(json::parse(answer).at("added").to_number<int>(), kListRows);
  ++ledgers_.at(work.id).lists;
}

bool Killer::kill_during(const std::string& id, Words words, bool alone) {
  if (alone) federation_.kill(id);
  Work work = begin(id, std::move(words));
  // Half of the kills fall within the first 60 ms, where a release is; an import takes longer.
  const auto ended =
      work.command->wait(std::chrono::milliseconds(pick(2) == 0 ? pick(60) : pick(400)));
  if (alone) {
    work.command->kill();
  } else {
    federation_.kill(id);
  }
  const bool acknowledged = ended ? *ended == 0 : work.command->wait(seconds(30)) == 0;
  federation_.start(id);
  (acknowledged ? acknowledged_ : cut_short_) += 1;
  // What the operator was told before the kill must be found after it.
  if (acknowledged && work.words[0] == "release") {
    note_release(id, {work.words[1], std::stoi(work.words[3])}, read_text(work.output));
  }
  return acknowledged;
}

void Killer::run_round() {
  const std::string dying = pick_node();
  const bool alone = pick(5) == 0;
  const bool releases = next_release(dying) || ledger(dying).files == kFilesMax;
  const std::size_t what = releases ? pick(3) : 0;
  Words idle;
  for (const std::string& id : federation_.ids()) {
    if (id != dying) idle.push_back(id);
  }
  auto load = begin_load(idle);
  if (what == 0 && ledger(dying).files < kFilesMax) {
    const auto file = written(dying + ".csv", cooperations_of(dying, ledger(dying).files));
    const bool done = kill_during(dying, {"import", "cooperations", file}, alone);
    import_again(dying, done);
  } else if (what == 2) {
    // It follows what the others state just now.
    kill_during(dying, {"peers"}, false);
  } else {
    const Headline headline = some_release(dying);
    kill_during(dying, release_words(headline), alone);
    release_again(dying, headline);
  }
  for (Work& work : load) finish(work);
  check(dying);
  for (const Work& work : load) check(work.id);
}

void Killer::check(const std::string& id) const {
  const json::value status = federation_.ask(id, {"status"});
  ASSERT_TRUE(status.is_object());
  int rows = 0;
  for (int file = 0; file < ledger(id).files; ++file) rows += rows_of(file);
  EXPECT_EQ(status.at("records").at("own_cooperations").to_number<int>(), rows) << id;
  EXPECT_EQ(status.at("log").at("size").to_number<std::size_t>(), 2 + ledger(id).releases.size())
      << id;
}

void Killer::check_log(const std::string& holder, const std::string& author) {
  const fs::path folder = federation_.exported(holder, author);
  const Ran audit = federation_.audit(folder);
  fs::remove_all(folder);
  ASSERT_EQ(audit.status, 0) << audit.text();
  std::multiset<std::string> found, stated;
  const json::value report = json::parse(audit.out);
  for (const json::value& release : report.at("releases").as_array()) {
    found.insert(reference(release.at("id"), release.at("index")));
  }
  for (const auto& [headline, was] : ledger(author).releases) stated.insert(was);
  EXPECT_EQ(found, stated) << "the log of " << author << " at " << holder;
}

void Killer::check_logs() {
  for (const std::string& id : federation_.ids()) check_log(id, id);
}

void Killer::check_everything() {
  for (const std::string& id : federation_.ids()) {
    check(id);
    for (const std::string& holder : federation_.ids()) check_log(holder, id);
    for (const auto& [headline, was] : std::map(ledger(id).releases)) release_again(id, headline);
    for (int number = 0; number < ledger(id).lists; ++number) {
      const auto list = written(id + ".list.csv", list_of(id, number));
      const json::value done = federation_.ask(id, {"import", "organisations", list});
      ASSERT_TRUE(done.is_object()) << id;
      EXPECT_EQ(done.at("unchanged").to_number<int>(), kListRows) << "acknowledged rows were lost";
    }
  }
}

}  // namespace regions
