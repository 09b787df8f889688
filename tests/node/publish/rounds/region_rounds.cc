#include "tests/node/publish/rounds/region_rounds.h"

#include <algorithm>
#include <sstream>

#include "tests/node/cube/facts_of.h"
#include "tests/node/cube/sql/planned_margins.h"

namespace regions {
namespace {

constexpr int kFirstYear = 2014, kLastYear = 2027, kRounds = 10;
constexpr int kCorrectedIn[] = {2018, 2021};  // each a row of two years before
constexpr int kWithdrawnIn = 2022;
const Bytes kRegionKey(32, 'r');

std::vector<std::string> front_cells(const std::string& line, std::size_t count) {
  std::vector<std::string> cells;
  std::size_t at = 0;
  while (cells.size() < count) {
    const std::size_t end = line.find(',', at);
    cells.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return cells;
}

// Where the share of the amount stands: the third cell from behind.
std::pair<std::size_t, std::size_t> share_of(const std::string& line) {
  const std::size_t end = line.rfind(',', line.rfind(',') - 1);
  return {line.rfind(',', end - 1) + 1, end};
}

// What the built-in plan has of the amount.
std::vector<PlannedTable> tables_for(Tier tier) {
  std::vector<PlannedTable> tables;
  for (const PlannedTable& table : default_plan().tables) {
    const auto& named = table.indicators;
    const bool is_amount = std::find(named.begin(), named.end(), "COOP-FUND-EUR") != named.end();
    if (is_amount && table.is_for(tier)) tables.push_back(table);
  }
  return tables;
}

std::string in_words(const std::vector<Party>& parties) {
  static constexpr std::string_view kKinds[] = {"holding ", "actor ", "member "};
  std::string text = parties.empty() ? "anybody" : "";
  for (const Party& one : parties) {
    text += (text.empty() ? "" : ", ") + std::string(kKinds[static_cast<std::size_t>(one.kind)]) +
            one.name;
  }
  return text;
}

class Region {
 public:
  Region(const RowsByYear& rows, const Territories& members)
      : rows_(rows), members_(members), bench_(store_, territory_of(members.self, {})) {
    const std::size_t baseline = rows.baseline_enterprises();
    result_.tier = baseline < 10 ? Tier::S : baseline < 40 ? Tier::M : Tier::L;
    tables_ = tables_for(result_.tier);
    for (const PlannedTable& table : tables_) {
      Period period = Period::of(table.period, kFirstYear);
      for (; period.last_year() <= kLastYear; period = period.next()) {
        if (period.first_year() >= kFirstYear) planned_.push_back({&table, period});
      }
    }
    rules_ = parse_rule_set("default.toml", default_rule_set_toml()).value();
  }

  RegionResult run() {
    for (int round = 0; round < kRounds && !testing::Test::HasFatalFailure(); ++round) {
      const int today = kFirstYear + 1 + round;  // its first day
      import(round == 0 ? rows_.until(kFirstYear) : rows_.of_year(today - 1));
      for (const int year : kCorrectedIn) {
        if (year == today) correct(today - 2);
      }
      const Knowledge knowledge = Knowledge::read(store_, members_).value();
      headline(knowledge, today - 1);
      amounts(knowledge, today);
    }
    attack();
    return std::move(result_);
  }

 private:
  void import(const std::string& text) {
    ASSERT_OK(bench_.import(text_source(text), RecordKind::cooperation, ImportRole::own));
    ASSERT_TRUE(bench_.rejects.all.empty()) << bench_.rejected().front();
  }
  void correct(int year) {
    const std::string text = rows_.corrected(year, rows_.size() / 3);
    if (text.empty()) return;
    import(text);
    ++result_.corrections;
  }

  void headline(const Knowledge& knowledge, int year) {
    const Catalogue& catalogue = Catalogue::builtin();
    const Facts facts = facts_of(store_, members_).value();
    ASSERT_EQ(facts.read_at(), knowledge.read_at());
    const auto input = CubeBuilder::headline(facts, catalogue, year).value();
    const auto known = CubeBuilder::headline_knowledge(knowledge, catalogue, year).value();
    const auto ruled = HeadlineControl::decide(input, rules_, known);
    ASSERT_THAT(ruled, IsOk());
    if (known.ent.enterprises.size() < rules_.minimum) return;
    ++result_.headlines;
    result_.published += ruled->headlines.ent().published();
    for (const HeadlineFinding& one : ruled->waived) {
      result_.waived.push_back(in_words(members_.self, one));
    }
    RuleSet strict = rules_;
    strict.headline_waives_observer_rule = false;
    const auto without = HeadlineControl::decide(input, strict, known);
    ASSERT_THAT(without, IsOk());
    const bool withheld = without->headlines.ent().published() == 0;
    result_.forbidden += withheld;
    // Exact, or listed with those who forbid it.
    EXPECT_EQ(withheld, !ruled->waived.empty()) << members_.self << " " << year;
  }

  RawAmounts raw(const Knowledge& knowledge) const {
    const Catalogue& catalogue = Catalogue::builtin();
    std::set<std::string> ids;
    for (const PlannedTable& table : tables_) ids.insert(table.by.begin(), table.by.end());
    std::vector<const Dimension*> by;
    for (const std::string& id : ids) by.push_back(catalogue.dimension(id));
    return CubeBuilder::amounts(knowledge, catalogue, *catalogue.find("COOP-FUND-EUR"), by,
                                {kFirstYear, kLastYear})
        .value();
  }
  AmountRequest request(std::vector<AmountTable> tables, AmountHistory history,
                        const std::vector<AmountTable>& planned = {}) const {
    AmountRequest asked;
    asked.catalogue = &Catalogue::builtin();
    asked.tables = std::move(tables);
    asked.history = std::move(history);
    asked.planned = planned;
    asked.rules = rules_;
    asked.region_key = kRegionKey;
    return asked;
  }

  // Everything whose period has ended, and, once, a table that went out before and was withdrawn.
  void amounts(const Knowledge& knowledge, int today) {
    std::vector<AmountTable> due;
    for (const PlannedTable& table : tables_) {
      for (int year = kFirstYear; year < today; ++year) {
        const Period period = Period::of(table.period, year);
        const bool ends = period.last_year() == today - 1 && year == today - 1;
        if (ends && period.first_year() >= kFirstYear) due.push_back({&table, period});
      }
    }
    const std::size_t fresh = due.size();
    if (today == kWithdrawnIn && !released_.empty()) due.push_back(released_.front());
    if (due.empty()) return;
    const RawAmounts rows = raw(knowledge);
    const auto made = AmountControl::protect(rows, request(due, history_, planned_));
    ASSERT_THAT(made, IsOk()) << members_.self << " " << today;
    EXPECT_TRUE(made->disclosed.empty()) << members_.self << " " << today;
    take(*made, fresh, result_.linked, history_);
    if (released_.empty()) {
      released_.push_back(due.front());
      first_ = made->tables.front().cells();
    } else if (due.size() > fresh) {
      EXPECT_EQ(made->tables.back().cells(), first_);
    }
    for (std::size_t i = 0; i < fresh; ++i) {
      const auto alone = AmountControl::protect(rows, request({due[i]}, {}));
      ASSERT_THAT(alone, IsOk()) << members_.self << " " << today;
      take(*alone, 1, result_.alone, alone_);
    }
  }

  static void take(const ProtectedAmounts& made, std::size_t tables, RoundTotals& totals,
                   AmountHistory& history) {
    totals.tables += tables;
    totals.cells += made.decided.size();
    for (const DecidedAmount& one : made.decided) totals.withheld += !one.value;
    totals.unsafe += made.unsafe;
    totals.safe_cents += made.safe_cents;
    totals.published_cents += made.published_cents;
    history.cells.insert(history.cells.end(), made.decided.begin(), made.decided.end());
    history.intervals = made.intervals;
  }

  void attack() {
    const RawAmounts rows = raw(Knowledge::read(store_, members_).value());
    AmountHistory all = history_;
    all.intervals.clear();  // everything anew
    const auto found = AmountControl::attack(rows, request({}, std::move(all), planned_));
    ASSERT_THAT(found, IsOk()) << members_.self;
    result_.linked.findings += found->findings.size();
    for (const AmountFinding& one : found->findings) {
      std::string text = members_.self + " " + one.who + ":";
      for (const std::string& cell : one.cells) text += " [" + cell + "]";
      result_.found.push_back(text + " asked " + std::to_string(one.asked.lower) + "/" +
                              std::to_string(one.asked.upper) + " left " +
                              std::to_string(one.below) + "/" + std::to_string(one.above));
    }
    alone_.intervals.clear();
    const auto by_table = AmountControl::attack(rows, request({}, alone_));
    if (by_table) result_.alone.findings += by_table->findings.size();
  }

  const RowsByYear& rows_;
  const Territories& members_;
  MemoryStore store_;
  ImportBench bench_;
  RuleSet rules_;
  std::vector<PlannedTable> tables_;
  std::vector<AmountTable> planned_, released_;  // of the latter the first
  std::vector<SafeTable::Cell> first_;
  AmountHistory history_, alone_;
  RegionResult result_;
};

}  // namespace

std::string in_words(const std::string& region, const HeadlineFinding& one) {
  return region + " " + one.indicator + " " + one.period + ": " + in_words(one.observers) +
         ", of " + std::to_string(one.known + one.remains) + " all but " +
         std::to_string(one.remains);
}

RowsByYear::RowsByYear(const std::string& text) {
  std::istringstream lines(text);
  std::getline(lines, header_);
  header_ += "\n";
  for (std::string line; std::getline(lines, line);) {
    // coop_id 0, sme_id 3, start 10, end 11, start_year 12.
    const auto cells = front_cells(line, 13);
    if (cells[3].empty() || cells[3] == "NA") continue;  // names nobody: the import rejects it
    ++rows_;
    const std::string& year = cells[12];
    lines_[year.size() == 4 ? parse_year(year).value() : 0].push_back(line + "\n");
    if (!cells[10].empty() && cells[10] < "2021" && cells[11] >= "2018") {
      baseline_.insert(cells[3]);
    }
  }
}

std::string RowsByYear::text(int first, int last) const {
  std::string out = header_;
  for (auto at = lines_.lower_bound(first); at != lines_.end() && at->first <= last; ++at) {
    for (const std::string& line : at->second) out += line;
  }
  return out;
}

std::string RowsByYear::corrected(int year, std::size_t which) const {
  const auto at = lines_.find(year);
  if (at == lines_.end()) return "";
  for (std::size_t i = 0; i < at->second.size(); ++i) {
    std::string line = at->second[(which + i) % at->second.size()];
    const auto [begin, end] = share_of(line);
    if (begin == end) continue;
    line.insert(begin, "1");  // ten thousands more, or a hundred
    return header_ + line;
  }
  return "";
}

std::string RowsByYear::all_corrected(int year) const {
  std::string out = header_;
  const auto at = lines_.find(year);
  for (std::size_t i = 0; at != lines_.end() && i < at->second.size(); ++i) {
    std::string line = at->second[i];
    const auto [begin, end] = share_of(line);
    if (begin == end) continue;
    out += line.insert(begin, "1");
  }
  return out;
}

void RoundTotals::add(const RoundTotals& more) {
  tables += more.tables;
  cells += more.cells;
  withheld += more.withheld;
  unsafe += more.unsafe;
  safe_cents += more.safe_cents;
  published_cents += more.published_cents;
  findings += more.findings;
}

RegionResult run_rounds(const RowsByYear& rows, const Territories& members) {
  return Region(rows, members).run();
}

}  // namespace regions
