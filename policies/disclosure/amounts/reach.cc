#include "policies/disclosure/amounts/reach.h"

#include <algorithm>

namespace regions {
namespace {

bool knows_of(const Observer& observer, const Component& component) {
  return std::any_of(observer.shares.begin(), observer.shares.end(), [&](const auto& share) {
    return std::binary_search(component.cells.begin(), component.cells.end(), share.cell);
  });
}

}  // namespace

Result<std::vector<Reached>> find_reached(const AmountModel& model, const Pattern& withheld,
                                          const std::vector<std::uint8_t>& touched,
                                          const AmountGuards& guards, Work& work) {
  std::vector<Reached> found;
  const auto components = components_of(model.system, withheld);
  for (std::size_t at = 0; at < components.size(); ++at) {
    if (!touched.empty() && !touched[at]) continue;
    work.at = components[at].cells.front();
    TRY(auto program, AttackProgram::make(model.system, components[at]));
    for (std::size_t index = 0; index < guards.observers.size(); ++index) {
      const Observer& observer = guards.observers[index];
      if (index > 0 && !knows_of(observer, components[at])) continue;
      program.observe(observer);
      for (const CellId cell : components[at].cells) {
        if (index > 0 && !model.sensitive[cell]) continue;
        TRY(CellReach reach, find_reach(program, cell, work));
        found.push_back({std::move(reach), index, components[at].cells});
      }
    }
  }
  return found;
}

}  // namespace regions
