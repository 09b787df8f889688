#include "node/cube/facts_keeper.h"

#include "node/base/log.h"
#include "node/cube/facts_update.h"
#include "node/cube/limits.h"
#include "node/records/limits.h"

namespace regions {

Result<std::shared_ptr<const Facts>> FactsKeeper::current(const Store& records,
                                                          const Territories& territories,
                                                          const std::atomic<bool>* stop) {
  const std::lock_guard lock(mutex_);
  const auto held = records.snapshot();
  const Reader& snapshot = *held;
  if (territories != territories_) facts_.reset();
  territories_ = territories;
  if (!facts_ || facts_.use_count() > 1) {
    TRY(const RecordsState now, records_state(snapshot));
    // Somebody still reads these: they may be handed out again, but not changed.
    if (facts_ && facts_->read_at() == now) return std::shared_ptr<const Facts>(facts_);
    facts_.reset();
    auto copied = FactsCopy::read(copy_, territories, secret_);
    if (copied) {
      copied_at_ = copied->read_at().sequence;
      changed_ = 0;
      facts_ = std::make_shared<Facts>(std::move(*copied));
    } else if (copied.error().code != Errc::not_found) {
      log(LogLevel::info, "facts_read_anew", {{"reason", copied.error().text()}});
    }
  }
  if (facts_) {
    // The last reader's reads come before the changes.
    std::atomic_thread_fence(std::memory_order_acquire);
    TRY(const bool up, bring_up(snapshot));
    if (!up) facts_.reset();
  }
  if (!facts_) {
    copied_at_.reset();
    TRY(Facts loaded, Facts::load(snapshot, territories, secret_, stop));
    facts_ = std::make_shared<Facts>(std::move(loaded));
  }
  keep_copy();
  return std::shared_ptr<const Facts>(facts_);
}

// False: the records must be read anew.
Result<bool> FactsKeeper::bring_up(const Reader& snapshot) {
  TRY(const auto changed, changed_since(snapshot, facts_->read_at()));
  if (!changed) return false;
  TRY(const RecordsState now, records_state(snapshot));
  if (now == facts_->read_at()) return true;
  // Many single reads cost more than one through everything.
  const std::size_t count = changed->enterprises.size() + changed->cooperating.size();
  if (count > 1000 && count > facts_->enterprises().size() / 4) return false;
  TRY(auto update, FactsUpdate::read(*facts_, snapshot, territories_, secret_, *changed));
  update.apply(*facts_);
  changed_ += update.touched().size();
  return true;
}

void FactsKeeper::keep_copy() {
  const RecordsState& state = facts_->read_at();
  // Of state 0 there are many records: those from before notes were kept.
  if (state.sequence == 0) return;
  const bool fresh = copied_at_ && changed_ * kCopyRenewedAt <= facts_->enterprises().size() &&
                     state.sequence - *copied_at_ <= kChangesKept / 2;
  if (fresh) return;
  if (const auto written = FactsCopy::write(copy_, *facts_, territories_); !written) {
    log(LogLevel::warning, "facts_not_kept", {{"reason", written.error().text()}});
  }
  // A failed one is not tried again until more has changed.
  copied_at_ = state.sequence;
  changed_ = 0;
}

}  // namespace regions
