#include "node/publish/records_now.h"

#include <set>

namespace regions {

Result<RecordsNow> RecordsNow::read(const FactsSource& facts, KnowledgeSource knowledge) {
  TRY(auto read, facts());
  return RecordsNow(std::move(read), std::move(knowledge));
}

std::vector<int> RecordsNow::years_without(const std::vector<Period>& periods) const {
  std::set<int> years;
  for (const Period& period : periods) {
    for (int year = period.first_year(); year <= period.last_year(); ++year) years.insert(year);
  }
  for (const int year : facts_->active_years()) years.erase(year);
  return {years.begin(), years.end()};
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
