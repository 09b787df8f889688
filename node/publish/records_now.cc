#include "node/publish/records_now.h"

namespace regions {

Result<RecordsNow> RecordsNow::read(const FactsSource& facts, KnowledgeSource knowledge) {
  TRY(auto read, facts());
  return RecordsNow(std::move(read), std::move(knowledge));
}

Result<const Knowledge*> RecordsNow::knowledge() const {
  if (!knowledge_) {
    TRY(Knowledge read, source_());
    if (read.read_at() != facts_->read_at()) {
      return fail(Errc::busy,
                  "the records changed while they were read; nothing was stated. Call again when "
                  "the import has ended");
    }
    knowledge_.emplace(std::move(read));
  }
  return &*knowledge_;
}

}  // namespace regions
