#include "node/log/committer.h"

#include "protocol/log/checkpoint.h"

namespace regions {

Result<std::unique_ptr<Committer>> Committer::open(Store& shared, std::string member, std::string origin,
                                                   PrivateKey log_key) {
  std::unique_ptr<Committer> committer(
      new Committer(shared, std::move(member), std::move(origin), std::move(log_key)));
  TRY_VOID(committer->load());
  return committer;
}

Result<void> Committer::load() {
  const LogStore log(shared_, member_);
  TRY(head_, log.head());
  if (!head_) return {};
  auto checkpoint = open_checkpoint(head_->checkpoint, origin_, {log_key_.public_key()});
  if (!checkpoint) return checkpoint.error().in("own log: stored checkpoint");
  TRY(const TileEdge edge, log.edge(head_->size));
  TRY(const auto last, log.entries(head_->size == 0 ? 0 : head_->size - 1, 2));
  const bool agree = checkpoint->size == head_->size && checkpoint->root == head_->root &&
                     edge.tree().root() == head_->root && last.size() == (head_->size == 0 ? 0 : 1);
  if (!agree) {
    return fail(Errc::corrupt,
                "own log: head, tiles and checkpoint do not agree; do not sign with this store, keep it "
                "and see the runbook");
  }
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

std::uint64_t Committer::next_sequence() const { return head().size; }

Bytes Committer::sign(std::uint64_t size, const Digest& root) const {
  return sign_checkpoint({origin_, size, root}, log_key_);
}

// Either outcome is possible after an error, so what the store holds decides.
Result<void> Committer::write(Batch& batch) {
  const auto written = shared_.commit(batch);
  const auto reloaded = load();
  if (!written) return written.error();
  return reloaded;
}

Result<void> Committer::found() {
  const std::lock_guard lock(mutex_);
  if (head_) return {};
  const LogStore log(shared_, member_);
  TRY(auto appender, LogAppender::start(log, 0));
  Batch batch;
  appender.finish(sign(0, appender.root()), batch);
  return write(batch);
}

Result<void> Committer::commit(const std::vector<SignedStatement>& statements) {
  {
    const std::lock_guard lock(mutex_);
    if (!head_) return fail(Errc::refused, "the log is not founded: install roster 1 and key set 1 first");
    const LogStore log(shared_, member_);
    TRY(auto appender, LogAppender::start(log, head_->size));
    Batch batch;
    for (const SignedStatement& statement : statements) {
      if (statement.entry().sequence != appender.size()) {
        return fail(Errc::mismatch, "sequence " + std::to_string(statement.entry().sequence) + ", next is " +
                                        std::to_string(appender.size()));
      }
      TRY(const auto known, shared_.get(Area::envelopes, statement.id().view()));
      if (known) return fail(Errc::conflict, "statement " + statement.id().hex() + " is logged already");
      appender.add(encode(statement.entry()), batch);
      batch.put(Area::envelopes, statement.id().view(), statement.envelope());
    }
    appender.finish(sign(appender.size(), appender.root()), batch);
    TRY_VOID(write(batch));
  }
  if (notify_) notify_();
  return {};
}

}  // namespace regions
