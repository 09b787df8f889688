// kill -9 at random moments of import, release and exchange, under load: while a node dies with
// what it was asked for, others import and release as well, and all follow each other. Whatever was
// acknowledged is written down and must be found.
#pragma once

#include <map>
#include <memory>
#include <optional>

#include "tests/e2e/support/federation.h"
#include "tests/support/seeded_random.h"

namespace regions {

// Indicator and year.
using Headline = std::pair<std::string, int>;

// What one node has acknowledged.
struct Ledger {
  int files = 0;                             // of cooperations
  int lists = 0;                             // of organisations
  std::map<Headline, std::string> releases;  // to "id at index"
};

// The inputs of a node, by number: cooperations of one year each, and organisations that no
// cooperation names.
std::string cooperations_of(const std::string& id, int file);
int rows_of(int file);
std::string list_of(const std::string& id, int number);
// The firms of all years: of some years few are SMEs in manufacturing, and are withheld.
std::string organisations_of(const std::string& id);

class Killer {
 public:
  Killer(RealFederation& federation, std::uint64_t seed) : federation_(federation), random_(seed) {}

  // Imports a first year everywhere and starts all nodes.
  void found();
  // One kill, and what was cut short asked for again; the node that died is checked.
  void run_round();
  // Every node's own log, by the auditor: the acknowledged releases, each once, and no other.
  void check_logs();
  // The same of what every node holds of every other; then every release and list asked for again.
  void check_everything();

  const Ledger& ledger(const std::string& id) const { return ledgers_.at(id); }
  std::string counts() const;

 private:
  // A command under way.
  struct Work {
    std::string id;
    std::vector<std::string> words;
    std::filesystem::path output;
    std::unique_ptr<Process> command;
  };

  std::size_t pick(std::size_t bound) { return read_u32(random_.bytes(4)) % bound; }
  std::string pick_node() { return federation_.ids()[pick(federation_.ids().size())]; }
  std::filesystem::path written(const std::string& name, const std::string& text) const;
  // The first release that is not acknowledged yet, of the years imported.
  std::optional<Headline> next_release(const std::string& id) const;
  // Any that is acknowledged.
  Headline known_release(const std::string& id);
  // The next or, where there is none, any again.
  Headline some_release(const std::string& id);

  Work begin(const std::string& id, std::vector<std::string> words);
  std::vector<Work> begin_load(const std::vector<std::string>& idle);
  void finish(Work& work);
  // Whether the command was acknowledged before its node, or where it works alone it, was killed.
  bool kill_during(const std::string& id, std::vector<std::string> words, bool alone);
  void note_release(const std::string& id, const Headline& headline, const std::string& answer);
  void release_again(const std::string& id, const Headline& headline);
  void import_again(const std::string& id, bool acknowledged);
  void check(const std::string& id) const;
  void check_log(const std::string& holder, const std::string& author);

  RealFederation& federation_;
  SeededRandom random_;
  int cut_short_ = 0, acknowledged_ = 0, beside_ = 0;
  std::map<std::string, Ledger> ledgers_;
};

}  // namespace regions
