// A federation of real processes on loopback: founded with regionctl as members do it, its nodes
// started, stopped and killed by process id. The listening sockets are bound to free ports before
// and handed to regiond, so that a node keeps its address over a restart.
#pragma once

#include <boost/json.hpp>
#include <map>
#include <memory>

#include "tests/e2e/support/process.h"
#include "tests/e2e/support/seat.h"

namespace regions {

// The programs under test.
std::string program(const std::string& name);

class RealFederation {
 public:
  // `territories`: NUTS codes with commas, of members whose territory is not their id. `seats`: by
  // default all stand on loopback.
  explicit RealFederation(std::vector<std::string> ids,
                          std::map<std::string, std::string> territories = {},
                          std::string plan = "", const Seats& seats = loopback_seat);
  ~RealFederation();

  const std::filesystem::path& folder() const { return folder_.path(); }
  std::filesystem::path home(const std::string& id) const { return folder() / id; }
  std::filesystem::path file(const std::string& name) const { return folder() / "files" / name; }
  std::filesystem::path log_of(const std::string& id) const { return file(id + ".regiond.log"); }
  const std::vector<std::string>& ids() const { return ids_; }
  const std::string& genesis() const { return genesis_; }
  int port(const std::string& id) const { return seats_.at(id).port; }
  int listener(const std::string& id) const { return seats_.at(id).listener; }

  // regionctl with --home of that member.
  Ran ctl(const std::string& id, std::vector<std::string> arguments,
          const std::string& input = "") const;
  // The same with --json: what it printed, or null when it failed.
  boost::json::value ask(const std::string& id, std::vector<std::string> arguments) const;
  // Imports `csv` from standard input; the summary.
  boost::json::value import(const std::string& id, const std::string& kind, const std::string& csv,
                            const std::string& role = "own") const;
  Ran release(const std::string& id, const std::string& indicator, int year) const;
  // What a running node answers its operator, without a process for asking; "" when it does not.
  std::string get(const std::string& id, const std::string& target) const;

  void start(const std::string& id);  // returns when the node answers its operator
  void start_all();
  Process& node(const std::string& id) { return *nodes_.at(id); }
  int stop(const std::string& id);  // SIGTERM; 124 when it took more than 10 s
  void kill(const std::string& id);
  // Every running node holds and has verified every other member's log at its present size.
  bool wait_for_exchange(int limit_seconds = 90);
  // A node has verified those members' logs up to these sizes at least (its own aside).
  using Sizes = std::map<std::string, std::uint64_t>;
  bool has_verified(const std::string& id, const Sizes& sizes) const;
  // What `id` says of `peer`: an object of `regionctl peers`, empty when there is none.
  boost::json::object peer(const std::string& id, const std::string& peer) const;
  bool peer_says(const std::string& id, const std::string& peer, const std::string& reason) const;
  // A query by region and year as "REGION YEAR value-or-status" lines, without anything that
  // differs between two federations with the same records.
  std::string figures(const std::string& id, const std::string& indicator) const;
  // Exports the log of `member` held by `id`, verifies it, and returns the folder.
  std::filesystem::path exported(const std::string& id, const std::string& member);
  Ran audit(const std::filesystem::path& folder) const;

 private:
  void found();
  void must(const Ran& ran) const;

  TempFolder folder_;
  const std::string plan_;  // as `roster create --plan` takes it; empty: the built-in one
  const std::vector<std::string> ids_;
  const std::map<std::string, std::string> territories_;
  std::map<std::string, Seat> seats_;
  std::map<std::string, std::unique_ptr<Process>> nodes_;
  std::string genesis_;
  int exports_ = 0;
};

// Rows in the layout that the import knows without a mapping.
std::string cooperation_header();
std::string organisation_header();

struct Row {
  std::string id, firm, place;
  int from = 2015, to = 2016;  // years, whole
  std::string technology = "robotics";
  std::string actor = "a1";
};
std::string line_of(const Row& row);
// `count` firms of `place`, one row each, active from..to; ids start with `prefix`.
std::string rows(const std::string& prefix, const std::string& place, int count, int from, int to);

}  // namespace regions
