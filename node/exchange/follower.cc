#include "node/exchange/follower.h"

#include <algorithm>

#include "node/base/limits.h"
#include "node/exchange/follower_parts.h"
#include "node/exchange/judge_again.h"
#include "protocol/log/entry.h"

namespace regions {
namespace {

// An older head, or one that what is held does not lead to, is no proof of a second history: only
// two heads of one size are (PROTOCOL 6).
const char* state_after(Errc code, bool unreachable) {
  if (code == Errc::conflict) return "forked";
  if (code == Errc::bad_proof) return "unproven";
  return unreachable ? "unreachable" : "refused";
}

// Beside "<member>", when its log was last seen.
Bytes intake_key(const std::string& member) { return member + "/intake"; }

const Quota& quota_of(const VerifiedRoster& roster, const std::string& member) {
  const Member* found = roster.find(member);
  return found != nullptr && found->quota ? *found->quota : roster.roster().quota;
}

}  // namespace

void put_intake(Batch& batch, const std::string& member, const Intake& intake) {
  batch.put(Area::peers, intake_key(member), intake.encode());
}

Result<std::unique_ptr<Follower>> Follower::open(Store& shared,
                                                 std::shared_ptr<const Acceptor> acceptor,
                                                 const Clock& clock, Random& random,
                                                 std::string member) {
  TRY(const auto taken, shared.get(Area::peers, intake_key(member)));
  Intake intake(quota_of(acceptor->membership().roster(), member), taken);
  std::unique_ptr<Follower> follower(new Follower(shared, std::move(acceptor), clock, random,
                                                  std::move(member), std::move(intake)));
  follower->status_.member = follower->member_;
  follower->status_.state = "unreachable";
  follower->status_.reason = "not reached yet";
  TRY(const auto as_of, shared.get(Area::peers, follower->member_));
  if (as_of && as_of->size() == 8) {
    follower->status_.as_of = follower->as_of_stored_ = static_cast<std::int64_t>(read_u64(*as_of));
  }
  auto loaded = judge_again(shared, *follower->acceptor_, follower->member_);
  if (loaded) loaded = follower->load();
  if (!loaded) return loaded.error().in("log of " + follower->member_);
  return follower;
}

Result<void> Follower::load() {
  TRY(const auto stored, log_.head());
  const LogHead head = stored.value_or(LogHead{});
  TRY(const TileEdge edge, log_.edge(head.size));
  if (head.size > 0 && edge.tree().root() != head.root) {
    return fail(Errc::corrupt, "stored head and tiles do not agree");
  }
  PeerStatus tally;
  FirstReleases firsts;
  TRY_VOID(for_each_row(shared_, member_, 0, [&](std::uint64_t index, const StatementRow& row) {
    count(tally, row.state);
    if (row.state == StatementState::pending && !row.reason.empty()) ++tally.bad;
    if (const auto about = decode_about(row.about)) firsts.take({index, row.id}, *about);
    return true;
  }));
  drop_target();
  size_ = head.size;
  root_ = head.root;
  firsts_ = std::move(firsts);
  pending_.clear();
  deferred_.clear();
  pending_beyond_ = 0;
  TRY_VOID(load_pending());
  unsure_ = false;
  const std::lock_guard lock(mutex_);
  status_.size = size_;
  status_.verified = tally.verified;
  status_.bad = tally.bad;
  status_.pending = tally.pending;
  status_.not_understood = tally.not_understood;
  return {};
}

PeerStatus Follower::status() const {
  const std::lock_guard lock(mutex_);
  return status_;
}

std::int64_t Follower::jittered(std::int64_t milliseconds) {
  const std::int64_t spread = milliseconds / 2 + 1;
  return milliseconds + static_cast<std::int64_t>(read_u32(random_.bytes(4))) % spread;
}

std::variant<PeerRequest, Pause> Follower::next() {
  const std::int64_t now = clock_.steady_ms();
  if (now < wait_until_ms_) return Pause{static_cast<int>(wait_until_ms_ - now)};
  asked_at_ms_ = now;
  if (unsure_) {
    if (const auto loaded = load(); !loaded) return pause_after(loaded.error());
  }
  intake_.on_day_of(clock_.now());
  if (intake_.bytes_over()) {
    stop_over_quota(std::to_string(intake_.quota().bytes_per_day) + " bytes a day");
    return Pause{static_cast<int>(wait_until_ms_ - now)};
  }
  if (tile_wanted_) return ask_tile();
  if (target_) return ask_bundle();
  while (!deferred_.empty() && deferred_.front().not_before_ms <= now) {
    pending_.push_back(std::move(deferred_.front()));
    deferred_.pop_front();
  }
  if (pending_.empty() && deferred_.size() < kPendingMax && pending_beyond_ < size_) {
    if (const auto loaded = load_pending(); !loaded) return pause_after(loaded.error());
  }
  if (!pending_.empty()) return ask_envelopes();
  return ask_checkpoint();
}

// Our own store failed; the peer did nothing wrong.
Pause Follower::pause_after(const Error& error) {
  fail_with(error.in("own store"));
  return Pause{static_cast<int>(wait_until_ms_ - clock_.steady_ms())};
}

PeerRequest Follower::ask_checkpoint() {
  asked_ = Asked::checkpoint;
  const bool wait = !poll_at_once_;
  PeerRequest request{"GET", "/checkpoint", "", kNoteBytesMax, kRequestTimeoutMs};
  if (wait) {
    request.target += "?size=" + std::to_string(size_);
    request.timeout_ms = kLongPollMs + kRequestTimeoutMs;
  }
  return request;
}

PeerRequest Follower::ask_bundle() {
  asked_ = Asked::bundle;
  const std::uint64_t bundle = (size_ + chunk_.size()) / kTileWidth;
  const unsigned width = tile_width(0, bundle, target_->checkpoint.size);
  return {"GET", "/" + bundle_path(bundle, width), "", kBundleBytesMax, kRequestTimeoutMs};
}

PeerRequest Follower::ask_tile() {
  asked_ = Asked::tile;
  return {"GET", "/" + tile_path(*tile_wanted_), "", kTileWidth * kHashBytes, kRequestTimeoutMs};
}

bool Follower::answer(Result<PeerReply> reply) {
  const Asked asked = asked_;
  if (reply) intake_.take_bytes(reply->body.size());
  auto taken = reply ? take(*reply) : Result<void>(reply.error());
  asked_ = Asked::nothing;
  if (!taken) fail_with(taken.error());
  // Whatever was asked for and not settled is asked for again.
  for (Pending& pending : asked_for_) pending_.push_back(std::move(pending));
  asked_for_.clear();
  if (!taken && asked != Asked::envelopes) drop_target();
  return taken.has_value();
}

Result<void> Follower::take(const PeerReply& reply) {
  switch (asked_) {
    case Asked::checkpoint:
      return take_checkpoint(reply);
    case Asked::bundle:
      return take_bundle(reply);
    case Asked::tile:
      return take_tile(reply);
    case Asked::envelopes:
      return take_envelopes(reply);
    case Asked::nothing:
      break;
  }
  return fail(Errc::malformed, "answer without a request");
}

Result<void> Follower::take_checkpoint(const PeerReply& reply) {
  TRY_VOID(expect_ok(reply, "checkpoint"));
  const Membership& membership = acceptor_->membership();
  const VerifiedKeySet* keyset = membership.keyset(member_);
  if (keyset == nullptr) return fail(Errc::untrusted, "key set is not installed");
  auto opened = open_checkpoint(reply.body, membership.origin(member_),
                                keyset->keys_that_sign(Signable::checkpoint));
  if (!opened) return opened.error().in("checkpoint");
  if (opened->size < size_) {
    return fail(Errc::bad_proof, "checkpoint of size " + std::to_string(opened->size) +
                                     " is older than the " + std::to_string(size_) +
                                     " entries held");
  }
  if (opened->size == size_) {
    if (size_ > 0 && opened->root != root_) {
      return fail(Errc::conflict, "fork: another root for size " + std::to_string(size_));
    }
    const std::int64_t now = clock_.steady_ms();
    if (!poll_at_once_ && now - asked_at_ms_ < kPollPauseMs)
      wait_until_ms_ = now + jittered(kPollPauseMs);
    poll_at_once_ = false;
    return seen();
  }
  // A member that signs head after head is followed at its quota's pace, which is no fault.
  const std::int64_t now = clock_.steady_ms();
  if (const std::int64_t wait = intake_.wait_for_head(now); wait > 0) {
    wait_until_ms_ = now + wait;
    poll_at_once_ = true;
    return {};
  }
  target_ = Target{std::move(*opened), reply.body};
  return advance();
}

Result<void> Follower::take_bundle(const PeerReply& reply) {
  TRY_VOID(expect_ok(reply, "bundle"));
  const std::uint64_t have = size_ + chunk_.size();
  const std::uint64_t bundle = have / kTileWidth;
  const unsigned width = tile_width(0, bundle, target_->checkpoint.size);
  auto entries = decode_bundle(reply.body, width);
  if (!entries) return entries.error().in(bundle_path(bundle, width));
  // The part of this bundle that is held already must not have changed; the root will tell.
  for (std::size_t i = static_cast<std::size_t>(have % kTileWidth); i < entries->size(); ++i) {
    if (chunk_.size() < kChunkBundlesMax * kTileWidth) chunk_.push_back(std::move((*entries)[i]));
  }
  return advance();
}

Result<void> Follower::take_tile(const PeerReply& reply) {
  const TileId wanted = *tile_wanted_;
  TRY_VOID(expect_ok(reply, tile_path(wanted)));
  if (reply.body.size() != wanted.width * kHashBytes) {
    return fail(Errc::malformed,
                tile_path(wanted) + ": " + std::to_string(reply.body.size()) + " bytes");
  }
  if (tiles_.size() == kProofTilesMax) tiles_.clear();
  tiles_[tile_path(wanted)] = reply.body;
  tile_wanted_.reset();
  return advance();
}

std::uint64_t Follower::chunk_end() const {
  const std::uint64_t most = (size_ / kTileWidth + kChunkBundlesMax) * kTileWidth;
  return std::min({target_->checkpoint.size, most, size_ + intake_.entries_left()});
}

Result<void> Follower::advance() {
  while (target_) {
    if (intake_.entries_left() == 0) {
      stop_over_quota(std::to_string(intake_.quota().entries_per_day) + " entries a day");
      return {};
    }
    if (size_ + chunk_.size() < chunk_end()) return {};
    chunk_.resize(chunk_end() - size_);
    TRY_VOID(commit_chunk());
    if (tile_wanted_) return {};
    if (size_ == target_->checkpoint.size) drop_target();
  }
  return {};
}

// The chunk's tree must be the target itself or a prefix of it, by a consistency proof over the
// peer's tiles.
Result<void> Follower::prove(const CompactTree& tree) {
  const Checkpoint& target = target_->checkpoint;
  if (tree.size() == target.size) {
    if (tree.root() == target.root) return {};
    return fail(Errc::bad_proof,
                "entries do not hash to the root of checkpoint " + std::to_string(target.size));
  }
  const TileReader reader = [&](const TileId& id) -> Result<Bytes> {
    const auto found = tiles_.find(tile_path(id));
    if (found != tiles_.end()) return found->second;
    tile_wanted_ = id;
    return fail(Errc::not_found, tile_path(id));
  };
  const auto proof =
      prove_consistency(tree.size(), target.size, hashes_from_tiles(target.size, reader));
  if (!proof) return tile_wanted_ ? Result<void>() : Result<void>(proof.error());
  return verify_consistency(tree.size(), target.size, tree.root(), target.root, *proof);
}

// A failed write may have become durable all the same. Going on from what memory says, a peer that
// shows two logs could put the second over the first.
Result<void> Follower::write(const Batch& batch) {
  auto written = shared_.commit(batch);
  if (!written) {
    unsure_ = true;
    return written.error().in("own store");
  }
  return {};
}

Result<void> Follower::commit_chunk() {
  TRY(auto appender, LogAppender::start(log_, size_));
  Batch batch;
  for (const Bytes& entry : chunk_) appender.add(entry, batch);
  TRY_VOID(prove(appender.tree()));
  if (tile_wanted_) return {};
  std::vector<Pending> fresh;
  PeerStatus tally;
  for (std::size_t i = 0; i < chunk_.size(); ++i) {
    const std::uint64_t index = size_ + i;
    const Judgement judgement = acceptor_->judge_entry(chunk_[i]);
    TRY(const Digest id,
        Digest::from_bytes(ByteView(chunk_[i]).substr(kEntryBytes - kHashBytes), "entry"));
    put_statement_row(batch, member_, index, {judgement.state, id, judgement.reason});
    count(tally, judgement.state);
    if (judgement.state == StatementState::pending)
      fresh.push_back({index, chunk_[i], id, 0, false});
  }
  TRY(const auto head, log_.head());
  // A prefix of the target has no checkpoint of its own: the last one held stays beside it.
  const bool whole = appender.size() == target_->checkpoint.size;
  appender.finish(whole ? target_->note : (head ? head->checkpoint : Bytes()), batch);
  Intake intake = intake_;
  intake.take_entries(chunk_.size());
  put_intake(batch, member_, intake);
  TRY_VOID(write(batch));

  intake_ = intake;
  const bool queue_is_whole = pending_beyond_ == size_;
  size_ = appender.size();
  root_ = appender.root();
  chunk_.clear();
  if (queue_is_whole) queue_fresh(std::move(fresh));
  const std::lock_guard lock(mutex_);
  backoff_ms_ = 0;
  if (status_.state != "following") status_.reason = trouble_;
  status_.state = "following";
  status_.size = size_;
  status_.pending += tally.pending;
  status_.not_understood += tally.not_understood;
  status_.bad += tally.bad;
  return {};
}

void Follower::drop_target() {
  target_.reset();
  chunk_.clear();
  tiles_.clear();
  tile_wanted_.reset();
  poll_at_once_ = true;
}

// The member did nothing wrong: what is held stays in use, and reading goes on when the day is
// over.
void Follower::stop_over_quota(const std::string& limit) {
  drop_target();
  wait_until_ms_ = clock_.steady_ms() + kOverQuotaRetryMs;
  const std::lock_guard lock(mutex_);
  status_.state = "over quota";
  status_.reason = limit;
}

// A checkpoint of at least this size was seen and everything below it is proven.
Result<void> Follower::seen() {
  const std::int64_t now = clock_.now();
  backoff_ms_ = 0;
  {
    const std::lock_guard lock(mutex_);
    status_.as_of = now;
    status_.state = "following";
    status_.reason = status_.bad + status_.pending > 0 ? trouble_ : "";
  }
  // What is stored of a time to come was written under a clock that was ahead.
  if (as_of_stored_ <= now && now - as_of_stored_ < kAsOfEverySeconds) return {};
  Batch batch;
  Bytes value;
  append_u64(value, static_cast<std::uint64_t>(now));
  batch.put(Area::peers, member_, value);
  TRY_VOID(write(batch));
  as_of_stored_ = now;
  return {};
}

void Follower::fail_with(const Error& error) {
  const int last = error.code == Errc::io ? kBackoffUnreachedMs : kBackoffLastMs;
  backoff_ms_ = std::clamp<std::int64_t>(backoff_ms_ * 2, kBackoffFirstMs, last);
  wait_until_ms_ = clock_.steady_ms() + jittered(backoff_ms_);
  poll_at_once_ = true;
  const bool unreachable =
      error.code == Errc::io || error.code == Errc::timed_out || error.code == Errc::not_found;
  const std::lock_guard lock(mutex_);
  status_.state = state_after(error.code, unreachable);
  status_.reason = error.text();
}

bool Follower::reached() {
  const std::int64_t now = clock_.steady_ms();
  if (now >= wait_until_ms_ || now - asked_at_ms_ < kPollPauseMs) return false;
  const std::lock_guard lock(mutex_);
  if (status_.state != "unreachable") return false;
  wait_until_ms_ = now;
  return true;
}

}  // namespace regions
