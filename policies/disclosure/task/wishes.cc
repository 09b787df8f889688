#include "policies/disclosure/task/wishes.h"

#include <algorithm>

#include "policies/catalogue/toml_reader.h"
#include "policies/disclosure/table/value.h"
#include "policies/disclosure/task/apriori.h"

namespace regions {
namespace {

using Status = Wish::Status;

bool one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

// The codes of tau-ARGUS (S, U, P, and E for empty; Z in its examples), sdcTable (s, u, z) and
// rtauargus (V, A, B, C); secondary ones (x, D) ask for nothing.
std::optional<Status> status_of(std::string_view text) {
  if (one_of(text, {"S", "s", "V", "x", "D", "E", ""})) return Status::safe;
  if (one_of(text, {"U", "u", "A", "B", "C"})) return Status::unsafe;
  if (one_of(text, {"P", "Z", "z"})) return Status::published;
  return std::nullopt;
}

class WishReader {
 public:
  WishReader(const DisclosureSpec& spec, const TaskFiles& files, const CellTable& table,
             const FilledCells& filled)
      : spec_(spec), files_(files), table_(table), filled_(filled), wishes_(table.cells().size()) {}

  Result<std::vector<Wish>> run() && {
    TRY_VOID(read_columns());
    for (const AprioriSpec& one : spec_.apriori) {
      TRY_VOID(read_apriori(one.file, files_.texts.at(one.file), one.separator, table_, wishes_));
    }
    TRY_VOID(check_ruled());
    TRY_VOID(check_largest());
    for (const std::string& file : spec_.priors) TRY_VOID(read_prior(files_.tables.at(file)));
    if (spec_.pattern) TRY_VOID(read_pattern(*spec_.pattern));
    return std::move(wishes_);
  }

 private:
  // Levels and costs may be finer than values, and are rounded up.
  Result<std::int64_t> amount(const TextTable& rows, std::size_t row, std::size_t column) const {
    const auto value = parse_value(rows.rows[row][column], spec_.input.decimal_point);
    if (!value || value->digits < 0) {
      return rows.error(row, column, "no amount of 0 or more", "write one such as 10");
    }
    return rescale_up(*value, table_.decimals);
  }

  Result<void> read_columns() {
    const InputSpec& input = spec_.input;
    for (CellId cell = 0; cell < wishes_.size(); ++cell) {
      if (!filled_.rows[cell]) continue;
      const TextTable& rows = files_.tables.at(input.files[filled_.rows[cell]->file]);
      const std::size_t row = filled_.rows[cell]->row;
      Wish& wish = wishes_[cell];
      if (!input.status.empty()) {
        TRY(const std::size_t column, rows.column(input.status, "input.status"));
        const auto status = status_of(rows.rows[row][column]);
        if (!status) {
          return rows.error(row, column, "unknown status '" + rows.rows[row][column] + "'",
                            "write S (safe), U (unsafe) or P (to be published)");
        }
        wish.status = *status;
      }
      for (auto [name, into] : {std::pair(&input.lower_level, &wish.below),
                                {&input.upper_level, &wish.above},
                                {&input.cost, &wish.cost}}) {
        if (name->empty()) continue;
        TRY(const std::size_t column, rows.column(*name, "input"));
        // A cell that is not unsafe needs no levels.
        const bool safe = wish.status == Status::safe || wish.status == Status::published;
        if (name != &input.cost && safe && one_of(rows.rows[row][column], {"", "NA"})) continue;
        TRY(*into, amount(rows, row, column));
      }
    }
    return {};
  }

  // With nothing that could find a cell unsafe everything would go out.
  Result<void> check_ruled() const {
    const RuleBook& rules = spec_.rules;
    const bool ruled = !rules.dominance.empty() || !rules.concentration.empty() ||
                       !rules.waivers.empty() || !rules.requests.empty() ||
                       !rules.frequency.empty();
    const bool said = std::any_of(wishes_.begin(), wishes_.end(),
                                  [](const Wish& wish) { return wish.status != Status::none; });
    if (ruled || said) return {};
    return fail(Errc::invalid_input, spec_.file +
                                         ": rules: none, so that everything would be published; "
                                         "write minimum = 3 below [rules], or name the column of "
                                         "statuses with status in [input]");
  }

  // A rule that lacks one of the largest takes it for 0.
  Result<void> check_largest() const {
    const InputSpec& input = spec_.input;
    for (CellId cell = 0; cell < wishes_.size(); ++cell) {
      const Contributions& who = table_.cells()[cell].who;
      const auto given = static_cast<std::int64_t>(who.units().size());
      const auto asked = static_cast<std::int64_t>(input.largest.size());
      if (wishes_[cell].status != Status::none || who.sum() == 0) continue;
      // Beside those that make up the cell all others are 0.
      if (given >= std::min(who.count(), asked) || who.top(who.units().size()) == who.sum())
        continue;
      if (!filled_.rows[cell]) {
        if (!table_.cells()[cell].shown || spec_.rules.needs() == 0) continue;
        return fail(Errc::invalid_input, input.files.front() + ": cell " + table_.name(cell) +
                                             " has no row, and the rules need its largest "
                                             "contributions; give it one");
      }
      const TextTable& rows = files_.tables.at(input.files[filled_.rows[cell]->file]);
      TRY(const std::size_t column,
          rows.column(input.largest[who.units().size()], "input.largest"));
      return rows.error(filled_.rows[cell]->row, column,
                        "empty, and the cell has " + std::to_string(who.count()) + " contributors",
                        "write what the next largest of them contributes");
    }
    return {};
  }

  // The cell of a row of another file with the dimensions' columns; a missing column is the total.
  Result<CellId> cell_of(const TextTable& rows, std::size_t row) const {
    std::vector<CodeId> codes;
    for (std::size_t k = 0; k < spec_.dimensions.size(); ++k) {
      auto column = rows.column(spec_.dimensions[k].column, "dimension.column");
      // What an earlier run wrote names dimensions.
      if (!column) column = rows.column(spec_.dimensions[k].name, "dimension.name");
      CodeId code = TableDimension::kTotal;
      if (column) {
        const auto found = table_.dimensions()[k].find_or_total(rows.rows[row][*column]);
        if (!found) {
          return rows.error(row, *column, "'" + rows.rows[row][*column] + "' is no code",
                            "write one of the hierarchy");
        }
        code = *found;
      }
      codes.push_back(code);
    }
    if (const auto cell = table_.find(codes)) return *cell;
    return rows.error(row, 0, "a cell of no table", "leave it out");
  }

  // The column of values: the input's name, or that of what an earlier run wrote.
  Result<std::size_t> prior_column(const TextTable& rows, bool& ours) const {
    const std::string& name = spec_.input.value.empty() ? spec_.input.count : spec_.input.value;
    auto column = rows.column(name, "input.value");
    if (name.empty() || !column) {
      auto own = rows.column("OBS_VALUE", "what this program writes");
      ours = own.has_value();
      if (own || name.empty()) return own;
    }
    return column;
  }

  // A missing column is the total, a mistyped one is not.
  Result<void> check_dimensions(const TextTable& rows) const {
    for (const DimensionSpec& dimension : spec_.dimensions) {
      if (rows.column(dimension.column, "") || rows.column(dimension.name, "")) continue;
      std::vector<std::string_view> others;
      for (const std::string& column : rows.columns) {
        const auto is_known = [&](const DimensionSpec& one) {
          return one.column == column || one.name == column;
        };
        const auto& dimensions = spec_.dimensions;
        if (std::none_of(dimensions.begin(), dimensions.end(), is_known)) others.push_back(column);
      }
      if (others.empty() || near(dimension.column, others).empty()) continue;
      TRY([[maybe_unused]] const std::size_t column,
          rows.column(dimension.column, "dimension.column"));
    }
    return {};
  }

  Result<void> read_prior(const TextTable& rows) {
    bool ours = false;
    TRY(const std::size_t column, prior_column(rows, ours));
    TRY_VOID(check_dimensions(rows));
    if (rows.rows.empty()) {
      return fail(Errc::invalid_input,
                  rows.file + ": no rows, so that it releases nothing; leave it out of priors");
    }
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
      const std::string& text = rows.rows[row][column];
      // Withheld then: nothing was told.
      if (one_of(text, {"", "NA", "NaN", "x", "c", ":"})) continue;
      TRY(const CellId cell, cell_of(rows, row));
      const auto told = parse_value(text, ours ? '.' : spec_.input.decimal_point);
      if (!told) return rows.error(row, column, told.error().context, "write one such as 10");
      const auto value = rescale(*told, table_.decimals);
      if (told->decimals > table_.decimals || !value || *value != table_.cells()[cell].value) {
        return rows.error(row, column,
                          "cell " + table_.name(cell) + " was released as " + text + " and is " +
                              format_value(table_.cells()[cell].value, table_.decimals),
                          "protect the change as a cell of its own: both releases are known");
      }
      wishes_[cell].released = true;
    }
    return {};
  }

  Result<void> take(const PatternSpec& pattern, const TextTable& rows, std::size_t row,
                    std::size_t column, CellId cell) {
    const std::string& text = rows.rows[row][column];
    const auto names = [&](const std::vector<std::string>& list) {
      return std::find(list.begin(), list.end(), text) != list.end();
    };
    const bool withheld = names(pattern.withheld);
    if (!withheld && !pattern.published.empty() && !names(pattern.published)) {
      return rows.error(row, column, "'" + text + "' is neither withheld nor published",
                        "add it to one of the lists of [pattern]");
    }
    if (wishes_[cell].withheld && *wishes_[cell].withheld != withheld) {
      return rows.error(row, column,
                        "cell " + table_.name(cell) + " stands twice, once withheld, once not",
                        "leave the wrong row out");
    }
    wishes_[cell].withheld = withheld;
    return {};
  }

  Result<void> read_pattern(const PatternSpec& pattern) {
    if (pattern.file.empty() && spec_.input.kind == InputKind::records) {
      return fail(Errc::invalid_input,
                  spec_.file + ": pattern.file: missing; records have no pattern, name its file");
    }
    for (const std::string& file :
         pattern.file.empty() ? spec_.input.files : std::vector{pattern.file}) {
      const TextTable& rows = files_.tables.at(file);
      TRY(const std::size_t column, rows.column(pattern.column, "pattern.column"));
      TRY_VOID(check_dimensions(rows));
      for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        TRY(const CellId cell, cell_of(rows, row));
        TRY_VOID(take(pattern, rows, row, column, cell));
      }
    }
    return {};
  }

  const DisclosureSpec& spec_;
  const TaskFiles& files_;
  const CellTable& table_;
  const FilledCells& filled_;
  std::vector<Wish> wishes_;
};

}  // namespace

Result<std::vector<Wish>> read_wishes(const DisclosureSpec& spec, const TaskFiles& files,
                                      const CellTable& table, const FilledCells& filled) {
  return WishReader(spec, files, table, filled).run();
}

}  // namespace regions
