// The region's records over the confidential store: typed reads, and the one writer's lock.
//
// Owned by the composition root; reads may come from any thread, writes happen in batches under
// writer() (apply.h). Everything in here is confidential.
#pragma once

#include <functional>
#include <mutex>
#include <optional>

#include "node/records/cooperation_view.h"
#include "node/records/records.pb.h"
#include "node/storage/store.h"

namespace regions {

class RecordStore {
 public:
  // `store` is the confidential wing's and must outlive this.
  explicit RecordStore(Store& store) : store_(store) {}

  Store& store() { return store_; }
  const Reader& reader() const { return store_; }
  std::unique_ptr<Reader> snapshot() const { return store_.snapshot(); }
  // Held from reading what a batch builds on until it is committed.
  std::mutex& writer() { return writer_; }

 private:
  Store& store_;
  std::mutex writer_;
};

// Typed reads. corrupt: stored bytes that are no such record.
Result<records::Counts> read_counts(const Reader& reader);
Result<std::optional<records::Enterprise>> find_enterprise(const Reader& reader,
                                                           std::string_view id);
Result<std::optional<records::Actor>> find_actor(const Reader& reader, std::string_view id);
Result<std::optional<records::Cooperation>> find_cooperation(const Reader& reader,
                                                             std::string_view id);
// The versions of a cooperation that later ones replaced, oldest first.
Result<std::vector<records::Cooperation>> old_cooperations(const Reader& reader,
                                                           std::string_view id);

// Parses stored bytes; `what` names the area in the error. A message that is used again and again
// keeps the memory of its texts.
template <class Message>
Result<void> parse_into(Message& message, ByteView bytes, std::string_view what) {
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return fail(Errc::corrupt, "a stored " + std::string(what) + " is damaged");
  }
  return {};
}
template <class Message>
Result<Message> parse_record(ByteView bytes, std::string_view what) {
  Message message;
  TRY_VOID(parse_into(message, bytes, what));
  return message;
}

// What the walk below hands out, in this order for each enterprise.
class RecordVisitor {
 public:
  virtual ~RecordVisitor() = default;
  virtual Result<void> enterprise(const records::Enterprise& enterprise) = 0;
  // The view is valid until the visitor returns.
  virtual Result<void> cooperation(const CooperationView& cooperation) = 0;
};

// Every enterprise, and behind each its cooperations; one pass in key order, constant memory. Stops
// at the first error, the visitor's or its own (corrupt, io).
Result<void> walk(const Reader& reader, RecordVisitor& visitor);

// The state that held on `day`, or nullptr: our own last one that began until then, unless a
// partner's that began later says that the enterprise is elsewhere since; without one of our own
// the partner's last. The order in which the rows came makes no difference.
const records::State* state_on(const records::Enterprise& enterprise, std::int32_t day);
// Where the enterprise was on `day`: an own organisation row says so first, or a dated partner's
// that took its place; then own cooperation rows, then partner organisation rows, then partner
// cooperation rows.
records::Home home_on(const records::Enterprise& enterprise, std::int32_t day);
// Named by an own row of either kind.
bool is_own(const records::Enterprise& enterprise);

}  // namespace regions
