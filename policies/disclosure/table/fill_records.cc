#include "policies/disclosure/table/fill_records.h"

#include <algorithm>
#include <set>

#include "policies/disclosure/rules/wide.h"
#include "policies/disclosure/table/limits.h"
#include "policies/disclosure/table/value.h"

namespace regions {
namespace {

// Weights are whole numbers of this part.
constexpr std::int64_t kWeightOne = 1'000'000'000;
static_assert(kValueDecimalsMax == 9);

struct Member {
  Contribution who;                  // the amount once
  std::int64_t weight = kWeightOne;  // records that it stands for
  bool named = false;                // the input says who it is
  // Rounded record by record, so that totals are the sums of their parts.
  Wide total() const { return (Wide{who.amount} * weight + kWeightOne / 2) / kWeightOne; }
};

struct Record : Member {
  std::vector<CodeId> codes;
  bool counted = false;  // a group: nothing is known of its members
};

class RecordReader {
 public:
  RecordReader(const TextTable& rows, const RecordColumns& columns, CellTable& table)
      : rows_(rows), columns_(columns), table_(table) {}

  Result<void> find_decimals() {
    if (!columns_.value) return {};
    DecimalsOfTable decimals;
    for (std::size_t row = 0; row < rows_.rows.size(); ++row) {
      TRY(const DecimalText value, number(row, *columns_.value));
      TRY(const std::int64_t weight, weight_of(row));
      decimals.add(value, weight / kWeightOne + 1);
    }
    table_.decimals = decimals.decimals();
    return {};
  }

  // Units are numbered by name, so that the order of rows changes nothing.
  Result<void> find_units() {
    for (std::size_t row = 0; row < rows_.rows.size(); ++row) {
      TRY(std::string name, unit_of(row));
      TRY_VOID(check_holding(row));
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
    record.who.amount = 1;
    if (columns_.value) {
      TRY(record.who.amount, amount(row));
    }
    TRY(record.weight, weight_of(row));
    record.counted = columns_.count.has_value();
    if (record.total() > Contributions::kAmountMax) {
      return rows_.error(row, *columns_.weight, "the weighted amount is above 2^52 units",
                         "round the amounts");
    }
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

  // In two holdings, or in one and in none, a contributor would count as two.
  Result<void> check_holding(std::size_t row) {
    if (!columns_.holding || !columns_.unit) return {};
    const std::string& unit = rows_.rows[row][*columns_.unit];
    const std::string& holding = rows_.rows[row][*columns_.holding];
    if (unit.empty()) return {};
    const std::size_t first = first_row_.emplace(unit, row).first->second;
    const std::string& before = rows_.rows[first][*columns_.holding];
    if (holding == before) return {};
    return rows_.error(row, *columns_.holding,
                       "'" + unit + "' is in " + (holding.empty() ? "none" : "'" + holding + "'") +
                           ", and in " + (before.empty() ? "none" : "'" + before + "'") +
                           " in line " + std::to_string(rows_.lines[first]),
                       "name one holding in every line of a contributor, or in none");
  }

  Result<void> read_unit(std::size_t row, Record& record) const {
    TRY(const std::string unit, unit_of(row));
    record.who.unit = ids_.at(unit);
    record.named =
        columns_.unit || (columns_.holding && !rows_.rows[row][*columns_.holding].empty());
    TRY(record.who.requested, is_yes(row, columns_.requested));
    TRY(record.who.waived, is_yes(row, columns_.waived));
    return {};
  }

  // A word that is not known might be a wish for protection.
  Result<bool> is_yes(std::size_t row, const std::optional<std::size_t>& column) const {
    if (!column) return false;
    std::string text = rows_.rows[row][*column];
    for (char& c : text) c = (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : c;
    const auto among = [&](std::initializer_list<std::string_view> words) {
      return std::find(words.begin(), words.end(), text) != words.end();
    };
    if (among({"1", "true", "yes", "t"})) return true;
    if (among({"", "0", "false", "no", "f"})) return false;
    return rows_.error(row, *column, "'" + rows_.rows[row][*column] + "' is neither yes nor no",
                       "write 1, true, yes or T, and 0, false, no, F or nothing");
  }

  Result<std::int64_t> amount(std::size_t row) const {
    TRY(const DecimalText value, number(row, *columns_.value));
    auto scaled = rescale(value, table_.decimals);
    if (!scaled) return wrong(row, *columns_.value, scaled.error());
    if (*scaled < 0) {
      return rows_.error(row, *columns_.value, "a negative amount",
                         "no rule holds for it; leave it out or use another variable");
    }
    return scaled;
  }

  // How many records the row stands for. Of amounts that need not be whole.
  Result<std::int64_t> weight_of(std::size_t row) const {
    const auto& column = columns_.count ? columns_.count : columns_.weight;
    if (!column) return kWeightOne;
    TRY(const DecimalText copies, number(row, *column));
    if (copies.decimals > 0 && !columns_.value) {
      return rows_.error(row, *column, "no whole number", "counts have whole weights; round it");
    }
    // Beyond 2^52, where amounts end: a part of 10^-9 of the largest is still a whole number.
    std::int64_t part = kWeightOne;
    for (unsigned decimals = copies.decimals; decimals > 0; --decimals) part /= 10;
    if (copies.digits < 0 || copies.digits > INT32_MAX * (kWeightOne / part)) {
      return rows_.error(row, *column, "no number of records", "write one from 0 to 2147483647");
    }
    return copies.digits * part;
  }

  const TextTable& rows_;
  const RecordColumns& columns_;
  CellTable& table_;
  std::map<std::string, std::size_t> ids_;
  std::map<std::string, std::size_t> first_row_;  // of a contributor
  std::vector<std::string> names_;
};

// What stands in one cell so far.
struct Content {
  std::vector<Member> members;
  std::int64_t count = 0, sum = 0;  // of counted groups and weighted records
  bool counted = false, weighted = false;
};

void add(const Record& record, Content& content) {
  // One above the bound is refused below.
  content.sum = std::min(content.sum + static_cast<std::int64_t>(record.total()),
                         Contributions::kAmountMax + 1);
  content.counted = content.counted || record.counted;
  content.weighted = content.weighted || record.weight != kWeightOne;
  if (record.counted) {
    content.count += record.weight / kWeightOne;
  } else if (record.weight > 0) {  // else it stands for nobody
    content.members.push_back(record);
  }
}

// A weighted record stands for so many alike (handbook 4.2.1): lined up by amount, every stretch of
// weight 1 is one of the largest contributions that a rule looks at.
std::vector<std::int64_t> largest_alike(std::vector<Member> members) {
  std::sort(members.begin(), members.end(),
            [](const auto& a, const auto& b) { return a.who.amount > b.who.amount; });
  std::vector<std::int64_t> largest;
  std::size_t at = 0;
  while (at < members.size() && largest.size() < kRuleUnitsMax) {
    Wide amount = 0;
    for (std::int64_t room = kWeightOne; room > 0 && at < members.size();) {
      const std::int64_t taken = std::min(room, members[at].weight);
      amount += Wide{members[at].who.amount} * taken;
      room -= taken;
      members[at].weight -= taken;
      if (members[at].weight == 0) ++at;
    }
    largest.push_back(static_cast<std::int64_t>(amount / kWeightOne));
  }
  return largest;
}

// Rounded weighted amounts, and weights below 1, leave less than the largest come to.
void limit(std::vector<std::int64_t>& largest, std::int64_t sum) {
  for (std::int64_t& amount : largest) {
    amount = std::min(amount, sum);
    sum -= amount;
  }
}

// The total alone is weighted: the rules look at every record once.
Result<Contributions> weighed_once(const Content& content) {
  std::vector<Contribution> members;
  for (const Member& member : content.members) members.push_back(member.who);
  TRY(const Contributions units, Contributions::of(std::move(members)));
  std::vector<std::int64_t> largest;
  for (std::size_t n = 0; n < std::min(units.units().size(), kRuleUnitsMax); ++n) {
    largest.push_back(units.largest(n));
  }
  limit(largest, content.sum);
  return Contributions::summary(units.count(), content.sum, std::move(largest));
}

// Whoever is named is one contributor with all that its records stand for, whatever their weights;
// so is everybody where one asks for protection or waives it. All others stand for so many alike.
Result<Contributions> weighed_records(const Content& content) {
  const bool asked =
      std::any_of(content.members.begin(), content.members.end(),
                  [](const Member& member) { return member.who.requested || member.who.waived; });
  std::vector<Contribution> single;
  std::vector<Member> alike;
  for (const Member& member : content.members) {
    if (member.named || asked || member.weight == kWeightOne) {
      single.push_back(member.who);
      single.back().amount = static_cast<std::int64_t>(member.total());
    } else {
      alike.push_back(member);
    }
  }
  TRY(Contributions units, Contributions::of(std::move(single)));
  if (alike.empty()) return units;
  const auto count = units.count() + static_cast<std::int64_t>(alike.size());
  for (const Contribution& unit : units.units()) {
    alike.emplace_back();
    alike.back().who = unit;
  }
  std::vector<std::int64_t> largest = largest_alike(std::move(alike));
  limit(largest, content.sum);
  return Contributions::summary(count, content.sum, std::move(largest));
}

Result<Contributions> contributions_of(Content content, bool once) {
  if (content.counted) return Contributions::summary(content.count, content.sum, {});
  return once && content.weighted ? weighed_once(content) : weighed_records(content);
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
      add(record, contents[cell]);
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
