// The records of one moment, for one call of the publisher: as the cube counts them and, read when
// it is first asked for, who knows which of them.
//
// One owner, one thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "node/cube/knowledge.h"

namespace regions {

// Shared, because they are immutable.
using FactsSource = std::function<Result<std::shared_ptr<const Facts>>()>;
using KnowledgeSource = std::function<Result<Knowledge>()>;

class RecordsNow {
 public:
  static Result<RecordsNow> read(const FactsSource& facts, KnowledgeSource knowledge);

  const Facts& facts() const { return *facts_; }
  // The years of these periods in which no cooperation that counts is active, ascending: their
  // figures are 0 or withheld because nothing was imported.
  std::vector<int> years_without(const std::vector<Period>& periods) const;
  // A walk over all records, the first time. busy: an import has changed them since the facts were
  // read.
  Result<const Knowledge*> knowledge() const;

 private:
  RecordsNow(std::shared_ptr<const Facts> facts, KnowledgeSource source)
      : facts_(std::move(facts)), source_(std::move(source)) {}

  std::shared_ptr<const Facts> facts_;
  KnowledgeSource source_;
  mutable std::optional<Knowledge> knowledge_;
};

}  // namespace regions
