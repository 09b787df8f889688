// A pattern of one component, held by a move for every side of every guard: cells are added where a
// side has none, and exchanged for cheaper ones where the moves can go round.
//
// Moves are in fractions: what comes out is for the attack to prove. Pure and deterministic: sides
// in descending order of their level, ties by index. One owner.
#pragma once

#include <functional>
#include <optional>

#include "policies/disclosure/suppression/move_program.h"

namespace regions {

class PatternSearch {
 public:
  // `problem` and `withheld`, which is changed, outlive this.
  static Result<PatternSearch> make(const SuppressionProblem& problem, const Component& component,
                                    Pattern& withheld);

  // Asked before every side, of how many: whether to stop there.
  using Stop = std::function<bool(std::size_t done, std::size_t of)>;
  // A move for every side of these guards (indices), the cheapest one. A guard that no choice of
  // cells keeps, or none. `shut`: cells that may not move; empty: none. Stopped, some sides have no
  // move.
  Result<std::optional<std::size_t>> keep(const std::vector<std::size_t>& guards,
                                          const Pattern& shut, const Stop& stop, Work& work);

  // Once every side has a move: exchanges cells for cheaper ones, the most expensive first. Stops
  // at `until` of work.effort; every side has a move all the time. Whether any was exchanged.
  Result<bool> exchange(std::uint64_t until, Work& work);

 private:
  struct Side {
    std::size_t guard;
    bool up;
    double level;
    Move move;  // empty: none yet
  };
  // What an attempt changed, to undo it.
  struct Changes {
    std::vector<std::pair<std::size_t, Move>> moves;  // of sides, as they were
    std::vector<CellId> added;
    double cost = 0;  // of those
  };

  PatternSearch(const SuppressionProblem& problem, MoveProgram program, Pattern& withheld);
  void add_sides(const std::vector<std::size_t>& guards);
  std::uint32_t observer_of(const Side& side) const {
    return problem_->guards[side.guard].observer;
  }
  const Move* known_for(const Side& side) const;
  void set_move(Side& side, Move move);
  // Withheld besides the primaries.
  bool is_added(CellId cell) const;
  std::vector<CellId> added_dearest_first() const;
  // Publishes the cell, if what is needed instead costs less than `most`.
  Result<bool> without(CellId cell, double most, Work& work);
  Result<bool> go_round(CellId cell, double most, Changes& changes, Work& work);
  void undo(Changes& changes);
  void publish_unused();

  const SuppressionProblem* problem_;
  MoveProgram program_;
  Pattern* withheld_;
  Pattern shut_;  // the cell that is tried
  std::vector<Side> sides_;
  std::vector<std::uint32_t> uses_;      // of a cell: moves that it is in
  std::vector<std::uint8_t> has_sides_;  // of a guard
};

}  // namespace regions
