#include "policies/disclosure/attack/completion.h"

#include <cmath>

#include "policies/disclosure/solver/whole_program.h"

namespace regions {
namespace {

// Large amounts are looked for in steps of this many units, so that branch and bound stays within
// double precision. Coarser steps only miss completions, they make none up.
std::int64_t step_of(const AttackProgram& program) {
  std::int64_t most = 1;
  for (std::size_t at = 0; at < program.component().cells.size(); ++at) {
    most = std::max({most, program.below(at), program.above(at)});
  }
  constexpr std::int64_t kComfortable = 1'000'000;
  return std::max<std::int64_t>(1, most / kComfortable);
}

}  // namespace

std::optional<std::vector<std::int64_t>> find_completion(const AttackProgram& program,
                                                         const std::vector<CellId>& cells, bool up,
                                                         std::int64_t at_least) {
  const std::int64_t step = step_of(program);
  WholeQuestion question;
  question.rows = program.rows();
  for (std::size_t at = 0; at < program.component().cells.size(); ++at) {
    question.lower.push_back(-double(program.below(at) / step));
    question.upper.push_back(double(program.above(at) / step));
  }
  for (const CellId cell : cells) {
    question.goal.push_back({program.column_of(cell), up ? 1.0 : -1.0});
  }
  question.at_least = double((at_least + step - 1) / step);
  const auto found = find_whole(question, kCompletionNodesMax);
  if (!found) return std::nullopt;
  std::vector<std::int64_t> distance;
  for (const double value : *found) distance.push_back(std::llround(value) * step);
  const std::int64_t sum = program.sum(distance, cells) * (up ? 1 : -1);
  if (!program.keeps(distance) || sum < at_least) return std::nullopt;
  return distance;
}

}  // namespace regions
