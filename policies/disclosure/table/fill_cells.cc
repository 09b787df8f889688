#include "policies/disclosure/table/fill_cells.h"

#include <algorithm>

#include "policies/disclosure/rules/sensitivity.h"
#include "policies/disclosure/table/value.h"

namespace regions {
namespace {

// Known so far of one cell.
struct Known {
  std::optional<std::int64_t> value, count;
  std::vector<std::int64_t> largest;
};

// Room for decimals is what the total of everything leaves, or where that is missing the sum of all
// that is there.
struct Decimals {
  DecimalsOfTable of_total, of_all;
  bool total = false;
};

class CellReader {
 public:
  CellReader(const TextTable& rows, const CellColumns& columns, CellTable& table)
      : rows_(rows), columns_(columns), table_(table) {}

  Result<void> find_decimals(Decimals& found) const {
    for (std::size_t row = 0; row < rows_.rows.size(); ++row) {
      TRY(const CellId cell, cell_of(row));
      const auto& codes = table_.cells()[cell].codes;
      const bool total = std::all_of(codes.begin(), codes.end(),
                                     [](CodeId code) { return code == TableDimension::kTotal; });
      for (const std::size_t column : amounts()) {
        if (rows_.rows[row][column].empty() || rows_.rows[row][column] == "NA") continue;
        TRY(const DecimalText value, number(row, column));
        found.of_all.add(value);
        found.of_total.add(value, total ? 1 : 0);
      }
      found.total = found.total || total;
    }
    return {};
  }

  Result<CellId> cell_of(std::size_t row) const {
    std::vector<CodeId> codes;
    for (std::size_t k = 0; k < columns_.codes.size(); ++k) {
      CodeId code = TableDimension::kTotal;
      if (columns_.codes[k]) {
        const std::string& text = rows_.rows[row][*columns_.codes[k]];
        const auto found = table_.dimensions()[k].find_or_total(text);
        if (!found) {
          return rows_.error(row, *columns_.codes[k], "'" + text + "' is no code of the hierarchy",
                             "add it there, or name the total with total = \"" + text + "\"");
        }
        code = *found;
      }
      codes.push_back(code);
    }
    const auto cell = table_.find(codes);
    if (!cell) {
      return fail(Errc::invalid_input, rows_.file + " line " + std::to_string(rows_.lines[row]) +
                                           ": a cell of no [[table]]; leave it out or add a table");
    }
    return *cell;
  }

  Result<Known> read(std::size_t row) const {
    Known known;
    TRY(known.value, amount(row, columns_.value));
    if (columns_.count) {
      TRY(const DecimalText count, number(row, *columns_.count));
      if (count.decimals > 0 || count.digits < 0) {
        return rows_.error(row, *columns_.count, "no whole number", "write one from 0 up");
      }
      known.count = count.digits;
    }
    for (const std::size_t column : columns_.largest) {
      const std::string& text = rows_.rows[row][column];
      if (text.empty() || text == "NA") break;
      TRY(const std::int64_t one, amount(row, column));
      known.largest.push_back(one);
    }
    TRY_VOID(check_count(row, known));
    return known;
  }

 private:
  std::vector<std::size_t> amounts() const {
    std::vector<std::size_t> all = columns_.largest;
    all.push_back(columns_.value);
    return all;
  }
  // More contributions above 0 than contributors would be passed over by the rules.
  Result<void> check_count(std::size_t row, const Known& known) const {
    const std::int64_t count = known.count.value_or(*known.value);
    const auto above = std::count_if(known.largest.begin(), known.largest.end(),
                                     [](std::int64_t amount) { return amount > 0; });
    if (above <= count) return {};
    return rows_.error(row, columns_.count.value_or(columns_.value),
                       std::to_string(above) + " of the largest contributions are above 0",
                       "count all contributors, or correct the largest");
  }
  Result<DecimalText> number(std::size_t row, std::size_t column) const {
    auto value = parse_value(rows_.rows[row][column], columns_.decimal_point);
    if (!value) {
      return rows_.error(row, column, value.error().context, "write one such as 1234.5");
    }
    return value;
  }
  Result<std::int64_t> amount(std::size_t row, std::size_t column) const {
    TRY(const DecimalText value, number(row, column));
    auto scaled = rescale(value, table_.decimals);
    if (!scaled) return rows_.error(row, column, scaled.error().context, "round it");
    if (*scaled < 0) {
      return rows_.error(row, column, "a negative amount",
                         "no rule holds for it; leave it out or use another variable");
    }
    return scaled;
  }

  const TextTable& rows_;
  const CellColumns& columns_;
  CellTable& table_;
};

// The one value that an equation leaves open, from all others.
class Completion {
 public:
  Completion(CellTable& table, std::vector<Known>& known, bool counts)
      : table_(table), known_(known), counts_(counts) {}

  Result<void> run() {
    const std::size_t own = table_.own_equations();
    while (solve(0, own)) {
    }
    // No equation says more: what is no total and stands nowhere is empty.
    for (CellId cell = 0; cell < table_.own_cells(); ++cell) {
      if (!table_.cells()[cell].total) set_empty(cell);
    }
    while (solve(0, own)) {
    }
    for (CellId cell = 0; cell < table_.own_cells(); ++cell) set_empty(cell);
    while (solve(own, table_.equations().size())) {
    }
    // Pieces that the input does not tell.
    table_.keep_derived([&](const Equation& equation) {
      return std::all_of(equation.begin(), equation.end(), [&](const EquationTerm& term) {
        return known_[term.cell].value.has_value();
      });
    });
    for (CellId cell = 0; cell < known_.size(); ++cell) {
      if (known_[cell].value && *known_[cell].value < 0) {
        return fail(Errc::invalid_input, "cell " + table_.name(cell) +
                                             " is missing, and its parts "
                                             "are more than the total above; give all parts");
      }
      set_empty(cell);
    }
    return {};
  }

 private:
  void set_empty(CellId cell) {
    if (!known_[cell].value) known_[cell].value = 0;
    if (counts_ && !known_[cell].count) known_[cell].count = 0;
  }

  bool solve(std::size_t from, std::size_t to) {
    bool progress = false;
    for (std::size_t at = from; at < to; ++at) {
      const Equation& equation = table_.equations()[at];
      progress |= solve(equation, &Known::value);
      if (counts_) progress |= solve(equation, &Known::count);
    }
    return progress;
  }

  bool solve(const Equation& equation, std::optional<std::int64_t> Known::*what) {
    const EquationTerm* open = nullptr;
    std::int64_t sum = 0;
    for (const EquationTerm& term : equation) {
      if (const auto& value = known_[term.cell].*what) {
        sum += term.factor * *value;
      } else if (open != nullptr) {
        return false;
      } else {
        open = &term;
      }
    }
    if (open == nullptr) return false;
    std::int64_t value = -sum * open->factor;
    // Published values are rounded; a part of less than that is none.
    const auto rounding = static_cast<std::int64_t>(equation.size()) / 2 + 1;
    if (open->factor > 0 && std::abs(value) <= rounding && table_.decimals > 0) value = 0;
    known_[open->cell].*what = value;
    return true;
  }

  CellTable& table_;
  std::vector<Known>& known_;
  bool counts_;
};

// The largest of a total that the input lacks: at least those of its parts.
void complete_largest(const CellTable& table, const FilledCells& filled,
                      std::vector<Known>& known) {
  const auto lacks = [&](CellId cell) { return !filled.rows[cell] && known[cell].largest.empty(); };
  for (bool progress = true; progress;) {
    progress = false;
    for (const Equation& equation : table.equations()) {
      const CellId total = equation.front().cell;
      if (!lacks(total)) continue;
      std::vector<std::int64_t> largest;
      const bool ready =
          std::all_of(equation.begin() + 1, equation.end(), [&](const EquationTerm& part) {
            const auto& own = known[part.cell].largest;
            largest.insert(largest.end(), own.begin(), own.end());
            return !lacks(part.cell) || known[part.cell].value == 0;
          });
      if (!ready || largest.empty()) continue;
      std::sort(largest.rbegin(), largest.rend());
      largest.resize(std::min(largest.size(), kRuleUnitsMax));
      known[total].largest = std::move(largest);
      progress = true;
    }
  }
}

std::string place_of(const std::vector<TextTable>& files, const FilledCells::Place& place) {
  const TextTable& rows = files[place.file];
  return rows.file + " line " + std::to_string(rows.lines[place.row]);
}

// Where a cell of the equation stands: the first that does.
std::string place_of(const std::vector<TextTable>& files, const FilledCells& filled,
                     const Equation& equation) {
  for (const EquationTerm& term : equation) {
    if (filled.rows[term.cell]) return place_of(files, *filled.rows[term.cell]) + ": ";
  }
  return "";
}

Result<void> check_sums(const CellTable& table, const std::vector<TextTable>& files,
                        const FilledCells& filled) {
  for (const Equation& equation : table.equations()) {
    std::int64_t sum = 0;
    for (const EquationTerm& term : equation) sum += term.factor * table.cells()[term.cell].value;
    // Every value is off by half a unit at most.
    if (std::abs(sum) * 2 <= static_cast<std::int64_t>(equation.size())) continue;
    return fail(Errc::invalid_input,
                place_of(files, filled, equation) + "cell " + table.name(equation.front().cell) +
                    " is " +
                    format_value(table.cells()[equation.front().cell].value, table.decimals) +
                    ", its parts add up to " +
                    format_value(table.cells()[equation.front().cell].value + sum, table.decimals) +
                    "; give all parts, or correct the hierarchy");
  }
  return {};
}

}  // namespace

Result<FilledCells> fill_from_cells(const std::vector<TextTable>& files,
                                    const std::vector<CellColumns>& columns, CellTable& table) {
  FilledCells filled;
  filled.rows.resize(table.cells().size());
  std::vector<Known> known(table.cells().size());
  bool counts = true;
  Decimals decimals;
  for (std::size_t file = 0; file < files.size(); ++file) {
    TRY_VOID(CellReader(files[file], columns[file], table).find_decimals(decimals));
    counts = counts && columns[file].count.has_value();
  }
  table.decimals = (decimals.total ? decimals.of_total : decimals.of_all).decimals();
  for (std::size_t file = 0; file < files.size(); ++file) {
    const CellReader reader(files[file], columns[file], table);
    for (std::size_t row = 0; row < files[file].rows.size(); ++row) {
      TRY(const CellId cell, reader.cell_of(row));
      TRY(Known read, reader.read(row));
      if (filled.rows[cell] && known[cell].value != read.value) {
        return files[file].error(row, columns[file].value,
                                 "cell " + table.name(cell) + " stands twice with two values, in " +
                                     place_of(files, *filled.rows[cell]) + " too",
                                 "correct one");
      }
      if (filled.rows[cell] && filled.rows[cell]->file == file) {
        return files[file].error(row, columns[file].value,
                                 "cell " + table.name(cell) + " stands twice", "leave one out");
      }
      if (!filled.rows[cell]) filled.rows[cell] = FilledCells::Place{file, row};
      known[cell] = std::move(read);
    }
  }
  TRY_VOID(Completion(table, known, counts).run());
  complete_largest(table, filled, known);
  for (CellId cell = 0; cell < known.size(); ++cell) {
    TableCell& here = table.cells()[cell];
    here.value = *known[cell].value;
    const std::int64_t count = known[cell].count.value_or(here.value);
    auto who = Contributions::summary(count, here.value, known[cell].largest);
    if (!who) return who.error().in("cell " + table.name(cell));
    here.who = std::move(*who);
  }
  TRY_VOID(check_sums(table, files, filled));
  return filled;
}

}  // namespace regions
