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
// One row per cell: region,period,value,method,obs_status,conf_status,release,log_index. A value
// that is withheld or was not released is empty; obs_status says which.
std::string render_csv(const Answer& answer);
// For a terminal: coverage, a row per region and a column per period, totals with their bound.
std::string render_table(const Answer& answer);
std::string render(const Answer& answer, Format format);

}  // namespace regions
