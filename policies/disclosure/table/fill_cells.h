// Values of a table from a file of cells, as tau-ARGUS and the R packages read and write them. What
// is missing follows from what is there: totals from their parts, a last part from its total; any
// other missing cell is empty. Pure; errors are invalid_input with file, line, column and remedy.
#pragma once

#include "policies/disclosure/table/cell_table.h"
#include "policies/disclosure/table/text_table.h"

namespace regions {

struct CellColumns {
  std::vector<std::optional<std::size_t>> codes;  // by dimension; absent: the total
  std::size_t value = 0;
  std::optional<std::size_t> count;  // absent: the value is the count
  std::vector<std::size_t> largest;  // largest contributions, descending
  char decimal_point = '.';
};

struct FilledCells {
  // By cell, where one stands for it.
  struct Place {
    std::size_t file, row;
  };
  std::vector<std::optional<Place>> rows;
};

// Several files when linked tables come in one file each; `columns` one per file. The same cell may
// stand in several files with the same value.
Result<FilledCells> fill_from_cells(const std::vector<TextTable>& files,
                                    const std::vector<CellColumns>& columns, CellTable& table);

}  // namespace regions
