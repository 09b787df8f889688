// One node with grants to firms, and the amounts that its plan has of them.
#pragma once

#include "tests/node/publish/due_bench.h"

namespace regions {

inline const std::string kFund = "COOP-FUND-EUR";

class AmountsBench : public DueBench {
 protected:
  // `count` firms of equal grants in a year; the actor of each is another one.
  void grants(const std::string& name, int count, const std::string& year,
              const std::string& technology = "robotics", const std::string& euro = "90000.00") {
    ImportBench bench(records, territory_of(kSelf, {"DE24", "ES"}));
    std::string rows;
    for (int i = 0; i < count; ++i) {
      const std::string id = name + std::to_string(i);
      rows += "c" + year + id + "," + id + ",PRC,PT16,a" + id + ",HES,PT,PT16," + year + "-03-01," +
              year + "-12-01," + technology + "," + euro + "," + euro + "\n";
    }
    ASSERT_THAT(bench.cooperations(rows), IsOk());
    ASSERT_TRUE(bench.rejects.all.empty()) << bench.rejected().front();
  }
  // A region of tier L with something in every year, in which one firm alone got something for
  // biotechnology.
  void import_grants() {
    for (int year = 2014; year <= 2023; ++year) {
      grants("q" + std::to_string(year), 12, std::to_string(year));
      grants("s" + std::to_string(year), 9, std::to_string(year), "internet-of-things");
    }
    grants("r", 40, "2018");
    grants("b", 1, "2019", "biotechnology");
  }
  // All that is out too, where the records now say something else.
  Result<DueReport> revised(const DueChoice& choice, bool dry = false) {
    return planned()->publisher->release_due(dry, {kYearMin, kYearMax}, {}, true, "uid=1000",
                                             choice);
  }
  Result<DueReport> due(bool dry = false, const std::optional<Digest>& confirmed = {},
                        const DueChoice& choice = {kFund, "", ""}) {
    return planned()->publisher->release_due(dry, {kYearMin, kYearMax}, confirmed, false,
                                             "uid=1000", choice);
  }
  std::map<std::string, std::vector<Cell>> stated_cells() {
    std::map<std::string, std::vector<Cell>> out;
    for (const LedgerRelease& one : Ledger(records).all_releases().value()) {
      if (one.figure.indicator != kFund) continue;
      out[one.figure.period + " " + one.figure.table] = stated(one.ref).cells;
    }
    return out;
  }
  // One bit of a row of decisions.
  void damage(const Bytes& key) {
    Bytes row = records.get(Area::decisions, key).value().value();
    row.back() = static_cast<char>(row.back() ^ 1);
    Batch batch;
    batch.put(Area::decisions, key, row);
    ASSERT_OK(records.commit(batch));
  }
  static std::size_t withheld(const std::vector<Cell>& cells) {
    return static_cast<std::size_t>(
        std::count_if(cells.begin(), cells.end(), [](const Cell& cell) { return !cell.value; }));
  }
};

}  // namespace regions
