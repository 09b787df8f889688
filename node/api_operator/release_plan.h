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
// What a refused release of one figure is told. Of what the plan holds, which everybody may read,
// how it goes out; of everything else what it was refused with.
Error release_refusal(const Error& refused, const AdoptedPlan* adopted,
                      const std::string& indicator, const std::string& period);

}  // namespace regions
