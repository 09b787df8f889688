// The files of the sample of the eight regions.
#pragma once

#include <map>
#include <string>

#include "ops/sample/projects.h"

namespace regions::sample {

// File name -> contents: cooperations_R.csv (firm in R), cooperations_with_actor_in_R.csv (actor in
// R, firm elsewhere: the same row stands at the firm's node) and organisations_R.csv for each
// region R.
std::map<std::string, std::string> make_files(const Population& all, const Draw& draw);

}  // namespace regions::sample
