// Whole-number solutions of equations between bounds (Cbc): the proof behind an attack's interval
// where the linear program's corner is no whole point.
#pragma once

#include <optional>

#include "policies/disclosure/solver/linear_program.h"

namespace regions {

struct WholeQuestion {
  std::vector<LinearRow> rows;  // each sums to 0
  std::vector<double> lower, upper;
  LinearRow goal;  // must reach at_least
  double at_least = 0;
};

// Any solution, one value per column; nothing when there is none or the nodes are used up.
// Single-threaded, no clock.
std::optional<std::vector<double>> find_whole(const WholeQuestion& question,
                                              std::uint64_t nodes_max);

}  // namespace regions
