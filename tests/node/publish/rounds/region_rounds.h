// Ten years of one region's amounts and headlines: its records come in year by year, every table of
// DISCLOSURE 3 goes through the cube and disclosure control at its date, some records are
// corrected, a figure is withdrawn; in the end everything that was ever decided is attacked
// together.
#pragma once

#include <map>

#include "node/cube/cube.h"
#include "policies/disclosure/amounts/amount_control.h"
#include "tests/node/records/import_support.h"
#include "tests/support/memory_store.h"

namespace regions {

// A country's or region's file of cooperations, cut into lines by their year of start.
class RowsByYear {
 public:
  // `text`: with its header. No column before the sixteenth is quoted, nor are the last four.
  explicit RowsByYear(const std::string& text);

  std::size_t size() const { return rows_; }
  // Enterprises with a cooperation between the first day of 2018 and the last of 2020.
  std::size_t baseline_enterprises() const { return baseline_.size(); }
  // What starts in that year, with the header; of `until` and all years before.
  std::string of_year(int year) const { return text(year, year); }
  std::string until(int year) const { return text(0, year); }
  // Another amount in one row of that year; "" where there is none with an amount.
  std::string corrected(int year, std::size_t which) const;
  // Another one in all of them that have one.
  std::string all_corrected(int year) const;

 private:
  std::string text(int first, int last) const;

  std::string header_;
  std::map<int, std::vector<std::string>> lines_;
  std::set<std::string> baseline_;
  std::size_t rows_ = 0;
};

// Over all tables and rounds.
struct RoundTotals {
  std::size_t tables = 0, cells = 0, withheld = 0, unsafe = 0;
  std::int64_t safe_cents = 0, published_cents = 0;
  std::size_t findings = 0;  // of the attack over all of it

  void add(const RoundTotals& more);
};

struct RegionResult {
  Tier tier = Tier::S;
  RoundTotals linked;                        // as it is released
  RoundTotals alone;                         // each table by itself, as if there were no other
  std::size_t headlines = 0, published = 0;  // of 3 or more; of them those that go out
  std::size_t forbidden = 0;                 // that would not, without the waiver
  std::vector<std::string> waived;           // "ENT-COOP 2017: actor 99, of 7 all but 1"
  std::vector<std::string> found;            // by the attack, in words
  std::size_t corrections = 0;
};

// A headline of the region that is waived, and for whom.
std::string in_words(const std::string& region, const HeadlineFinding& one);

// `members`: self is the region.
RegionResult run_rounds(const RowsByYear& rows, const Territories& members);

}  // namespace regions
