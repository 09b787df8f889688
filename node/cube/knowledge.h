// Who knows which of the region's cooperations (DISCLOSURE 4), read from the records in one walk:
// what disclosure control takes off before it rules amounts and exact counts.
//
// A cooperation is known to
//   - every holding that its enterprise stood in since it began;
//   - its actor and every other actor of its project, whichever row names that one. An actor that
//     is an enterprise or a holding here is one observer with it;
//   - the member whose territory holds its actor, since its node holds the row as well;
//   - everybody, where its source is public by law.
//
// Memory: what Facts take, and 20 bytes a cooperation, 8 for every other row of its project; ids of
// actors and projects once. So a million cooperations take about 70 MB.
//
// Confidential, like the records. Immutable: any thread may read it. After an error there is none.
#pragma once

#include "node/cube/facts.h"

namespace regions {

class Knowledge {
 public:
  // `territories` as for the facts that it is to be used with. Errors as of Facts::load.
  static Result<Knowledge> read(const Reader& snapshot, const Territories& territories,
                                const std::atomic<bool>* stop = nullptr);

  // Which records these are: facts and knowledge of one state go together.
  const RecordsState& read_at() const { return facts_.read_at(); }

 private:
  friend class CubeBuilder;
  friend class KnowledgeReader;

  explicit Knowledge(Facts facts) : facts_(std::move(facts)) {}

  Facts facts_;  // their record keys are nobody's: no count is made of them
};

}  // namespace regions
