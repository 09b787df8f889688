// What the metadata of tau-ARGUS (.rda) say beside a specification that names them: places or names
// of columns, separator, hierarchies and totals of dimensions that say nothing of their own, and of
// cells the columns of counts, largest contributions, statuses and levels.
#pragma once

#include "policies/disclosure/table/tau_metadata.h"
#include "policies/disclosure/task/spec.h"

namespace regions {

// What the specification says itself stays. Weights, holdings, requests and costs are columns that
// it has to name: a job of tau-ARGUS asks for them too. invalid_input names the file and the key.
Result<void> apply_metadata(const TauMetadata& metadata, DisclosureSpec& spec);

}  // namespace regions
