// The noise of all 22 country files is distributed as the perturbation table says.
#include <cmath>
#include <set>

#include "tests/node/cube/facts_of.h"
#include "tests/node/cube/protected.h"
#include "tests/node/cube/real_data.h"
#include "tests/node/records/import_support.h"
#include "tests/support/memory_store.h"
#include "tests/support/sanitized.h"
#include "tests/support/shared.h"

namespace regions {
namespace {

namespace fs = std::filesystem;

// A value from 0 to 20 that the key decides and nothing else.
const PerturbationTable& fingerprint() {
  static const PerturbationTable table = [] {
    PerturbationTable::Row row;
    for (std::int32_t v = 0; v <= 20; ++v) row.push_back({v, kCellKeys * (v + 1) / 21});
    return PerturbationTable::make({{{0, kCellKeys}}, row}).value();
  }();
  return table;
}

// How often each noise was seen, by count up to the table's last row.
using Seen = std::map<std::size_t, std::map<std::int64_t, double>>;

// Cells of the same firms have the same noise and are one observation. Which cells are the same is
// seen from fingerprints under other secrets, which tell nothing of the noise under this one.
void observe(const Reader& store, Seen& seen) {
  const YearSpan span{2007, 2027};
  auto margins = cell_key_margins();
  std::erase_if(margins, [](const auto& one) { return one.margin.indicator != "ENT-COOP"; });
  const auto specs = specs_of(margins);
  const auto facts = facts_of(store).value();
  const auto truth = by_cell_key(facts, specs, span, no_noise());
  const auto noisy = by_cell_key(facts, specs, span, plan_noise());
  std::vector<std::vector<SafeTable>> prints;
  for (char secret = 'a'; secret < 'g'; ++secret) {
    const auto other = Facts::load(store, Territories(), Bytes(32, secret)).value();
    prints.push_back(by_cell_key(other, specs, span, fingerprint()));
  }
  std::set<std::vector<std::int64_t>> known;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    for (std::size_t c = 0; c < truth[i].cells().size(); ++c) {
      const std::int64_t count = *truth[i].cells()[c].value;
      if (count <= 2) continue;
      std::vector<std::int64_t> print{count};
      for (const auto& tables : prints) print.push_back(*tables[i].cells()[c].value);
      if (!known.insert(print).second) continue;
      const auto row = std::min<std::size_t>(count, plan_noise().rows().size() - 1);
      seen[row][*noisy[i].cells()[c].value - count] += 1;
    }
  }
}

// The value that chi-square with `df` degrees of freedom exceeds once in 1,000 times
// (Wilson and Hilferty 1931).
double chi_square_999(double df) {
  const double z = 3.0902, a = 2.0 / (9.0 * df);
  return df * std::pow(1 - a + z * std::sqrt(a), 3);
}

TEST(Noise, OfAllCountriesFitsTheTable) {
  NEEDS_SHARED("data/countries");
  Seen seen;
  std::size_t files = 0;
  std::set<fs::path> all;
  for (const auto& entry : fs::directory_iterator(shared_dir() / "data/countries")) {
    if (entry.path().filename().string().starts_with("cooperations_")) all.insert(entry.path());
  }
  EXPECT_EQ(all.size(), 22u);
  for (const fs::path& path : all) {
    const std::string file = path.filename().string();
    if (files++ % (kSanitized ? 4 : 1) != 0) continue;
    MemoryStore store;
    ImportBench bench(store, territory_of(file.substr(13, 2), {}));
    ASSERT_OK(bench.import(text_source(text_of(path)), RecordKind::cooperation, ImportRole::own));
    observe(store, seen);
  }
  double statistic = 0, freedom = 0, cells = 0;
  for (auto& [row, noises] : seen) {
    double total = 0;
    for (const auto& [v, times] : noises) total += times;
    std::uint64_t from = 0;
    for (const auto& [v, ub] : plan_noise().rows()[row]) {
      const double expected = total * static_cast<double>(ub - from) / kCellKeys;
      from = ub;
      statistic += std::pow(noises[v] - expected, 2) / expected;
      EXPECT_GT(expected, kSanitized ? 0 : 1) << "too few cells of row " << row;
      noises.erase(v);
    }
    EXPECT_TRUE(noises.empty()) << "a noise that row " << row << " does not have";
    freedom += static_cast<double>(plan_noise().rows()[row].size()) - 1;
    cells += total;
  }
  std::printf("chi-square %.1f, %.0f degrees of freedom, %.0f cells, limit %.1f\n", statistic,
              freedom, cells, chi_square_999(freedom));
  EXPECT_GT(cells, kSanitized ? 100 : 1000);
  EXPECT_LT(statistic, chi_square_999(freedom));
}

}  // namespace
}  // namespace regions
