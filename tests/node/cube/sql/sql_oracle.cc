#include "tests/node/cube/sql/sql_oracle.h"

#include <gtest/gtest.h>

#include "protocol/base/bytes.h"
#include "protocol/crypto/sha256.h"
#include "tests/node/cube/real_data.h"
#include "tests/node/cube/sql/sql_schema.h"

namespace regions {
namespace {

// NACE as the regulation writes it, from the spellings that tests use: C10.1 and 2811 too.
std::string nace_of(std::string code) {
  if (code.size() > 1 && code[0] >= 'A') code = code.substr(1);
  if (code.size() > 2 && code[2] != '.') code.insert(2, ".");
  return code;
}

std::string filled(const std::map<std::string, std::string>& row, const std::string& column) {
  const auto found = row.find(column);
  if (found == row.end()) return "";
  return found->second == "NA" && column.find("country") == std::string::npos ? "" : found->second;
}

// Cents of an amount with at most two decimals, "" of none.
std::string cents_of(const std::string& amount) {
  if (amount.empty()) return "";
  const std::size_t point = amount.find('.');
  std::string decimals = point == std::string::npos ? "" : amount.substr(point + 1);
  decimals.resize(2, '0');
  return amount.substr(0, point) + decimals;
}

std::string expression_of(const std::string& dimension) {
  if (dimension == "technology") return "COALESCE(a.tech, '_U')";
  if (dimension == "technology_group") {
    return "CASE WHEN a.tech IS NULL THEN '_U' ELSE COALESCE((SELECT category FROM member_of "
           "WHERE grouping = 'technology' AND code = a.tech), 'other') END";
  }
  if (dimension == "actor_kind") return "COALESCE(NULLIF(a.akind, ''), '_U')";
  if (dimension == "actor_group") {
    return "COALESCE((SELECT category FROM member_of WHERE grouping = 'actor' AND code = a.akind),"
           " '_U')";
  }
  if (dimension == "size") return "COALESCE(NULLIF(d.size, ''), '_U')";
  if (dimension == "place") return "d.home";
  if (dimension == "nace_group") {
    return "CASE WHEN d.nace IN ('', 'C') THEN '_U' ELSE COALESCE((SELECT category FROM member_of "
           "WHERE grouping = 'nace' AND code = substr(d.nace, 1, 2)), 'other') END";
  }
  if (dimension == "partner_profile") {
    return "CASE q.profile WHEN 0 THEN 'other_member' WHEN 1 THEN 'elsewhere' WHEN 2 THEN '_U' "
           "ELSE 'own' END";
  }
  ADD_FAILURE() << "the oracle does not know the dimension " << dimension;
  return "''";
}

struct Filter {
  bool industry40 = false;
  std::string condition = "1";
};

Filter filter_of(const std::string& indicator) {
  const std::string sme =
      " AND d.size IN ('micro', 'small', 'medium') AND (d.nace = 'C' OR "
      "substr(d.nace, 1, 2) BETWEEN '10' AND '33')";
  const std::string interreg = " AND q.profile = 0";
  if (indicator == "ENT-COOP" || indicator == "COOP-FUND-EUR") return {};
  if (indicator == "ENT-COOP-INTERREG") return {false, "1" + interreg};
  if (indicator == "SME-COOP") return {true, "1" + sme};
  if (indicator == "SME-COOP-INTERREG") return {true, "1" + sme + interreg};
  ADD_FAILURE() << "the oracle does not know the indicator " << indicator;
  return {};
}

std::int64_t number(const std::string& text) { return std::stoll(text); }

}  // namespace

SqlOracle::SqlOracle(const Territories& members, int first, int last) : first_(first), last_(last) {
  sqlite3* db = nullptr;
  EXPECT_EQ(sqlite3_open(":memory:", &db), SQLITE_OK);
  db_.reset(db);
  EXPECT_EQ(sqlite3_exec(db, kTables, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
  for (const auto& [id, codes] : members.members) {
    for (const std::string& code : codes) {
      run("INSERT INTO member VALUES(?, ?, ? = '1')", {id, code, id == members.self ? "1" : "0"});
    }
  }
  load_lists();
  make_periods();
  run("BEGIN");
}

void SqlOracle::load_lists() {
  const std::map<std::string, std::string> said = {{"HES", "higher-education"},
                                                   {"REC", "research-organisation"},
                                                   {"PUB", "public-body"},
                                                   {"OTH", "other"},
                                                   {"PRC", "other"}};
  for (const auto& [kind, code] : said) run("INSERT INTO said VALUES(?, ?)", {kind, code});
  const std::map<std::string, std::string> groups[] = {
      {{"additive-manufacturing", "automation-robotics-additive"},
       {"advanced-manufacturing", "automation-robotics-additive"},
       {"robotics", "automation-robotics-additive"},
       {"artificial-intelligence", "data-ai"},
       {"big-data-analytics", "data-ai"},
       {"cloud-hpc", "data-ai"},
       {"digital-twin-simulation", "data-ai"},
       {"5g-communications", "iot-connectivity-security"},
       {"blockchain", "iot-connectivity-security"},
       {"cybersecurity", "iot-connectivity-security"},
       {"internet-of-things", "iot-connectivity-security"}},
      {{"business-agency", "business-support"},
       {"digital-innovation-hub", "business-support"},
       {"other", "business-support"},
       {"public-body", "business-support"},
       {"centre-of-excellence", "research-education"},
       {"higher-education", "research-education"},
       {"research-organisation", "research-education"}}};
  for (const auto& [code, group] : groups[0]) {
    run("INSERT INTO member_of VALUES('technology', ?, ?)", {code, group});
    run("INSERT INTO industry40 VALUES(?)", {code});
  }
  for (const char* code :
       {"augmented-virtual-reality", "digital-other", "micro-nano-electronics", "photonics"}) {
    run("INSERT INTO industry40 VALUES(?)", {code});
  }
  for (const auto& [code, group] : groups[1]) {
    run("INSERT INTO member_of VALUES('actor', ?, ?)", {code, group});
  }
  for (int division = 10; division <= 33; ++division) {
    const bool high = division == 21 || division == 26;
    const bool medium_high = division == 20 || (division >= 27 && division <= 30);
    const bool low = division <= 18 || division == 31 || division == 32;
    run("INSERT INTO member_of VALUES('nace', ?, ?)",
        {std::to_string(division), high          ? "high"
                                   : medium_high ? "medium-high"
                                   : low         ? "low"
                                                 : "medium-low"});
  }
}

void SqlOracle::make_periods() {
  struct Kind {
    const char* name;
    int years, one_start;
  };
  for (const auto& [name, years, one_start] :
       {Kind{"year", 1, 2000}, {"window", 3, 2000}, {"programme", 7, 2000}}) {
    for (int begin = one_start - 210; begin <= last_; begin += years) {
      const int end = begin + years - 1;
      if (end < first_) continue;
      const std::string text =
          years == 1 ? std::to_string(begin) : std::to_string(begin) + "-" + std::to_string(end);
      run("INSERT INTO period VALUES(?, ?, 0 + ?, 0 + ?, 0 + ?, 0 + ?)",
          {name, text, std::to_string(begin), std::to_string(end),
           std::to_string(std::max(begin, first_)), std::to_string(std::min(end, last_))});
    }
  }
  // To the end of a programme that begins in the last year.
  for (int year = first_ - 6; year <= last_ + 6; ++year) {
    run("INSERT INTO year VALUES(0 + ?)", {std::to_string(year)});
  }
}

void SqlOracle::cooperations(const std::string& csv, bool own) {
  for (const auto& row : rows_of(csv)) {
    const auto cell = [&](const char* column) { return filled(row, column); };
    if (cell("sme_id").empty()) continue;
    run("INSERT INTO coop VALUES(?1, 0 + ?2, ?3, ?4, ?5,"
        " COALESCE((SELECT code FROM said WHERE kind = ?6), ?6), ?7, ?8,"
        " 0 + NULLIF(substr(?9, 1, 4), ''), 0 + NULLIF(substr(?10, 1, 4), ''), ?11 = 'cancelled',"
        " 0 + NULLIF(?12, ''))",
        {cell("coop_id"), own ? "1" : "0", cell("sme_id"), cell("sme_nuts"), cell("actor_id"),
         cell("actor_kind"), cell("actor_country"), cell("actor_nuts"), cell("start"), cell("end"),
         cell("state"), cents_of(cell("amount_share_eur"))});
    std::istringstream technologies(cell("technology_derived"));
    for (std::string one; std::getline(technologies, one, ';');) {
      run("INSERT OR IGNORE INTO coop_tech VALUES(?, ?)", {cell("coop_id"), one});
    }
  }
}

void SqlOracle::organisations(const std::string& csv, bool own) {
  for (const auto& row : rows_of(csv)) {
    const auto cell = [&](const char* column) { return filled(row, column); };
    const std::string kind = cell("kind");
    run("INSERT INTO org VALUES(?1, ?2, 0 + ?3, CASE WHEN ?4 IN ('SME', 'PRC') THEN ?4 ELSE"
        " COALESCE((SELECT code FROM said WHERE kind = ?4), ?4) END, ?5, ?6, ?7, ?8, ?9)",
        {cell("org_id"), cell("valid_from"), own ? "1" : "0", kind, cell("nuts"), cell("country"),
         nace_of(cell("nace")), cell("size"), cell("holding")});
  }
}

void SqlOracle::derive(const std::string& secret) {
  for (const char* statement : kDerive) run(statement);
  for (const Row& row : rows("SELECT DISTINCT holder FROM day")) {
    // HMAC-SHA256 of the tag, a line feed, the id's length and the id; its first four bytes.
    Bytes message = "regions4/cellkey/v1\n";
    append_u32(message, static_cast<std::uint32_t>(row[0].size()));
    message += row[0];
    const std::uint32_t key = read_u32(hmac_sha256(secret, {message}).view());
    run("INSERT INTO holder_key VALUES(?, 0 + ?)", {row[0], std::to_string(key)});
  }
  run("COMMIT");
}

OracleCells SqlOracle::cells(const OracleMargin& margin) {
  return margin.indicator == "COOP-FUND-EUR" ? amounts(margin) : counts(margin);
}

SqlOracle::Query SqlOracle::counted(const OracleMargin& margin) {
  const Filter filter = filter_of(margin.indicator);
  Query query;
  query.columns = "a.text";
  for (const std::string& id : margin.by) query.columns += ", " + expression_of(id);
  query.width = margin.by.size() + 1;
  query.from =
      " FROM active a JOIN day d ON d.ent = a.ent AND d.year = a.last"
      " JOIN profile q ON q.gate = 0 + ?2 AND q.kind = a.kind AND q.text = a.text AND"
      " q.ent = a.ent LEFT JOIN holder_key k ON k.holder = d.holder"
      " WHERE a.kind = ?1 AND d.home <> 'away' AND (a.i40 OR ?2 = '0') AND " +
      filter.condition;
  query.values = {margin.period, filter.industry40 ? "1" : "0"};
  return query;
}

OracleCells SqlOracle::counts(const OracleMargin& margin) {
  const Query query = counted(margin);
  std::string numbers = "1";
  for (std::size_t i = 2; i <= query.width; ++i) numbers += ", " + std::to_string(i);
  OracleCells out;
  for (const Row& row : rows("SELECT " + query.columns + ", COUNT(DISTINCT a.ent)" + query.from +
                                 " GROUP BY " + numbers,
                             query.values)) {
    out[Row(row.begin(), row.begin() + query.width)].count = number(row[query.width]);
  }
  for (const Row& row :
       rows("SELECT DISTINCT " + query.columns + ", d.holder, k.key" + query.from, query.values)) {
    out[Row(row.begin(), row.begin() + query.width)].key +=
        static_cast<std::uint32_t>(number(row[query.width + 1]));
  }
  return out;
}

std::map<std::vector<std::string>, std::set<std::pair<std::string, std::string>>> SqlOracle::firms(
    const OracleMargin& margin) {
  const Query query = counted(margin);
  std::map<Row, std::set<std::pair<std::string, std::string>>> out;
  for (const Row& row :
       rows("SELECT DISTINCT " + query.columns + ", a.ent, d.holder" + query.from, query.values)) {
    out[Row(row.begin(), row.begin() + query.width)].insert(
        {row[query.width], row[query.width + 1]});
  }
  return out;
}

// Booked in the year of start, under what the enterprise was at that year's end; who contributes is
// the holding at the period's end, so that nobody is two contributors. Profiles are those of the
// cooperation.
OracleCells SqlOracle::amounts(const OracleMargin& margin) {
  std::string columns, numbers = "1";
  for (std::size_t i = 0; i < margin.by.size(); ++i) {
    columns += ", " + expression_of(margin.by[i]) + " AS by" + std::to_string(i);
    numbers += ", by" + std::to_string(i);
  }
  const std::string booked =
      "SELECT p.text AS text" + columns +
      ", h.holder AS owner, SUM(a.cents / a.n + (a.rank < a.cents % a.n)) AS cents"
      " FROM piece a JOIN piece q ON q.rowid = a.rowid"
      " JOIN period p ON p.kind = ?1 AND a.y0 BETWEEN p.from_year AND p.to_year"
      " JOIN day d ON d.ent = a.ent AND d.year = a.y0"
      " JOIN day h ON h.ent = a.ent AND h.year = p.last"
      " WHERE a.cents IS NOT NULL AND d.home <> 'away' GROUP BY " +
      numbers + ", owner";
  std::string outer = "text";
  for (std::size_t i = 0; i < margin.by.size(); ++i) outer += ", by" + std::to_string(i);
  const std::string ranked = "SELECT *, ROW_NUMBER() OVER (PARTITION BY " + outer +
                             " ORDER BY cents DESC) AS place FROM (" + booked + ")";
  OracleCells out;
  const std::size_t width = margin.by.size() + 1;
  for (const Row& row :
       rows("SELECT " + outer +
                ", SUM(cents), SUM(cents > 0), SUM(CASE place WHEN 1 THEN cents ELSE 0 END),"
                " SUM(CASE place WHEN 2 THEN cents ELSE 0 END) FROM (" +
                ranked + ") GROUP BY " + outer,
            {margin.period})) {
    OracleCell& cell = out[Row(row.begin(), row.begin() + width)];
    cell.cents = number(row[width]);
    cell.contributors = number(row[width + 1]);
    cell.largest = number(row[width + 2]);
    cell.second = number(row[width + 3]);
  }
  return out;
}

void SqlOracle::run(const std::string& sql, const Row& values) { rows(sql, values); }

std::vector<SqlOracle::Row> SqlOracle::rows(const std::string& sql, const Row& values) {
  sqlite3_stmt* statement = nullptr;
  EXPECT_EQ(sqlite3_prepare_v2(db_.get(), sql.c_str(), -1, &statement, nullptr), SQLITE_OK)
      << sqlite3_errmsg(db_.get()) << "\n"
      << sql;
  if (statement == nullptr) return {};
  for (std::size_t i = 0; i < values.size(); ++i) {
    sqlite3_bind_text(statement, static_cast<int>(i) + 1, values[i].data(),
                      static_cast<int>(values[i].size()), SQLITE_TRANSIENT);
  }
  std::vector<Row> out;
  int state = SQLITE_ROW;
  while ((state = sqlite3_step(statement)) == SQLITE_ROW) {
    Row row;
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
      const auto* text = sqlite3_column_text(statement, i);
      row.emplace_back(text == nullptr ? "" : reinterpret_cast<const char*>(text));
    }
    out.push_back(std::move(row));
  }
  EXPECT_EQ(state, SQLITE_DONE) << sqlite3_errmsg(db_.get()) << "\n" << sql;
  sqlite3_finalize(statement);
  return out;
}

}  // namespace regions
