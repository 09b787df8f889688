// What is said of single cells beforehand: statuses, levels and costs of a file of cells, of an a
// priori file in the form of tau-ARGUS (.hst), of earlier releases, and a pattern to be attacked.
#pragma once

#include "policies/disclosure/table/fill_cells.h"
#include "policies/disclosure/task/task_files.h"

namespace regions {

struct Wish {
  enum class Status { none, safe, unsafe, published };  // published: must not be withheld
  Status status = Status::none;
  std::optional<std::int64_t> below, above;  // levels, in units of the table
  std::optional<std::int64_t> cost;          // in units of the table
  bool released = false;                     // its value stands in an earlier release
  std::optional<bool> withheld;              // by the pattern
};

// One per cell of the table.
Result<std::vector<Wish>> read_wishes(const DisclosureSpec& spec, const TaskFiles& files,
                                      const CellTable& table, const FilledCells& filled);

}  // namespace regions
