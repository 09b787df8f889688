// From a specification and its files to a table with values, and what is said of its cells.
#pragma once

#include "policies/disclosure/task/wishes.h"

namespace regions {

struct BuiltTable {
  CellTable table;
  std::vector<Wish> wishes;        // by cell
  std::vector<std::string> units;  // names of contributors, of records
  std::vector<bool> filled;        // by cell: stands in the input, or records count for it
};

Result<BuiltTable> build_table(const DisclosureSpec& spec, const TaskFiles& files);

}  // namespace regions
