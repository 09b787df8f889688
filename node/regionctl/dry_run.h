// A dry run of `release --due` as text: every table as peers would see it, and, for the operator
// alone, how much of it is withheld and why.
#pragma once

#include <boost/json.hpp>
#include <string>

namespace regions {

// `due`: an answer of format regions4.due/1. A table of many periods stands in blocks of a
// terminal's width; empty where nothing is due.
std::string shown_tables(const boost::json::object& due);

// How amounts were protected, figure by figure where a person can help it, and who comes too near
// to a headline; for the operator alone. Empty where there is nothing to say.
std::string shown_amounts(const boost::json::object& due);

// "SME-COOP withheld (below the minimum), ENT-COOP 4": both headlines of a year, `decides` of an
// answer; for the operator alone.
std::string decided_text(const boost::json::array& decides);

// "no record of 2024, 2025 was imported ...": a line; `years`: of an answer, or one. Empty where
// there is none.
std::string missing_text(const boost::json::array& years);

// "  waived by the rules: actor uni knows 4 of ENT-COOP 2018, 1 remains": a line a finding, at most
// 20. `waived`: it goes out all the same.
std::string near_text(const boost::json::array& findings, bool waived);

}  // namespace regions
