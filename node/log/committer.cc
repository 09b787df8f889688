#include "node/log/committer.h"

#include "protocol/log/checkpoint.h"

namespace regions {

Result<std::unique_ptr<Committer>> Committer::open(Store& shared, std::string member,
                                                   std::string origin, PrivateKey log_key) {
  std::unique_ptr<Committer> committer(
      new Committer(shared, std::move(member), std::move(origin), std::move(log_key)));
  TRY_VOID(committer->load());
  return committer;
}

Result<void> Committer::load() {
  const LogStore log(shared_, member_);
  TRY(auto stored, log.head());
  if (stored) {
    auto checkpoint = open_checkpoint(stored->checkpoint, origin_, {log_key_.public_key()});
    if (!checkpoint) return checkpoint.error().in("own log: stored checkpoint");
    auto edge = log.edge(stored->size);
    if (!edge) return edge.error().in("own log");
    const std::uint64_t at_end = stored->size == 0 ? 0 : 1;
    TRY(const auto last, log.entries(stored->size - at_end, 2));
    const bool agree = checkpoint->size == stored->size && checkpoint->root == stored->root &&
                       edge->tree().root() == stored->root && last.size() == at_end;
    if (!agree) {
      return fail(
          Errc::corrupt,
          "own log: head, tiles, entries and checkpoint do not agree; do not sign with this "
          "store, keep it and see the runbook");
    }
  }
  head_ = std::move(stored);
  return {};
}

bool Committer::founded() const {
  const std::lock_guard lock(mutex_);
  return head_.has_value();
}

LogHead Committer::head() const {
  const std::lock_guard lock(mutex_);
  return head_.value_or(LogHead{});
}

Result<std::uint64_t> Committer::next_sequence() {
  const std::lock_guard lock(mutex_);
  TRY_VOID(settle());
  return head_ ? head_->size : 0;
}

// Either outcome is possible after a failed write, so what the store holds decides.
Result<void> Committer::settle() {
  if (!unsure_) return {};
  TRY_VOID(load());
  unsure_ = false;
  return {};
}

Result<void> Committer::write(LogAppender& appender, Batch& batch) {
  LogHead head{appender.size(), appender.root(), {}};
  head.checkpoint = sign_checkpoint({origin_, head.size, head.root}, log_key_);
  appender.finish(head.checkpoint, batch);
  if (const auto written = shared_.commit(batch); !written) {
    unsure_ = true;
    return written.error();
  }
  head_ = std::move(head);
  return {};
}

Result<void> Committer::found() {
  const std::lock_guard lock(mutex_);
  TRY_VOID(settle());
  if (head_) return {};
  TRY(auto appender, LogAppender::start(LogStore(shared_, member_), 0));
  Batch batch;
  return write(appender, batch);
}

Result<void> Committer::commit(const std::vector<SignedStatement>& statements) {
  {
    const std::lock_guard lock(mutex_);
    TRY_VOID(settle());
    if (!head_)
      return fail(Errc::refused, "the log is not founded: install roster 1 and key set 1 first");
    TRY(auto appender, LogAppender::start(LogStore(shared_, member_), head_->size));
    if (appender.root() != head_->root)
      return fail(Errc::corrupt, "own log: tiles and head do not agree");
    Batch batch;
    for (const SignedStatement& statement : statements) {
      if (statement.entry().sequence != appender.size()) {
        return fail(Errc::mismatch, "sequence " + std::to_string(statement.entry().sequence) +
                                        ", next is " + std::to_string(appender.size()));
      }
      TRY(const auto known, shared_.get(Area::envelopes, statement.id().view()));
      if (known)
        return fail(Errc::conflict, "statement " + statement.id().hex() + " is logged already");
      appender.add(encode(statement.entry()), batch);
      batch.put(Area::envelopes, statement.id().view(), statement.envelope());
    }
    TRY_VOID(write(appender, batch));
  }
  if (notify_) notify_();
  return {};
}

}  // namespace regions
