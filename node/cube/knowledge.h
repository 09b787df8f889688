// Who knows which of the region's cooperations (DISCLOSURE 4), read from the records in one walk:
// what disclosure control takes off before it rules amounts and exact counts.
//
// A cooperation is known to
//   - every holding that its enterprise stood in since it began: who sold the enterprise remembers,
//     who bought it has its books;
//   - its actor and every other actor of its project, whichever row names that one: partners' rows,
//     undated and cancelled ones too. An actor that is an enterprise or a holding here is one
//     observer with it;
//   - the member whose territory holds its actor, since its node holds the row as well;
//   - everybody, where its source is public by law.
//
// Memory: what Facts take, 20 bytes a cooperation, 8 for each row of a project while they are read;
// ids of actors and projects once.
//
// Confidential, like the records. Immutable: any thread may read it. After an error there is none.
#pragma once

#include "node/cube/facts.h"

namespace regions {

// Where the facts of a cooperation say nothing.
struct KnownCooperation {
  std::int32_t start;  // day
  std::uint32_t project;
  std::uint32_t actor;
  std::uint32_t member;  // in Territories::members
  bool is_public;
};

class Knowledge {
 public:
  static constexpr std::uint32_t kNobody = 0xFFFFFFFF;  // no project, actor or member

  // `territories` as for the facts that it is to be used with. Errors as of Facts::load.
  static Result<Knowledge> read(const Reader& snapshot, const Territories& territories,
                                const std::atomic<bool>* stop = nullptr);

  // Which records these are: facts and knowledge of one state go together.
  const RecordsState& read_at() const { return facts_.read_at(); }

 private:
  friend class CubeBuilder;
  friend class KnowledgeReader;
  friend class Knowers;

  explicit Knowledge(Facts facts) : facts_(std::move(facts)) {}

  Facts facts_;  // their record keys are nobody's: no count is made of them
  std::vector<KnownCooperation> cooperations_;  // as those of the facts
  Names actors_;
  std::vector<std::string> members_;
  // Of project p the actors from first_actor_[p] up to first_actor_[p + 1], each once.
  std::vector<std::uint32_t> first_actor_;
  std::vector<std::uint32_t> actors_of_;
};

}  // namespace regions
