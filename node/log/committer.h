// The only writer of this node's own log. One synced write per batch carries entries, tiles,
// envelopes, head and signed checkpoint; only then does a caller learn that a statement is logged.
//
// Threads: any; calls are serialised inside. A failed write may have become durable all the same:
// the head is read again before anything else is signed, since a second entry at one index would be
// a fork.
#pragma once

#include <functional>
#include <mutex>

#include "node/log/log_store.h"
#include "protocol/crypto/ed25519.h"
#include "protocol/statement/signed_statement.h"

namespace regions {

class Committer {
 public:
  // Reads the stored head and proves that tiles and checkpoint agree with it: corrupt otherwise.
  // Without a head the log is not founded yet.
  static Result<std::unique_ptr<Committer>> open(Store& shared, std::string member,
                                                 std::string origin, PrivateKey log_key);

  bool founded() const;
  // Signs head 0, the empty tree. No effect when there is a head.
  Result<void> found();
  // Index, and in epoch 1 sequence, of the next entry. Fails when a write failed before and the
  // store still cannot say what became of it.
  Result<std::uint64_t> next_sequence();
  // mismatch: a statement does not carry the next sequence, or conflict: its digest is logged
  // already.
  Result<void> commit(const std::vector<SignedStatement>& statements);
  // The last head known to be stored; size 0 before the log is founded.
  LogHead head() const;

  // Called after every durable commit, from the committing thread. Set once, before the first
  // commit.
  void on_commit(std::function<void()> notify) { notify_ = std::move(notify); }

 private:
  Committer(Store& shared, std::string member, std::string origin, PrivateKey log_key)
      : shared_(shared),
        member_(std::move(member)),
        origin_(std::move(origin)),
        log_key_(std::move(log_key)) {}
  Result<void> load();
  Result<void> settle();
  Result<void> write(LogAppender& appender, Batch& batch);

  Store& shared_;
  const std::string member_;
  const std::string origin_;
  const PrivateKey log_key_;
  std::function<void()> notify_;
  mutable std::mutex mutex_;
  std::optional<LogHead> head_;  // guarded by mutex_
  bool unsure_ = false;          // guarded by mutex_: a write failed, head_ may be behind the store
};

}  // namespace regions
