// The releases of an exported log held against the release plan that its roster names: what the
// offline verifier, which knows neither catalogue nor plan, leaves open.
#pragma once

#include "protocol/evidence/export_verifier.h"

namespace regions {

struct PlanAudit {
  bool held = false;                     // false: the plan is not here, and nothing was judged
  std::vector<std::string> faults;       // releases that break the plan, each with its file
  std::vector<std::string> not_planned;  // that it does not hold; no reader uses them
};

// `report`: of verify_export() of the same files, which found nothing wrong. `plan_file`: empty for
// the built-in plan, which counts only where it is the one that the roster names. Without a plan in
// the roster the headlines are judged. invalid_input: `plan_file` is not that plan.
Result<PlanAudit> hold_against_plan(const ExportedFiles& files, const Report& report,
                                    const std::string& plan_file);

}  // namespace regions
