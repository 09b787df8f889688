// What runs of `regionctl disclosure` leave in their folder.
#pragma once

#include <filesystem>

#include "policies/disclosure/task/spec.h"

namespace regions {

// Removes what an earlier run left under these names in `out`: it must not be taken for the outcome
// of this one, should that fail. invalid_input, and nothing is removed: one of them is a file that
// the specification (which stands in `folder`) reads. io.
Result<void> clear_outputs(const DisclosureSpec& spec, const std::filesystem::path& folder,
                           const std::filesystem::path& out, const std::vector<std::string>& names);

}  // namespace regions
