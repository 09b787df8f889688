// The master problem of suppression (Cbc): choose cells of least cost so that every cut holds.
//
//   min sum cost_i y_i,  sum share_ci y_i >= 1 for every cut c,  y_i in {0, 1}
//
// Single-threaded, no clock; limits are counted in nodes and effort_of() pivots. One owner.
#pragma once

#include <optional>

#include "policies/disclosure/solver/linear_program.h"

namespace regions {

struct CoverSolution {
  std::vector<double> choice;  // one per column; 0 or 1 from solve()
  double cost = 0;
  double bound = 0;                     // no choice that keeps all cuts costs less
  bool proven = false;                  // cost is the least
  std::uint64_t nodes = 0, effort = 0;  // effort_of() its pivots
};

class CoverProgram {
 public:
  // Costs above 0.
  explicit CoverProgram(const std::vector<double>& costs);
  ~CoverProgram();
  CoverProgram(const CoverProgram&) = delete;
  CoverProgram& operator=(const CoverProgram&) = delete;

  // Shares from above 0 to 1.
  void add_cut(const LinearRow& cut);
  std::size_t cuts() const;

  // Fractional choices allowed: a lower bound. not_computable: cuts that nothing satisfies.
  Result<CoverSolution> relax();
  // `known`: cost of a choice at hand; only better ones are looked for, and the answer has no
  // choice where there is none. timed_out: nodes or effort are used up before any choice was found.
  Result<CoverSolution> solve(std::uint64_t nodes_max, std::uint64_t effort_max,
                              std::optional<double> known);

 private:
  struct Solver;
  std::unique_ptr<Solver> solver_;
};

}  // namespace regions
