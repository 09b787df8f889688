// Every figure of the cube before protection, computed another way: rows of CSV go into tables of
// SQLite in memory, the rules of counting (protocol/spec/definition.md) stand in SQL. Nothing of
// the record store, the mappings, the catalogue's reader or the cube takes part; the groupings are
// written out once more.
//
// One thread. A failing statement fails the test that is running and gives no cells.
#pragma once

#include <sqlite3.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "node/cube/profile.h"

namespace regions {

// A table as the oracle knows it: the words of the plan.
struct OracleMargin {
  std::string indicator;
  std::string period;           // "year", "window", "programme"
  std::vector<std::string> by;  // dimension ids
};

struct OracleCell {
  std::int64_t count = 0;  // enterprises
  std::uint32_t key = 0;   // sum of the keys of the distinct holdings, mod 2^32
  std::int64_t cents = 0;  // of an amount: sum, holdings above 0, the two largest
  std::int64_t contributors = 0;
  std::int64_t largest = 0;
  std::int64_t second = 0;
};

// By period, then the categories in the order of `by`. Cells that hold nothing are absent.
using OracleCells = std::map<std::vector<std::string>, OracleCell>;

class SqlOracle {
 public:
  // Years `first` to `last` are looked at; periods that reach beyond count what lies within.
  SqlOracle(const Territories& members, int first, int last);

  // CSV as it is imported, with columns named as in the built-in mappings; technologies separated
  // by ';', a column `state` where there is one. `own`: or a partner's.
  void cooperations(const std::string& csv, bool own);
  void organisations(const std::string& csv, bool own);
  // After the last row: derives what the margins are taken from. `secret`: the region's.
  void derive(const std::string& secret);

  OracleCells cells(const OracleMargin& margin);
  // Who stands in each cell of a count: register id and holding (its own id without one).
  std::map<std::vector<std::string>, std::set<std::pair<std::string, std::string>>> firms(
      const OracleMargin& margin);

 private:
  struct Close {
    void operator()(sqlite3* db) const { sqlite3_close(db); }
  };
  using Row = std::vector<std::string>;

  // What a margin of counts is selected from.
  struct Query {
    std::string columns, from;
    std::size_t width = 0;  // of columns: the period and the categories
    Row values;
  };
  Query counted(const OracleMargin& margin);

  void run(const std::string& sql, const Row& values = {});
  std::vector<Row> rows(const std::string& sql, const Row& values = {});
  void load_lists();
  void make_periods();
  OracleCells counts(const OracleMargin& margin);
  OracleCells amounts(const OracleMargin& margin);

  std::unique_ptr<sqlite3, Close> db_;
  const int first_, last_;
};

}  // namespace regions
