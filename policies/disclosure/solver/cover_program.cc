#include "policies/disclosure/solver/cover_program.h"

#include <algorithm>
#include <cmath>
#include <coin/CbcEventHandler.hpp>
#include <coin/CbcHeuristic.hpp>
#include <coin/CbcHeuristicGreedy.hpp>
#include <coin/CbcModel.hpp>
#include <coin/CglClique.hpp>
#include <coin/CglGomory.hpp>
#include <coin/CglKnapsackCover.hpp>
#include <coin/CglMixedIntegerRounding2.hpp>
#include <coin/CglZeroHalf.hpp>
#include <coin/OsiClpSolverInterface.hpp>

namespace regions {

struct CoverProgram::Solver {
  OsiClpSolverInterface relaxed;
  bool solved = false;
  // Cuts that are not in it yet: one by one they would copy the whole matrix each.
  std::vector<CoinPackedVector> waiting;

  void add_waiting() {
    std::vector<const CoinPackedVectorBase*> rows;
    for (const CoinPackedVector& row : waiting) rows.push_back(&row);
    const std::vector<double> lower(rows.size(), 1.0), upper(rows.size(), COIN_DBL_MAX);
    if (!rows.empty()) {
      relaxed.addRows(static_cast<int>(rows.size()), rows.data(), lower.data(), upper.data());
    }
    waiting.clear();
  }
};

namespace {

// Stops the search once its programs have used so many pivots: a node may cost one or a thousand.
class PivotLimit : public CbcEventHandler {
 public:
  PivotLimit(CbcModel* model, std::uint64_t most) : CbcEventHandler(model), most_(most) {}
  CbcEventHandler* clone() const override { return new PivotLimit(*this); }
  CbcAction event(CbcEvent which) override {
    return which == node && pivots_of(*model_) > most_ ? stop : noAction;
  }

  static std::uint64_t pivots_of(const CbcModel& model) {
    return static_cast<std::uint64_t>(std::max(model.getIterationCount(), 0)) +
           static_cast<std::uint64_t>(std::max(model.numberStrongIterations(), 0));
  }

 private:
  std::uint64_t most_;
};

}  // namespace

CoverProgram::CoverProgram(const std::vector<double>& costs) : solver_(std::make_unique<Solver>()) {
  const int columns = static_cast<int>(costs.size());
  CoinPackedMatrix matrix(false, 0, 0);
  matrix.setDimensions(0, columns);
  const std::vector<double> lower(costs.size(), 0.0), upper(costs.size(), 1.0);
  solver_->relaxed.messageHandler()->setLogLevel(0);
  solver_->relaxed.getModelPtr()->setLogLevel(0);
  solver_->relaxed.loadProblem(matrix, lower.data(), upper.data(), costs.data(), nullptr, nullptr);
}

CoverProgram::~CoverProgram() = default;

void CoverProgram::add_cut(const LinearRow& cut) {
  CoinPackedVector row;
  for (const LinearTerm& term : cut) row.insert(static_cast<int>(term.column), term.factor);
  solver_->waiting.push_back(std::move(row));
}

std::size_t CoverProgram::cuts() const {
  return static_cast<std::size_t>(solver_->relaxed.getNumRows()) + solver_->waiting.size();
}

Result<CoverSolution> CoverProgram::relax() {
  solver_->add_waiting();
  OsiClpSolverInterface& lp = solver_->relaxed;
  solver_->solved ? lp.resolve() : lp.initialSolve();
  solver_->solved = true;
  if (!lp.isProvenOptimal()) {
    return fail(Errc::not_computable, "no choice of cells keeps every cut");
  }
  CoverSolution found;
  found.choice.assign(lp.getColSolution(), lp.getColSolution() + lp.getNumCols());
  found.cost = found.bound = lp.getObjValue();
  found.effort =
      effort_of(static_cast<std::uint64_t>(lp.getIterationCount()), cuts(), found.choice.size());
  return found;
}

Result<CoverSolution> CoverProgram::solve(std::uint64_t nodes_max, std::uint64_t effort_max,
                                          std::optional<double> known) {
  solver_->add_waiting();
  OsiClpSolverInterface start(solver_->relaxed);
  for (int column = 0; column < start.getNumCols(); ++column) start.setInteger(column);
  CbcModel model(start);
  model.setLogLevel(0);
  model.messageHandler()->setLogLevel(0);
  model.solver()->messageHandler()->setLogLevel(0);
  model.setMaximumNodes(static_cast<int>(nodes_max));
  model.setAllowableGap(1e-9);
  if (known) model.setCutoff(*known - 1e-9);
  CglKnapsackCover cover;
  CglGomory gomory;
  CglMixedIntegerRounding2 rounding;
  CglZeroHalf halves;
  CglClique clique;
  clique.setStarCliqueReport(false);
  clique.setRowCliqueReport(false);
  model.addCutGenerator(&cover, -1, "cover");
  model.addCutGenerator(&gomory, -1, "gomory");
  model.addCutGenerator(&rounding, -1, "rounding");
  model.addCutGenerator(&halves, -1, "halves");
  model.addCutGenerator(&clique, -1, "clique");
  CbcRounding round(model);
  model.addHeuristic(&round);
  CbcHeuristicGreedyCover greedy(model);
  model.addHeuristic(&greedy);
  // Few candidates, and the experience of earlier nodes: trying all of them is most of the time.
  constexpr int kTried = 5;
  model.setNumberStrong(kTried);
  model.setNumberBeforeTrust(kTried);
  const auto effort = [&](std::uint64_t pivots) {
    return effort_of(pivots, cuts(), static_cast<std::uint64_t>(start.getNumCols()));
  };
  PivotLimit limit(&model, effort_max / std::max<std::uint64_t>(effort(1) - effort(0), 1));
  model.passInEventHandler(&limit);
  model.initialSolve();
  if (!model.solver()->isProvenOptimal()) {
    if (known) return CoverSolution{{}, *known, *known, true, 0, 0};
    return fail(Errc::not_computable, "no choice of cells keeps every cut");
  }
  model.branchAndBound();
  CoverSolution found;
  found.nodes = static_cast<std::uint64_t>(model.getNodeCount());
  found.effort = effort(PivotLimit::pivots_of(model));
  found.bound = model.getBestPossibleObjValue();
  found.proven = model.isProvenOptimal() || model.isProvenInfeasible();
  if (const double* best = model.bestSolution()) {
    for (int column = 0; column < model.getNumCols(); ++column) {
      found.choice.push_back(std::round(best[column]));
    }
    found.cost = model.getObjValue();
    if (found.proven) found.bound = found.cost;
    return found;
  }
  if (!known) {
    if (found.proven) return fail(Errc::not_computable, "no choice of cells keeps every cut");
    return fail(Errc::timed_out, "nodes or pivots are used up before a choice was found");
  }
  found.cost = *known;
  if (found.proven) found.bound = *known;
  return found;
}

}  // namespace regions
