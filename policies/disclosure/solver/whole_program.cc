#include "policies/disclosure/solver/whole_program.h"

#include <cmath>
#include <coin/CbcHeuristic.hpp>
#include <coin/CbcModel.hpp>
#include <coin/OsiClpSolverInterface.hpp>

namespace regions {
namespace {

void add_row(OsiClpSolverInterface& lp, const LinearRow& row, double lower, double upper) {
  CoinPackedVector packed;
  for (const LinearTerm& term : row) packed.insert(static_cast<int>(term.column), term.factor);
  lp.addRow(packed, lower, upper);
}

}  // namespace

std::optional<std::vector<double>> find_whole(const WholeQuestion& question,
                                              std::uint64_t nodes_max) {
  OsiClpSolverInterface lp;
  lp.messageHandler()->setLogLevel(0);
  lp.getModelPtr()->setLogLevel(0);
  const int columns = static_cast<int>(question.lower.size());
  CoinPackedMatrix matrix(false, 0, 0);
  matrix.setDimensions(0, columns);
  std::vector<double> objective(question.lower.size(), 0.0);
  // The goal as an objective as well: the search then runs towards it.
  for (const LinearTerm& term : question.goal) objective[term.column] = -term.factor;
  lp.loadProblem(matrix, question.lower.data(), question.upper.data(), objective.data(), nullptr,
                 nullptr);
  for (const LinearRow& row : question.rows) add_row(lp, row, 0, 0);
  add_row(lp, question.goal, question.at_least, COIN_DBL_MAX);
  for (int column = 0; column < columns; ++column) lp.setInteger(column);
  CbcModel model(lp);
  model.setLogLevel(0);
  model.messageHandler()->setLogLevel(0);
  model.solver()->messageHandler()->setLogLevel(0);
  model.setMaximumNodes(static_cast<int>(nodes_max));
  model.setMaximumSolutions(1);
  CbcRounding rounding(model);
  model.addHeuristic(&rounding);
  model.initialSolve();
  if (!model.solver()->isProvenOptimal()) return std::nullopt;
  model.branchAndBound();
  const double* best = model.bestSolution();
  if (best == nullptr) return std::nullopt;
  std::vector<double> found;
  for (int column = 0; column < columns; ++column) found.push_back(std::round(best[column]));
  return found;
}

}  // namespace regions
