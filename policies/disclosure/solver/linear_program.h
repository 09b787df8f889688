// A linear program over equations that sum to zero (Clp): maximise an objective between bounds.
//
// The only room that knows Clp and Cbc. Single-threaded, no clock: the limit is counted in pivots,
// so the same program gives the same answer on every run. One owner, not shared between threads.
// After an error the program may be asked again; the failed question has no answer.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "protocol/base/result.h"

namespace regions {

struct LinearTerm {
  std::uint32_t column;
  double factor;
};
using LinearRow = std::vector<LinearTerm>;

struct Optimum {
  double value = 0;
  std::vector<double> point;  // one per column
  std::vector<double> price;  // one per row: the dual values
};

// What a question costs, in steps that take about the same time in small programs and large ones: a
// pivot goes through rows and some of the columns; a question begins with factors, whatever
// follows.
constexpr std::uint64_t effort_of(std::uint64_t pivots, std::uint64_t rows, std::uint64_t columns) {
  return pivots * (rows + columns / 4 + 50) + 4 * (rows + columns);
}

class LinearProgram {
 public:
  // All columns between 0 and 0; every row sums to 0.
  LinearProgram(std::size_t columns, const std::vector<LinearRow>& rows);
  ~LinearProgram();
  LinearProgram(LinearProgram&&) noexcept;
  LinearProgram& operator=(LinearProgram&&) noexcept;

  void set_bounds(std::uint32_t column, double lower, double upper);
  void set_objective(const LinearRow& objective);
  // Minimises instead: `cost` of one column. The value of the answer counts what set_objective()
  // set alone.
  void set_cost(std::uint32_t column, double cost);
  void set_factor(std::uint32_t row, std::uint32_t column, double factor);
  // Which simplex starts better: primal where the point 0 is allowed, dual where it is not but
  // nothing would be gained by leaving it. Afresh: primal, with new factors; the prices make better
  // cuts.
  enum class Start { primal, afresh, dual };
  // Maximises. timed_out: the pivots are used up; refused: no point keeps the bounds;
  // not_computable: the solver gave up or the program is unbounded.
  Result<Optimum> maximise(std::uint64_t pivots_max, Start start = Start::primal);

  std::uint64_t pivots() const;  // of all questions so far
  std::uint64_t effort() const;  // the same in effort_of()

 private:
  struct Solver;
  std::unique_ptr<Solver> solver_;
};

}  // namespace regions
