// An answer as people and programs read it.
#pragma once

#include <string>

#include "node/federation/answer.h"

namespace regions {

enum class Format { table, json, csv };
// invalid_input for anything but table, json, csv.
Result<Format> parse_format(std::string_view text);

// DESIGN 7, format regions4.answer/1. One line, ended by a newline.
std::string render_json(const Answer& answer);
// One row per cell: region,period, a column per other dimension, value,method,obs_status,
// conf_status,release,log_index. Values in the smallest unit, as in JSON; one that is withheld or
// was not released is empty, obs_status says which. Without `region` in --by a row per sum over
// regions: period, the dimensions, value,bound,max_error,known,regions.
std::string render_csv(const Answer& answer);
// For a terminal of 100 columns: coverage, a row per region and category and a column per period,
// totals with their bound; says so where values carry noise. Values in the unit.
std::string render_table(const Answer& answer);
std::string render(const Answer& answer, Format format);

}  // namespace regions
