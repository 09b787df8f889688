#include "policies/disclosure/attack/attack_program.h"

#include <algorithm>
#include <cmath>

namespace regions {
namespace {

// Equations with the published cells left out; duplicates and empty ones are gone.
std::vector<LinearRow> open_rows(const CellSystem& system, const Component& component,
                                 const std::map<CellId, std::uint32_t>& column) {
  std::vector<LinearRow> rows;
  for (const std::uint32_t equation : component.equations) {
    LinearRow row;
    for (const EquationTerm& term : system.equations[equation]) {
      const auto found = column.find(term.cell);
      if (found != column.end()) row.push_back({found->second, double(term.factor)});
    }
    rows.push_back(std::move(row));
  }
  const auto less = [](const LinearRow& a, const LinearRow& b) {
    return std::lexicographical_compare(
        a.begin(), a.end(), b.begin(), b.end(), [](const LinearTerm& x, const LinearTerm& y) {
          return std::pair(x.column, x.factor) < std::pair(y.column, y.factor);
        });
  };
  for (LinearRow& row : rows) {
    std::sort(row.begin(), row.end(),
              [](const LinearTerm& a, const LinearTerm& b) { return a.column < b.column; });
    if (!row.empty() && row.front().factor < 0) {
      for (LinearTerm& term : row) term.factor = -term.factor;
    }
  }
  std::sort(rows.begin(), rows.end(), less);
  rows.erase(std::unique(rows.begin(), rows.end(),
                         [&](const auto& a, const auto& b) { return !less(a, b) && !less(b, a); }),
             rows.end());
  return rows;
}

std::map<CellId, std::uint32_t> columns_of(const Component& component) {
  std::map<CellId, std::uint32_t> column;
  for (std::uint32_t at = 0; at < component.cells.size(); ++at) column[component.cells[at]] = at;
  return column;
}

}  // namespace

Result<AttackProgram> AttackProgram::make(const CellSystem& system, const Component& component) {
  if (component.cells.size() > kComponentCellsMax) {
    return fail(Errc::too_large, "one component of " + std::to_string(component.cells.size()) +
                                     " withheld cells; at most " +
                                     std::to_string(kComponentCellsMax) +
                                     " can be attacked: publish fewer or coarser tables");
  }
  return AttackProgram(system, component, open_rows(system, component, columns_of(component)));
}

AttackProgram::AttackProgram(const CellSystem& system, Component component,
                             std::vector<LinearRow> rows)
    : system_(&system),
      component_(std::move(component)),
      column_(columns_of(component_)),
      rows_(std::move(rows)),
      program_(component_.cells.size(), rows_) {
  std::int64_t most = 1;
  for (const CellId cell : component_.cells) most = std::max(most, std::abs(system.value[cell]));
  far_ = std::max({most * kUnboundedFactor, kUnboundedLeast, system.unbounded_least});
  // Bounds of about a million: far from the solver's tolerances at both ends.
  constexpr double kComfortable = 1'000'000;
  scale_ = std::max(1.0, std::exp2(std::ceil(std::log2(double(far_) / kComfortable))));
  observe({});
}

void AttackProgram::observe(const Observer& observer) {
  below_.assign(component_.cells.size(), 0);
  above_ = below_;
  free_ = observer.shares.empty();
  for (std::size_t at = 0; at < component_.cells.size(); ++at) {
    const CellId cell = component_.cells[at];
    free_ = free_ && system_->below[cell] == kNoBound && system_->above[cell] == kNoBound;
    below_[at] = std::min(system_->below[component_.cells[at]], far_);
    above_[at] = std::min(system_->above[component_.cells[at]], far_);
  }
  for (const Observer::Share& share : observer.shares) {
    const auto found = column_.find(share.cell);
    if (found == column_.end()) continue;
    const std::int64_t others = std::max<std::int64_t>(system_->value[share.cell] - share.own, 0);
    std::int64_t& below = below_[found->second];
    below = share.whole ? 0 : std::min(below, others);
    if (share.whole) above_[found->second] = 0;
  }
  bounds_set_ = false;
}

void AttackProgram::set_bounds() {
  if (bounds_set_) return;
  bounds_set_ = true;
  for (std::uint32_t at = 0; at < component_.cells.size(); ++at) {
    program_.set_bounds(at, -double(below_[at]) / scale_, double(above_[at]) / scale_);
  }
}

Result<Optimum> AttackProgram::ask(const std::vector<CellId>& cells, bool up, Work& work) {
  LinearRow objective;
  for (const CellId cell : cells) objective.push_back({column_.at(cell), up ? 1.0 : -1.0});
  program_.set_objective(objective);
  const std::uint64_t before = program_.pivots();
  auto best = program_.maximise(std::min(work.pivots_left, kPivotsPerProgramMax));
  work.pivots_left -= std::min(work.pivots_left, program_.pivots() - before);
  ++work.programs;
  return best;
}

Result<Optimum> AttackProgram::question(const std::vector<CellId>& cells, bool up,
                                        const std::vector<double>& below,
                                        const std::vector<double>& above, Work& work) {
  for (std::uint32_t at = 0; at < below.size(); ++at) {
    program_.set_bounds(at, -below[at], above[at]);
  }
  bounds_set_ = false;
  return ask(cells, up, work);
}

Result<AttackProgram::Reach> AttackProgram::farthest(const std::vector<CellId>& cells, bool up,
                                                     Work& work) {
  set_bounds();
  TRY(const Optimum best, ask(cells, up, work));
  Reach reach;
  reach.distance.resize(component_.cells.size());
  for (std::size_t at = 0; at < reach.distance.size(); ++at) {
    reach.distance[at] = std::llround(best.point[at] * scale_);
  }
  reach.proven = keeps(reach.distance);
  reach.value = (up ? 1 : -1) * best.value * scale_;
  reach.unbounded = std::abs(reach.value) >= double(far_) * 0.999;
  return reach;
}

bool AttackProgram::keeps(const std::vector<std::int64_t>& distance) const {
  for (std::size_t at = 0; at < distance.size(); ++at) {
    if (distance[at] < -below_[at] || distance[at] > above_[at]) return false;
  }
  for (const LinearRow& row : rows_) {
    std::int64_t sum = 0;
    for (const LinearTerm& term : row) {
      sum += static_cast<std::int64_t>(term.factor) * distance[term.column];
    }
    if (sum != 0) return false;
  }
  return true;
}

std::int64_t AttackProgram::sum(const std::vector<std::int64_t>& distance,
                                const std::vector<CellId>& cells) const {
  std::int64_t sum = 0;
  for (const CellId cell : cells) sum += distance[column_.at(cell)];
  return sum;
}

}  // namespace regions
