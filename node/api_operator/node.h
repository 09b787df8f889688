// The composition root: one node, opened from its home. Holds the lock, both stores and the parts
// that work on them. regiond and regionctl both come through here.
//
// Threads: all functions may be called from any thread.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

#include "node/base/clock.h"
#include "node/base/config.h"
#include "node/base/home.h"
#include "node/cube/facts_keeper.h"
#include "node/exchange/follower.h"
#include "node/net/peer_port.h"
#include "node/publish/publisher.h"
#include "node/records/record_store.h"

namespace regions {

// What a running regiond adds; absent while regionctl works on the home by itself.
struct RunningParts {
  std::function<std::vector<PeerStatus>()> peers;
  std::function<void()> head_changed;
  std::function<void(std::shared_ptr<const Membership>)> membership_changed;
  std::function<PortCounters()> port;
  std::string address;          // of the peer port
  std::string version;          // of the program
  std::int64_t started_at = 0;  // POSIX seconds
};

class Node {
 public:
  // Takes the lock, reads configuration, rules and keys, opens both stores and recovers what a
  // crash left half-way. busy: another process works on this home.
  static Result<std::unique_ptr<Node>> open(Home home, const Clock& clock, Random& random);

  const Home& home() const { return home_; }
  const Config& config() const { return config_; }
  const Clock& clock() const { return clock_; }
  const Catalogue& catalogue() const { return catalogue_; }
  RecordStore& records() { return *record_store_; }
  Store& shared() { return *shared_; }
  // nullptr: no roster is installed.
  std::shared_ptr<const Membership> membership() const;
  // nullptr: headlines only.
  std::shared_ptr<const AdoptedPlan> plan() const;
  // refused, with the remedy, until roster 1 and this node's key set 1 are installed.
  Result<Publisher*> publisher() const;
  // The head of our own log; size 0 and an empty checkpoint before it is founded.
  LogHead own_head() const;

  Result<VerifiedRoster> install_roster(ByteView envelope);
  // This node's own key set also founds the log.
  Result<VerifiedKeySet> install_keyset(ByteView envelope);
  // Key set 1 of this node with its proofs of possession, in an envelope without signature.
  Result<Bytes> create_keyset(const std::string& endpoint) const;

  // The records as the cube counts them, brought up to date.
  Result<std::shared_ptr<const Facts>> facts();
  // Who knows which of them, read anew.
  Result<Knowledge> knowledge();
  // Makes what reads the records for long fail with cancelled; for the end of the process.
  void stop_reading() { stopping_ = true; }

  // False when another import writes this reject file.
  bool take_rejects(const std::string& path);
  void leave_rejects(const std::string& path);

  // Set once, before anything else runs; withdrawn before what it refers to ends.
  void attach(std::optional<RunningParts> running);
  std::optional<RunningParts> running() const;

 private:
  Node(Home home, HomeLock lock, Config config, const Clock& clock, Random& random,
       Catalogue catalogue)
      : home_(std::move(home)),
        lock_(std::move(lock)),
        config_(std::move(config)),
        clock_(clock),
        random_(random),
        catalogue_(std::move(catalogue)) {}
  Result<void> open_stores();
  Result<void> load_membership();
  Result<void> load_publisher();
  Result<void> check_keys(const VerifiedKeySet& own) const;
  Result<Digest> keyed_rule_set();
  Result<void> load_region_secret();
  Territories territories() const;

  const Home home_;
  const HomeLock lock_;
  const Config config_;
  const Clock& clock_;
  Random& random_;
  const Catalogue catalogue_;
  RuleSet rules_;
  Digest rule_set_;
  std::unique_ptr<Store> confidential_;
  std::unique_ptr<Store> shared_;
  std::unique_ptr<RecordStore> record_store_;
  std::unique_ptr<FactsKeeper> facts_;
  Digest confirmation_key_;
  Digest amount_key_;
  std::atomic<bool> stopping_ = false;

  std::mutex installing_;  // one roster or key set at a time; taken before mutex_
  mutable std::mutex mutex_;
  std::shared_ptr<const Membership> membership_;  // guarded by mutex_
  std::shared_ptr<const AdoptedPlan> plan_;       // guarded by mutex_
  std::unique_ptr<Committer> committer_;          // set once, under mutex_
  std::unique_ptr<Publisher> publisher_;          // set once, under mutex_
  std::set<std::string> rejects_in_use_;          // guarded by mutex_
  std::optional<RunningParts> running_;           // guarded by mutex_
};

// Makes a home: folders 0700, configuration, rules (0600, the default ones or `rules`), node keys
// and both empty stores. conflict: DIR exists and is not empty.
Result<void> create_home(const Home& home, const Config& config,
                         const std::optional<std::string>& rules, Random& random);

}  // namespace regions
