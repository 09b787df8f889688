// The release plan of a home: plan.toml when there is one, else the plan that this program was
// built with. In force only when the roster names its digest. The table of noise is that of
// perturbation.csv when there is one, else the one that the plan's parameters give.
#pragma once

#include <memory>

#include "node/base/home.h"
#include "node/publish/publisher.h"
#include "protocol/roster/roster.h"

namespace regions {

// nullptr: the roster names no plan. mismatch: it names another one. invalid_input, refused:
// plan.toml is no plan, or asks for what DISCLOSURE forbids; perturbation.csv is no table, or not
// what the plan promises.
Result<std::shared_ptr<const AdoptedPlan>> load_release_plan(const Home& home,
                                                             const Catalogue& catalogue,
                                                             const VerifiedRoster& roster);

// "regions4.plan/1" as JSON, for people and scripts. `own`: this region's tier, with why it is
// that.
std::string plan_json(const AdoptedPlan& adopted, const std::optional<OwnTier>& own);
// Whether the plan has such tables, all of the period or the one of that name, and no headline
// among them, which is what an indicator and a year mean without a name.
bool goes_out_by_plan(const AdoptedPlan* adopted, const std::string& indicator,
                      const std::string& period, const std::string& table);
// Why none of them is due; everybody may read the plan. What it does not hold is refused in the one
// way for all.
Error not_due(const AdoptedPlan& adopted, const DueChoice& choice);

}  // namespace regions
