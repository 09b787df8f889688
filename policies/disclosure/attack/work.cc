#include "policies/disclosure/attack/work.h"

#include <algorithm>

namespace regions {

Result<Optimum> solve(LinearProgram& program, LinearProgram::Start start, Work& work) {
  const std::uint64_t pivots = program.pivots(), effort = program.effort();
  auto best = program.maximise(std::min(work.pivots_left, kPivotsPerProgramMax), start);
  work.pivots_left -= std::min(work.pivots_left, program.pivots() - pivots);
  work.effort += program.effort() - effort;
  ++work.programs;
  if (work.listener) work.listener(work.step);
  return best;
}

}  // namespace regions
