// Progress as people and programs read it.
#pragma once

#include <string>

#include "node/federation/progress.h"

namespace regions {

// Format regions4.progress/1. One line, ended by a newline:
// {"format","indicator","definition","unit","decimals","method","baseline","period",
//  "target_percent" (null: no aim),"coverage" as in an answer,
//  "regions":[{"region","state","reason","baseline":V,"period":V,
//    "located":{"baseline","period"} per mille | null (coverage unknown),
//    "change","change_permille","target","reached"}],
//  "federation":{"known","regions","baseline","period","max_error","change","change_permille",
//    "target","reached"}}
// V: {"value","obs_status","conf_status","release","log_index"}. What cannot be told is null;
// values are integers in the smallest unit.
std::string render_progress_json(const Progress& progress);
// For a terminal of 100 columns: a row per region, one for the federation over the regions known in
// both periods, and the reasons below.
std::string render_progress_text(const Progress& progress);

}  // namespace regions
