// Whether guards hold within one component, for one observer after the other. Completions that one
// question brought up answer later ones.
#pragma once

#include "policies/disclosure/attack/attack_program.h"

namespace regions {

class GuardCheck {
 public:
  static Result<GuardCheck> make(const CellSystem& system, const Component& component) {
    TRY(auto program, AttackProgram::make(system, component));
    return GuardCheck(std::move(program));
  }

  // Forgets what another observer's completions showed.
  void observe(const Observer& observer);
  // As in AttackProgram; open() brings back what was found before the cell was closed.
  void close(CellId cell);
  void open(CellId cell);

  // How far a sum moves. Never negative.
  struct Move {
    std::int64_t found = 0;  // provably, by a completion
    std::int64_t most = 0;   // no completion goes farther, where less than was wanted is found
  };
  // The sum of `cells` (of this component), up or down: `wanted` is found where that is possible,
  // else as much as the search comes to.
  Result<Move> moves(const std::vector<CellId>& cells, bool up, std::int64_t wanted, Work& work);
  // Whether `wanted` is found, without branch and bound, and without looking how much less it is.
  Result<bool> reaches(const std::vector<CellId>& cells, bool up, std::int64_t wanted, Work& work);
  // The same with short moves of few cells first, which witness() then is.
  Result<bool> reaches_near(const std::vector<CellId>& cells, bool up, std::int64_t wanted,
                            Work& work);
  // The completion behind the last answer; empty when nothing moves.
  const std::vector<std::int64_t>& witness() const { return witness_; }

  // The cells that a completion moves.
  KnownCompletions::Moves moves_of(const std::vector<std::int64_t>& distance) const;

  const AttackProgram& program() const { return program_; }

 private:
  explicit GuardCheck(AttackProgram program) : program_(std::move(program)) {}
  Result<Move> look(const std::vector<CellId>& cells, bool up, std::int64_t wanted, Work& work);
  Result<std::int64_t> search(const std::vector<CellId>& cells, bool up, std::int64_t wanted,
                              std::int64_t limit, std::int64_t found, Work& work);
  std::int64_t look_up(const std::vector<CellId>& cells, bool up, std::int64_t wanted);
  // One that an earlier attack found, as the witness.
  bool recall(const std::vector<CellId>& cells, bool up, std::int64_t wanted, const Work& work);
  Result<bool> look_inside(const std::vector<CellId>& cells, bool up, std::int64_t wanted,
                           std::size_t corners, Work& work);
  void learn(std::vector<std::int64_t> distance, Work& work);
  void keep(std::vector<std::int64_t> distance);
  void tell_proof(const std::vector<CellId>& cells, bool up, Work& work);

  AttackProgram program_;
  struct Known {
    std::vector<std::int64_t> distance;
    std::shared_ptr<const KnownCompletions::Moves> shared;  // the same, once it proved something
  };

  std::vector<Known> known_;    // completions, the newest last
  std::vector<Known> aside_;    // completions that move the cell closed last
  std::size_t next_ = 0;        // that is overwritten when there are many
  std::size_t witness_at_ = 0;  // in known_
  bool outsider_ = true;
  std::vector<std::int64_t> witness_;
};

}  // namespace regions
