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
// pivot goes through rows and some of the columns; a question begins with factors, and afresh with
// another copy of the program besides.
constexpr std::uint64_t effort_of(std::uint64_t pivots, std::uint64_t rows, std::uint64_t columns,
                                  bool afresh = false) {
  return pivots * (rows + columns / 4 + 50) + (afresh ? 30 : 4) * (rows + columns);
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
  // Where to start. primal: the last answer, else the point 0, which is allowed. afresh: the same
  // with new factors; the prices make better cuts. from_zero: the dual simplex at the point 0,
  // which is not allowed but the cheapest: a short way where few columns have to leave it. onward:
  // the dual simplex at the last answer, where bounds were drawn closer.
  enum class Start { primal, afresh, from_zero, onward };
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
