// A federation founded in memory from fixed seeds, with a store of the shared wing for each node
// and statements signed by whoever a test says: what exchange, answers and publishing are tested
// on.
#pragma once

#include <functional>
#include <map>

#include "node/exchange/acceptor.h"
#include "node/exchange/follower.h"
#include "node/exchange/peer_service.h"
#include "node/log/log_export.h"
#include "protocol/evidence/export_verifier.h"
#include "tests/protocol/roster/founding.h"
#include "tests/support/fake_clock.h"
#include "tests/support/memory_store.h"
#include "tests/support/seeded_random.h"

namespace regions {

// policies/plan/default.toml.
std::shared_ptr<const Plan> shared_default_plan();
// One cell for every combination of the categories of these dimensions, all of one value.
std::vector<Cell> cells_of(const std::vector<std::string>& by, std::optional<std::int64_t> value);

class TestFederation {
 public:
  // `ids` ascending. `endpoints`: of those members whom a test dials.
  explicit TestFederation(std::vector<std::string> ids,
                          std::map<std::string, std::string> endpoints = {});
  // With a roster that a test has changed.
  explicit TestFederation(Founding changed);

  // Installs roster 1 and the key sets of all members but `without`.
  void install(Store& shared, const std::string& without = "") const;
  // The key sets of these alone.
  void install_of(Store& shared, const std::vector<std::string>& members) const;
  std::shared_ptr<const Membership> membership() const { return membership_; }
  std::shared_ptr<const Acceptor> acceptor() const { return acceptor_; }
  std::string origin(const std::string& member) const { return membership_->origin(member); }
  PrivateKey key(const std::string& member, Role role) const {
    return founding.keys.at(member).of(role);
  }
  Anchor anchor() const { return {membership_->roster().digest(), std::nullopt}; }

  Founding founding;

 private:
  std::shared_ptr<const Membership> membership_;
  std::shared_ptr<const Acceptor> acceptor_;
};

// An author's log, written without the node's own committer so that a test can log anything.
class TestLog {
 public:
  // Founded: entry 0 adopts the key set, entry 1 the roster. `store` must outlive the object.
  TestLog(const TestFederation& federation, Store& store, std::string member, bool adopts = true);

  Header header() const;
  Release release(const std::string& period, std::optional<std::int64_t> value = 12,
                  const std::string& indicator = "ENT-COOP") const;
  // A table of the default plan, every cell of the same value; amounts rounded, others by cell key.
  Release table(const std::string& id, const std::string& period, std::vector<std::string> by,
                std::optional<std::int64_t> value = 12,
                const std::string& indicator = "ENT-COOP") const;
  Withdrawal withdrawal(const Digest& release) const;

  // Each appends one entry, signs a checkpoint over it and returns the statement's id.
  Digest append(const Statement& statement);
  Digest append(const UnverifiedEnvelope& envelope, Entry entry);
  Digest append(const Statement& statement, const PrivateKey& signer);
  // Appends raw entries without payloads, one checkpoint over all.
  void append_raw(const std::vector<Bytes>& entries);
  // `count` entries of a kind that no build knows.
  void append_unknown(std::size_t count);
  // `count` withdrawals with envelopes, one checkpoint over all.
  void append_withdrawals(std::size_t count);

  std::uint64_t size() const { return size_; }
  LogHead head() const;
  const std::string& member() const { return member_; }

 private:
  void write(const std::vector<Bytes>& entries, Batch batch);

  const TestFederation& federation_;
  Store& store_;
  std::string member_;
  std::uint64_t size_ = 0;
};

// An export in memory.
class ExportedMap final : public ExportedFiles {
 public:
  std::vector<std::string> list() const override;
  Result<Bytes> read(const std::string& path, std::size_t bytes_max) const override;
  ExportSink sink();

  std::map<std::string, Bytes> files;
};

// What verify_export says of a stored log; the reasons joined when it is not valid.
std::string verdict_on(const Reader& shared, const TestFederation& federation,
                       const std::string& member);

// What a peer does between a request and its answer; a test replaces it to be hostile.
using Peer = std::function<Result<PeerReply>(const PeerRequest&)>;
Peer honest(const PeerService& service, std::string caller);

// Drives the follower until it long-polls in vain, or for at most `steps` requests or pauses, which
// move the clock. Returns how many requests were made.
int drive(Follower& follower, FakeClock& clock, const Peer& peer, int steps = 10'000);

}  // namespace regions
