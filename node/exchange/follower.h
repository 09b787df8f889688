// Follows the log of one peer: checkpoint -> signature, consistency -> bundles -> inclusion ->
// envelopes by digest -> judgement -> atomic write (PROTOCOL 8).
//
// Without I/O of its own: next() says what to ask the peer or how long to wait, answer() takes what
// came back. The port drives it; a test or simulator can as well. What the peer sends is bounded
// before it is read, a chunk of entries before it is kept, and nothing a peer sends stops the loop.
//
// Threads: next() and answer() from one; status() from any.
#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <variant>

#include "node/base/clock.h"
#include "node/exchange/acceptor.h"
#include "node/exchange/intake.h"
#include "node/log/log_store.h"
#include "protocol/crypto/random.h"
#include "protocol/log/checkpoint.h"

namespace regions {

struct PeerRequest {
  std::string method;
  std::string target;
  Bytes body;
  std::size_t answer_bytes_max = 0;
  int timeout_ms = 0;
};

struct PeerReply {
  unsigned status = 0;
  Bytes body;
};

struct Pause {
  int milliseconds = 0;
};

struct PeerStatus {
  std::string member;
  // "following", "unreachable", "refused", "unproven", "forked", "damaged", "over quota"
  std::string state;
  std::uint64_t size = 0;      // entries stored and proven
  std::uint64_t verified = 0;  // statements of them that are in use
  std::uint64_t bad = 0;       // invalid, or served with bytes that are not the author's
  std::uint64_t pending = 0;   // payload not obtained yet
  std::uint64_t not_understood = 0;
  std::int64_t as_of = 0;  // when a checkpoint of this size or larger was last seen; 0 never
  std::string reason;      // the last thing that went wrong, empty when nothing is
};

class Follower {
 public:
  // Reads where it left off. `shared`, `clock` and `random` must outlive the object.
  static Result<std::unique_ptr<Follower>> open(Store& shared,
                                                std::shared_ptr<const Acceptor> acceptor,
                                                const Clock& clock, Random& random,
                                                std::string member);

  std::variant<PeerRequest, Pause> next();
  // The answer to the last request of next(), or why there is none. False when it was refused: what
  // may stand behind it on that connection is not to be read as the next.
  bool answer(Result<PeerReply> reply);
  // The member has just reached us, so it can most likely be reached: a pause because it could not
  // is over. False when there is none, or when it was tried within the last second. Called from the
  // thread of next().
  bool reached();

  const std::string& member() const { return member_; }
  PeerStatus status() const;

 private:
  struct Target {
    Checkpoint checkpoint;
    Bytes note;
  };
  struct Pending {
    std::uint64_t index;
    Bytes entry;
    Digest id;
    std::int64_t not_before_ms = 0;
    bool faulty = false;  // was offered with bytes that are not the author's
  };
  // What an answer holds for one pending statement.
  struct Offer {
    enum { absent, ask_again, bytes } what = bytes;
    ByteView envelope;
    Judgement judgement;
  };
  enum class Asked { nothing, checkpoint, bundle, tile, envelopes };

  Follower(Store& shared, std::shared_ptr<const Acceptor> acceptor, const Clock& clock,
           Random& random, std::string member, Intake intake)
      : shared_(shared),
        acceptor_(std::move(acceptor)),
        clock_(clock),
        random_(random),
        member_(std::move(member)),
        log_(shared_, member_),
        intake_(std::move(intake)) {}
  Result<void> load();
  Result<void> load_pending();

  PeerRequest ask_checkpoint();
  PeerRequest ask_bundle();
  PeerRequest ask_tile();
  PeerRequest ask_envelopes();

  Result<void> take(const PeerReply& reply);
  Result<void> take_checkpoint(const PeerReply& reply);
  Result<void> take_bundle(const PeerReply& reply);
  Result<void> take_tile(const PeerReply& reply);
  Result<void> take_envelopes(const PeerReply& reply);
  Result<std::vector<Offer>> read_offers(ByteView body) const;
  // What becomes of the statement, in the store and then in memory.
  Result<void> write_offer(const Pending& pending, Offer& offer, Batch& batch);
  void apply_offer(Pending& pending, const Offer& offer);
  Result<bool> keeps(const Pending& pending, const Judgement& judgement);

  // Goes on with the chunk as far as what is here allows; sets tile_wanted_ when a proof needs one.
  Result<void> advance();
  Result<void> prove(const CompactTree& tree);
  Result<void> commit_chunk();
  Result<void> write(const Batch& batch);
  void queue_fresh(std::vector<Pending> fresh);
  std::uint64_t chunk_end() const;
  void drop_target();
  void stop_over_quota(const std::string& limit);
  void fail_with(const Error& error);
  Pause pause_after(const Error& error);
  Result<void> seen();
  std::int64_t jittered(std::int64_t milliseconds);

  Store& shared_;
  const std::shared_ptr<const Acceptor> acceptor_;
  const Clock& clock_;
  Random& random_;
  const std::string member_;
  const LogStore log_;

  // Owned by the driving thread.
  Intake intake_;
  std::uint64_t size_ = 0;
  Digest root_;
  std::optional<Target> target_;
  std::vector<Bytes> chunk_;  // entries from size_ on, not proven yet
  std::map<std::string, Bytes> tiles_;
  std::optional<TileId> tile_wanted_;
  std::deque<Pending> pending_;       // payloads to ask for now
  std::deque<Pending> deferred_;      // asked for in vain; again later
  std::uint64_t pending_beyond_ = 0;  // first index whose pending rows are not in memory
  FirstReleases firsts_;
  std::uint64_t displaced_ = 0;  // verified rows that the answer at hand made invalid
  std::vector<Pending> asked_for_;
  std::int64_t bad_day_ = 0;  // bad statements kept whole on this day
  std::size_t bad_kept_ = 0;
  Asked asked_ = Asked::nothing;
  std::int64_t wait_until_ms_ = 0;
  std::int64_t backoff_ms_ = 0;  // grows until something was won
  std::int64_t as_of_stored_ = 0;
  std::int64_t asked_at_ms_ = 0;
  bool poll_at_once_ = true;
  bool unsure_ = false;  // a write failed: the store is read again before anything is asked
  std::string trouble_;  // the last thing that was wrong with a statement

  mutable std::mutex mutex_;
  PeerStatus status_;  // guarded by mutex_
};

}  // namespace regions
