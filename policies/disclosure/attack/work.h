// Work of one attack or suppression, counted over all its programs.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "policies/disclosure/attack/known_completions.h"
#include "policies/disclosure/attack/limits.h"
#include "policies/disclosure/solver/linear_program.h"

namespace regions {

// What is done just now, for whoever waits.
struct WorkStep {
  std::string_view what;
  std::size_t done = 0,
              of = 0;  // sides, cells; of the search for the optimum: per cent of its work
};
using WorkListener = std::function<void(const WorkStep&)>;

struct Work {
  std::uint64_t pivots_left = kPivotsMax;
  std::uint64_t programs = 0;   // linear programs solved
  std::uint64_t effort = 0;     // spent so far, in effort_of() of the solver
  std::uint64_t improving = 0;  // of it: after a safe pattern was found
  std::optional<CellId> at;     // where it is: told when it ends too early
  KnownCompletions known;
  WorkStep step;
  WorkListener listener;  // called after every program; may be empty
};

// Solves and counts. Errors as LinearProgram::maximise.
Result<Optimum> solve(LinearProgram& program, LinearProgram::Start start, Work& work);

}  // namespace regions
