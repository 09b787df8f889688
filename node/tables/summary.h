// What a protection or an attack came to, as JSON and as lines for a reader.
#pragma once

#include <boost/json.hpp>

#include "policies/disclosure/task/protect.h"

namespace regions {

// A protection, and what else was asked for: the published pattern it is compared with, and what
// the full rules cost more.
struct ProtectSummary {
  const BuiltTable* built = nullptr;
  Convention convention = Convention::full;
  const Protected* made = nullptr;
  const Attacked* published = nullptr;  // the specification's pattern under the same convention
  const Protected* full = nullptr;      // beside a comparison
  std::string full_refused;             // why the full rules let nothing out
};

boost::json::object summary_of(const ProtectSummary& summary);
boost::json::object summary_of(const BuiltTable& built, Convention convention,
                               const Attacked& attacked);

}  // namespace regions
