// A dry run of `release --due` as text: every table as peers would see it, and, for the operator
// alone, how much of it is withheld and why.
#pragma once

#include <boost/json.hpp>
#include <string>

namespace regions {

// `due`: an answer of format regions4.due/1. A table of many periods stands in blocks of a
// terminal's width; empty where nothing is due.
std::string shown_tables(const boost::json::object& due);

}  // namespace regions
