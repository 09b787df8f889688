// What several commands print alike.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

namespace regions {

// The text under `key` of an answer, which has one there.
std::string text_of(const boost::json::value& object, const char* key);

// Columns as wide as what stands in them, two blanks apart, on standard output.
void print_rows(const std::vector<std::vector<std::string>>& rows);

}  // namespace regions
