// An answer as people and programs read it.
#pragma once

#include <string>

#include "node/federation/answer.h"

namespace regions {

enum class Format { table, json, csv };
// invalid_input for anything but table, json, csv.
Result<Format> parse_format(std::string_view text);

// Format regions4.answer/1 (answers.md). Values in the smallest unit: `decimals` of them stand
// behind the point. One line, ended by a newline.
std::string render_json(const Answer& answer);
// One row per cell: region,period, a column per other dimension, value,method,obs_status,
// conf_status,release,log_index,provisional,unit_measure,decimals. Values in the unit; one that is
// withheld or was not released is empty, obs_status says which. Without `region` in --by a row per
// sum over regions: period, the dimensions, value,bound,max_error,known,regions,members and the
// last three as above.
std::string render_csv(const Answer& answer);
// For a terminal of 100 columns: coverage, a row per region and category and a column per period,
// totals with their bound; says so where values carry noise. Values in the unit.
std::string render_table(const Answer& answer);
std::string render(const Answer& answer, Format format);

}  // namespace regions
