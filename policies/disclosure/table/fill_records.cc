#include "policies/disclosure/table/fill_records.h"

#include <algorithm>
#include <set>

#include "policies/disclosure/table/limits.h"
#include "policies/disclosure/table/value.h"

namespace regions {
namespace {

// Largest contributions of a weighted record that a rule can ever look at.
constexpr std::int64_t kCopiesMax = static_cast<std::int64_t>(kRuleUnitsMax);

struct Record {
  std::vector<CodeId> codes;
  std::int64_t value = 0;
  std::int64_t copies = 1;  // records that the row stands for
  bool counted = false;     // a group: nothing is known of its members
  Contribution who;
};

class RecordReader {
 public:
  RecordReader(const TextTable& rows, const RecordColumns& columns, CellTable& table)
      : rows_(rows), columns_(columns), table_(table) {}

  Result<void> find_decimals() {
    if (!columns_.value) return {};
    for (std::size_t row = 0; row < rows_.rows.size(); ++row) {
      TRY(const DecimalText value, number(row, *columns_.value));
      table_.decimals = std::max(table_.decimals, value.decimals);
    }
    return {};
  }

  // Units are numbered by name, so that the order of rows changes nothing.
  Result<void> find_units() {
    for (std::size_t row = 0; row < rows_.rows.size(); ++row) {
      TRY(std::string name, unit_of(row));
      ids_.emplace(std::move(name), 0);
    }
    for (auto& [name, id] : ids_) {
      id = names_.size();
      names_.push_back(name);
    }
    return {};
  }

  Result<Record> read(std::size_t row) const {
    Record record;
    TRY_VOID(read_codes(row, record));
    TRY_VOID(read_unit(row, record));
    record.value = 1;
    if (columns_.value) {
      TRY(const DecimalText value, number(row, *columns_.value));
      auto scaled = rescale(value, table_.decimals);
      if (!scaled) return wrong(row, *columns_.value, scaled.error());
      record.value = *scaled;
      if (record.value < 0) {
        return rows_.error(row, *columns_.value, "a negative amount",
                           "no rule holds for it; leave it out or use another variable");
      }
    }
    TRY_VOID(read_copies(row, record));
    record.who.amount = record.value;
    return record;
  }

  std::vector<std::string> units() && { return std::move(names_); }

 private:
  Error wrong(std::size_t row, std::size_t column, const Error& error) const {
    return rows_.error(row, column, error.context, "write one such as 1234.5");
  }

  Result<DecimalText> number(std::size_t row, std::size_t column) const {
    auto value = parse_value(rows_.rows[row][column], columns_.decimal_point);
    if (!value) return wrong(row, column, value.error());
    return value;
  }

  Result<void> read_codes(std::size_t row, Record& record) const {
    for (std::size_t k = 0; k < columns_.codes.size(); ++k) {
      const TableDimension& dimension = table_.dimensions()[k];
      const auto code = dimension.find(rows_.rows[row][columns_.codes[k]]);
      if (!code || *code == TableDimension::kTotal || !dimension.is_leaf(*code)) {
        return rows_.error(row, columns_.codes[k],
                           "'" + rows_.rows[row][columns_.codes[k]] + "' is " +
                               (code ? "a sum of codes" : "no code of the hierarchy"),
                           code ? "records have codes of the lowest level" : "add it there");
      }
      record.codes.push_back(*code);
    }
    return {};
  }

  Result<std::string> unit_of(std::size_t row) const {
    if (columns_.holding && !rows_.rows[row][*columns_.holding].empty()) {
      return rows_.rows[row][*columns_.holding];
    }
    if (!columns_.unit) return "line " + std::to_string(rows_.lines[row]);
    if (rows_.rows[row][*columns_.unit].empty()) {
      return rows_.error(row, *columns_.unit, "empty", "name the contributor");
    }
    return rows_.rows[row][*columns_.unit];
  }

  Result<void> read_unit(std::size_t row, Record& record) const {
    const auto yes = [&](const std::optional<std::size_t>& column) {
      if (!column) return false;
      const std::string& text = rows_.rows[row][*column];
      return text == "1" || text == "true" || text == "TRUE" || text == "yes" || text == "T";
    };
    TRY(const std::string unit, unit_of(row));
    record.who.unit = ids_.at(unit);
    record.who.requested = yes(columns_.requested);
    record.who.waived = yes(columns_.waived);
    return {};
  }

  Result<void> read_copies(std::size_t row, Record& record) const {
    for (const auto& column : {columns_.count, columns_.weight}) {
      if (!column) continue;
      TRY(const DecimalText copies, number(row, *column));
      if (copies.decimals > 0 || copies.digits < 0 || copies.digits > INT32_MAX) {
        return rows_.error(row, *column, "no whole number", "write one from 0 up");
      }
      record.copies = copies.digits;
      record.counted = column == columns_.count;
    }
    return {};
  }

  const TextTable& rows_;
  const RecordColumns& columns_;
  CellTable& table_;
  std::map<std::string, std::size_t> ids_;
  std::vector<std::string> names_;
};

// What stands in one cell so far.
struct Content {
  std::vector<Contribution> members;
  std::int64_t count = 0, sum = 0;  // of counted groups and weighted records
  bool summary = false;
};

void add(const Record& record, bool once, Content& content) {
  content.sum += record.value * record.copies;
  content.count += record.counted ? record.copies : 1;
  if (record.counted || record.copies != 1) content.summary = true;
  // Of a weighted record as many copies as a rule looks at (handbook 4.2.1, sampling weights).
  const std::int64_t most = once ? 1 : kCopiesMax;
  const std::int64_t copies = record.counted ? 0 : std::min(record.copies, most);
  for (std::int64_t copy = 0; copy < copies; ++copy) content.members.push_back(record.who);
}

Result<Contributions> contributions_of(Content content, bool once) {
  if (!content.summary) return Contributions::of(std::move(content.members));
  std::vector<std::int64_t> largest;
  if (once) {
    TRY(const Contributions unweighted, Contributions::of(std::move(content.members)));
    for (const Contribution& unit : unweighted.units()) largest.push_back(unit.amount);
    largest.resize(std::min(largest.size(), kRuleUnitsMax));
    return Contributions::summary(unweighted.count(), content.sum, std::move(largest));
  }
  for (const Contribution& member : content.members) largest.push_back(member.amount);
  std::sort(largest.rbegin(), largest.rend());
  largest.resize(std::min(largest.size(), kRuleUnitsMax));
  return Contributions::summary(content.count, content.sum, std::move(largest));
}

}  // namespace

Result<FilledRecords> fill_from_records(const TextTable& rows, const RecordColumns& columns,
                                        CellTable& table) {
  RecordReader reader(rows, columns, table);
  TRY_VOID(reader.find_decimals());
  TRY_VOID(reader.find_units());
  std::vector<Content> contents(table.cells().size());
  std::map<std::vector<CodeId>, std::vector<CellId>> places;
  std::size_t total = 0;
  FilledRecords filled{{}, std::vector<bool>(contents.size(), false)};
  for (std::size_t row = 0; row < rows.rows.size(); ++row) {
    TRY(const Record record, reader.read(row));
    auto [place, fresh] = places.try_emplace(record.codes);
    if (fresh) place->second = table.cells_of(record.codes);
    total += place->second.size();
    if (total > kContributionsMax) {
      return fail(Errc::too_large, rows.file + ": records times cells are above " +
                                       std::to_string(kContributionsMax) +
                                       "; publish fewer or coarser tables");
    }
    for (const CellId cell : place->second) {
      filled.touched[cell] = true;
      add(record, columns.weigh_totals_alone, contents[cell]);
    }
  }
  for (CellId cell = 0; cell < contents.size(); ++cell) {
    auto who = contributions_of(std::move(contents[cell]), columns.weigh_totals_alone);
    if (!who) return who.error().in(rows.file + ": cell " + table.name(cell));
    table.cells()[cell].value = who->sum();
    table.cells()[cell].who = std::move(*who);
  }
  filled.units = std::move(reader).units();
  return filled;
}

}  // namespace regions
