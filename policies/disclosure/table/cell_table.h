// All cells of one or several linked tables over the same dimensions, and the equations between
// them. A cell is the same wherever it stands: tables are linked by the cells they share.
//
// Besides the cells that are to be published there are hidden ones: sums above a table's codes, and
// rests, what a total holds besides the codes shown below it. Whoever knows the published cells can
// compute them, so they are cells like the others.
//
// And there are derived ones, of which no table tells alone: what several tables together leave of
// a total of which each shows some codes, and pieces of codes that overlap, as those of two
// hierarchies do (R less P, where R holds all of P). The rules of this project ask for them; other
// tools look at each table, and each hierarchy, for itself.
#pragma once

#include <functional>
#include <unordered_map>

#include "policies/disclosure/attack/system.h"
#include "policies/disclosure/rules/contributions.h"
#include "policies/disclosure/table/table_dimension.h"

namespace regions {

struct TableCell {
  std::vector<CodeId> codes;  // one per dimension
  bool shown = false;         // to be published; else hidden
  bool total = false;         // others add up to it
  std::int64_t value = 0;
  Contributions who;
};

// One table: the codes of every dimension that it publishes. A dimension it does not show has the
// total alone.
struct TableLayout {
  std::vector<std::vector<bool>> codes;  // by dimension, by code
};

class CellTable {
 public:
  // Cells without values yet. too_large: more than kTableCellsMax cells.
  static Result<CellTable> make(std::vector<TableDimension> dimensions,
                                const std::vector<TableLayout>& layouts);

  const std::vector<TableDimension>& dimensions() const { return dimensions_; }
  const std::vector<TableCell>& cells() const { return cells_; }
  std::vector<TableCell>& cells() { return cells_; }
  // The first term is the total (-1), the others are its parts (1). Those behind own_equations()
  // are of derived cells, which stand behind own_cells().
  const std::vector<Equation>& equations() const { return equations_; }
  std::size_t own_equations() const { return own_equations_; }
  std::size_t own_cells() const { return own_cells_; }
  // Only those of which `keep` holds stay, of what is derived.
  void keep_derived(const std::function<bool(const Equation&)>& keep);
  std::optional<CellId> find(const std::vector<CodeId>& codes) const;

  // The cells that a record counts for, ascending. `codes`: one per dimension.
  std::vector<CellId> cells_of(const std::vector<CodeId>& codes) const;

  // "region=A, gender=female"; "rest of A" for a rest, "piece of A and B" for one of several codes.
  std::string name(CellId cell) const;
  // The text of one code, rests included.
  std::string code(std::size_t dimension, CodeId code) const;

  unsigned decimals = 0;  // of the values

 private:
  // What all of `wholes` hold besides `parts`. Ascending.
  struct Rest {
    std::vector<CodeId> wholes;
    std::vector<CodeId> parts;
    bool operator==(const Rest&) const = default;
  };
  // A table with all codes that follow from its own: per dimension codes and sums, rests numbered
  // behind the dimension's codes.
  struct Closed {
    std::vector<std::vector<CodeId>> codes;
    std::vector<std::vector<TableDimension::Sum>> sums;
    std::vector<std::vector<bool>> shown;
    std::vector<std::vector<bool>> needed;  // codes shown, and those above them
  };

  Closed close(const TableLayout& layout);
  Result<void> derive();
  bool add_pieces(Closed& table);
  bool add_pieces(Closed& table, std::size_t dimension);
  CodeId rest_id(std::size_t dimension, Rest rest);
  Result<void> add_cells(const Closed& table);
  void add_equations(const Closed& table);
  std::uint64_t key(const std::vector<CodeId>& codes) const;
  bool counts_for(std::size_t dimension, CodeId record, CodeId code) const;

  std::vector<TableDimension> dimensions_;
  std::vector<std::vector<Rest>> rests_;  // by dimension
  std::vector<Closed> tables_;
  std::vector<TableCell> cells_;
  std::unordered_map<std::uint64_t, CellId> ids_;
  std::vector<Equation> equations_;
  std::size_t own_tables_ = 0, own_cells_ = 0, own_equations_ = 0;
};

}  // namespace regions
