#include "node/base/limits.h"
#include "node/exchange/follower_parts.h"
#include "node/exchange/order.h"
#include "node/exchange/peer_service.h"

namespace regions {

Result<void> expect_ok(const PeerReply& reply, std::string_view what) {
  if (reply.status == 200) return {};
  const Errc code = reply.status == 404 ? Errc::not_found : Errc::io;
  return fail(code, std::string(what) + ": peer answered " + std::to_string(reply.status));
}

void count(PeerStatus& status, StatementState state) {
  switch (state) {
    case StatementState::pending:
      ++status.pending;
      break;
    case StatementState::verified:
      ++status.verified;
      break;
    case StatementState::not_understood:
      ++status.not_understood;
      break;
    case StatementState::invalid:
      ++status.bad;
      break;
    case StatementState::undisclosed:
      break;
  }
}

// Reads on in the store where memory ends; nothing changes when a read fails.
Result<void> Follower::load_pending() {
  std::vector<Pending> found;
  std::uint64_t beyond = size_;
  TRY_VOID(for_each_row(shared_, member_, pending_beyond_,
                        [&](std::uint64_t index, const StatementRow& row) {
                          if (row.state != StatementState::pending) return true;
                          if (found.size() == kPendingMax) {
                            beyond = index;
                            return false;
                          }
                          found.push_back({index, {}, row.id, 0, !row.reason.empty()});
                          return true;
                        }));
  for (Pending& pending : found) {
    TRY(pending.entry, log_.entry(pending.index));
  }
  for (Pending& pending : found) pending_.push_back(std::move(pending));
  pending_beyond_ = beyond;
  return {};
}

// Keeps what fits in memory; the rest is read from the store when the queue has run dry.
void Follower::queue_fresh(std::vector<Pending> fresh) {
  pending_beyond_ = size_;
  for (Pending& pending : fresh) {
    if (pending_.size() + deferred_.size() >= kPendingMax) {
      pending_beyond_ = pending.index;
      return;
    }
    pending_.push_back(std::move(pending));
  }
}

PeerRequest Follower::ask_envelopes() {
  asked_ = Asked::envelopes;
  Bytes body;
  asked_for_.clear();
  while (!pending_.empty() && asked_for_.size() < kEnvelopeBatchMax) {
    body.append(pending_.front().id.view());
    asked_for_.push_back(std::move(pending_.front()));
    pending_.pop_front();
  }
  return {"POST", "/envelopes", std::move(body), kPeerAnswerBytesMax, kRequestTimeoutMs};
}

Result<std::vector<Follower::Offer>> Follower::read_offers(ByteView rest) const {
  std::vector<Offer> offers;
  for (const Pending& pending : asked_for_) {
    if (rest.size() < 4) return fail(Errc::malformed, "envelopes: the answer is cut short");
    const std::uint32_t length = read_u32(rest);
    rest.remove_prefix(4);
    if (length == kEnvelopeAskAgain || length == kEnvelopeAbsent) {
      offers.push_back({length == kEnvelopeAbsent ? Offer::absent : Offer::ask_again, {}, {}});
      continue;
    }
    if (length > kEnvelopeBytesMax || length > rest.size()) {
      return fail(Errc::malformed, "envelopes: a length passes the answer or the limit");
    }
    const ByteView envelope = rest.substr(0, length);
    rest.remove_prefix(length);
    offers.push_back({Offer::bytes, envelope,
                      acceptor_->judge(member_, pending.index, pending.entry, envelope)});
  }
  if (!rest.empty()) return fail(Errc::malformed, "envelopes: bytes behind the last one");
  // The first envelope always fits; a peer that puts off all of them would be asked for ever.
  if (offers.front().what == Offer::ask_again) {
    return fail(Errc::malformed, "envelopes: the answer puts off even the first");
  }
  return offers;
}

Result<void> Follower::take_envelopes(const PeerReply& reply) {
  TRY_VOID(expect_ok(reply, "envelopes"));
  TRY(auto offers, read_offers(reply.body));
  Batch batch;
  displaced_ = 0;
  for (std::size_t i = 0; i < offers.size(); ++i) {
    if (const auto put = write_offer(asked_for_[i], offers[i], batch); !put) {
      unsure_ = true;  // what was judged in order is not written
      return put.error().in("own store");
    }
  }
  if (!batch.empty()) {
    put_intake(batch, member_, intake_);
    TRY_VOID(write(batch));
  }
  for (std::size_t i = 0; i < offers.size(); ++i) apply_offer(asked_for_[i], offers[i]);
  asked_for_.clear();
  backoff_ms_ = 0;
  const std::lock_guard lock(mutex_);
  status_.verified -= displaced_;
  status_.bad += displaced_;
  if (status_.bad + status_.pending == 0 && status_.state == "following") status_.reason.clear();
  return {};
}

Result<void> Follower::write_offer(const Pending& pending, Offer& offer, Batch& batch) {
  if (offer.what != Offer::bytes) return {};
  Judgement& judgement = offer.judgement;
  // Should the write fail, all is read again.
  const auto later = judge_order(firsts_, member_, {pending.index, pending.id}, judgement, batch);
  if (later) {
    trouble_ = "statement " + std::to_string(later->index) + ": " + std::string(kRepeats);
    ++displaced_;
  }
  put_statement_row(batch, member_, pending.index, row_of(judgement, pending.id));
  TRY(const bool kept, keeps(pending, judgement));
  if (kept) batch.put(Area::envelopes, pending.id.view(), offer.envelope);
  return {};
}

// A digest names payload and type, not who signed. Only an envelope proved to be its author's may
// take the place of another: or a member could log somebody's digest, serve the payload under its
// own signature, and so destroy the author's envelope at every node.
Result<bool> Follower::keeps(const Pending& pending, const Judgement& judgement) {
  if (judgement.state == StatementState::verified) return true;
  if (judgement.state == StatementState::pending) return false;
  TRY(const auto standing, shared_.get(Area::envelopes, pending.id.view()));
  if (standing) return false;
  if (judgement.state != StatementState::invalid) return true;
  // The first bad statements of a day are kept whole, the rest counted (PROTOCOL 6).
  const std::int64_t day = clock_.now() / 86400;
  if (std::exchange(bad_day_, day) != day) bad_kept_ = 0;
  return ++bad_kept_ <= kBadKeptPerDay;
}

void Follower::apply_offer(Pending& pending, const Offer& offer) {
  if (offer.what == Offer::ask_again) {
    pending_.push_back(std::move(pending));
    return;
  }
  const Judgement& judgement = offer.judgement;
  const std::string reason = offer.what == Offer::absent ? "not served" : judgement.reason;
  if (!reason.empty()) trouble_ = "statement " + std::to_string(pending.index) + ": " + reason;
  const std::lock_guard lock(mutex_);
  if (!reason.empty()) status_.reason = trouble_;
  if (offer.what == Offer::bytes && judgement.state != StatementState::pending) {
    --status_.pending;
    if (pending.faulty) --status_.bad;
    count(status_, judgement.state);
    return;
  }
  if (offer.what == Offer::bytes && !std::exchange(pending.faulty, true)) ++status_.bad;
  pending.not_before_ms = clock_.steady_ms() + jittered(kMissingRetryMs);
  deferred_.push_back(std::move(pending));
}

}  // namespace regions
