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

  // How far the sum of `cells` (of this component) provably moves up or down: at least `wanted`
  // where that is possible, else as far as was found. Never negative.
  Result<std::int64_t> moves(const std::vector<CellId>& cells, bool up, std::int64_t wanted,
                             Work& work);
  // The completion behind the last answer; empty when nothing moves.
  const std::vector<std::int64_t>& witness() const { return witness_; }

  const AttackProgram& program() const { return program_; }

 private:
  explicit GuardCheck(AttackProgram program) : program_(std::move(program)) {}
  std::int64_t look_up(const std::vector<CellId>& cells, bool up, std::int64_t wanted);
  void keep(std::vector<std::int64_t> distance);

  AttackProgram program_;
  std::vector<std::vector<std::int64_t>> known_;  // completions, the newest last
  std::size_t next_ = 0;                          // that is overwritten when there are many
  std::vector<std::int64_t> witness_;
};

}  // namespace regions
