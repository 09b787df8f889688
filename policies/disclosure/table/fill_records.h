// Values of a table from records, or from counted groups of records. Pure; errors are invalid_input
// and name file, line, column and remedy.
#pragma once

#include "policies/disclosure/table/cell_table.h"
#include "policies/disclosure/table/text_table.h"

namespace regions {

struct RecordColumns {
  std::vector<std::size_t> codes;      // by dimension
  std::optional<std::size_t> value;    // absent: the number of records is the value
  std::optional<std::size_t> count;    // a row stands for so many records; whole numbers
  std::optional<std::size_t> unit;     // the contributor; absent: every row is one
  std::optional<std::size_t> holding;  // where filled in, in place of the contributor
  std::optional<std::size_t> weight;   // a sampling weight: the row stands for so many alike
  // Of a weighted record its amount once is what a contributor knows; the total alone is weighted.
  bool weigh_totals_alone = false;
  std::optional<std::size_t> requested, waived;  // yes or no, in the words of tables.md
  char decimal_point = '.';
};

struct FilledRecords {
  std::vector<std::string> units;  // names; the unit of a contribution is its index
  std::vector<bool> touched;       // by cell: a row stands for it, be it one of nobody
};

Result<FilledRecords> fill_from_records(const TextTable& rows, const RecordColumns& columns,
                                        CellTable& table);

}  // namespace regions
