// Which tables are measured, and over which records.
#pragma once

#include <string>
#include <vector>

#include "node/cube/layout.h"
#include "policies/plan/plan.h"

namespace regions::bench {

// The region whose node the measured records are, and the eight of the sample as members.
inline constexpr char kSelf[] = "PT16";
Territories members();

// Every table of the default plan, of every indicator.
std::vector<TableSpec> planned();
// ENT-COOP by year under every subset of technology, actor group, NACE group and size: 16 margins,
// what GROUP BY CUBE makes of four columns.
std::vector<TableSpec> cubed();
// "planned" or "cubed"; none for another word.
std::vector<TableSpec> margins(const std::string& which);

// The catalogue, the plan and the members as lines for a program that counts by itself:
//   dimension ATTRIBUTE ID CODE CATEGORY | admits ATTRIBUTE INDICATOR CODE | said KIND CODE |
//   member NUTS | table WHICH INDICATOR MEASURE PERIOD BY,BY      (tabs between)
void print_codes();

}  // namespace regions::bench
