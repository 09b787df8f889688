// Record keys, cell keys and what a cell is published as.
#include "policies/disclosure/cell_key.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <fstream>
#include <map>
#include <numeric>
#include <set>

#include "policies/disclosure/perturbation_generator.h"
#include "protocol/crypto/sha256.h"
#include "tests/policies/disclosure/key_reading.h"
#include "tests/support/result_matchers.h"
#include "tests/support/seeded_random.h"
#include "tests/support/shared.h"

namespace regions {
namespace {

using Ids = std::vector<std::string>;

const Bytes kSecret(32, 's');

PerturbationTable start_table() { return generate_perturbation_table({}).value(); }

CellKey cell_of(const Ids& holdings, const Bytes& secret = kSecret) {
  CellKey key;
  for (const std::string& id : holdings) key.add(record_key(secret, id));
  return key;
}

Ids random_ids(SeededRandom& random, std::size_t count) {
  Ids ids;
  for (std::size_t k = 0; k < count; ++k) ids.push_back(to_hex(random.bytes(8)));
  return ids;
}

TEST(CellKeyDeathTest, KeyThatCannotBelongToTheCountEndsTheProcess) {
  const PerturbationTable table = start_table();
  EXPECT_DEATH(perturb(table, 1, CellKey()), "CHECK failed");
  EXPECT_DEATH(perturb(table, 0, cell_of({"A"})), "CHECK failed");
  EXPECT_DEATH(perturb(table, 1, cell_of({"A", "B"})), "CHECK failed");
  EXPECT_DEATH(perturb(table, -1, CellKey()), "CHECK failed");
  EXPECT_DEATH(record_key(kSecret, ""), "CHECK failed");
  EXPECT_DEATH(record_key("short", "A"), "CHECK failed");
}

TEST(RecordKey, IsTheBeginningOfTheHmacOfTheTaggedId) {
  const Bytes message = "regions4/cellkey/v1\n" + Bytes("\0\0\0\5", 4) + "ABC-1";
  const Digest mac = hmac_sha256(kSecret, {message});
  EXPECT_EQ(key_read(cell_of({"ABC-1"})), read_u32(mac.view()));
}

TEST(RecordKey, DiffersWithIdAndSecret) {
  std::set<std::uint32_t> keys;
  for (const char* id : {"A", "B", "AB", "a", "A "}) {
    keys.insert(key_read(cell_of({id})));
    keys.insert(key_read(cell_of({id}, Bytes(32, 't'))));
  }
  EXPECT_EQ(keys.size(), 10u);
}

TEST(CellKey, IsTheSumOfItsHoldingsKeysModulo32Bits) {
  SeededRandom random(20261122);
  int wrapped = 0;
  for (std::size_t size = 1; size <= 40; ++size) {
    const Ids ids = random_ids(random, size);
    std::uint64_t sum = 0;
    for (const std::string& id : ids) sum += key_read(cell_of({id}));
    EXPECT_EQ(key_read(cell_of(ids)), sum % kCellKeys) << size;
    wrapped += sum >= kCellKeys;
  }
  EXPECT_GT(wrapped, 20);
}

TEST(CellKey, SameFirmsInAnyOrderGiveTheSameValue) {
  SeededRandom random(7);
  const PerturbationTable table = start_table();
  for (std::int64_t count = 1; count <= 30; ++count) {
    Ids ids = random_ids(random, static_cast<std::size_t>(count));
    const std::int64_t value = perturb(table, count, cell_of(ids));
    for (int turn = 0; turn < 5; ++turn) {
      const Bytes dice = random.bytes(ids.size());
      for (std::size_t k = ids.size(); k > 1; --k) {
        std::swap(ids[k - 1], ids[static_cast<unsigned char>(dice[k - 1]) % k]);
      }
      EXPECT_EQ(perturb(table, count, cell_of(ids)), value);
    }
  }
}

TEST(CellKey, OneFirmMoreIsAnotherNoise) {
  SeededRandom random(11);
  const PerturbationTable table = start_table();
  const Ids ids = random_ids(random, 400);
  std::set<std::int64_t> differences;
  CellKey key;
  for (std::int64_t count = 1; count <= 400; ++count) {
    const std::int64_t before = count > 1 ? perturb(table, count - 1, key) : 0;
    key.add(record_key(kSecret, ids[static_cast<std::size_t>(count - 1)]));
    differences.insert(perturb(table, count, key) - before);
  }
  EXPECT_EQ(differences.count(1), 1u);
  EXPECT_GE(differences.size(), 10u) << "from -5 to 7 all but the rarest";
}

TEST(Perturb, NothingStaysNothingAndNoCellIsOneOrTwo) {
  SeededRandom random(3);
  const PerturbationTable table = start_table();
  EXPECT_EQ(perturb(table, 0, CellKey()), 0);
  for (std::int64_t count = 1; count <= 12; ++count) {
    for (int turn = 0; turn < 2000; ++turn) {
      const std::int64_t value = perturb(table, count, cell_of(random_ids(random, 1)));
      EXPECT_TRUE(value == 0 || value >= 3) << value;
      EXPECT_LE(std::abs(value - count), 3);
    }
  }
}

TEST(Perturb, CountsEnterprisesThoughTheKeyIsOfHoldings) {
  const PerturbationTable table = start_table();
  const CellKey key = cell_of({"holding"});  // of seven enterprises
  EXPECT_EQ(perturb(table, 7, key), 7 + table.noise(7, key_read(key)));
}

// Pearson's chi-square of the noise of many cells against the table. With probability
// 1 - 10^-6 it stays below the limit of its degrees of freedom if keys are uniform; the seed is
// fixed.
TEST(Perturb, NoiseOfManyRandomCellsFollowsTheTable) {
  constexpr int kCells = 20'000;
  const std::map<std::size_t, double> limit{{1, 23.9}, {2, 27.6}, {3, 30.7},
                                            {4, 33.4}, {5, 35.9}, {6, 38.3}};
  SeededRandom random(20261123);
  const PerturbationTable table = start_table();
  for (std::int64_t count = 1; count <= 7; ++count) {
    for (const std::size_t holdings : {std::size_t{1}, static_cast<std::size_t>(count)}) {
      std::map<std::int64_t, double> seen;
      for (int cell = 0; cell < kCells; ++cell) {
        ++seen[perturb(table, count, cell_of(random_ids(random, holdings))) - count];
      }
      const auto& row = table.rows()[static_cast<std::size_t>(std::min<std::int64_t>(count, 6))];
      double chi_square = 0;
      std::uint64_t begin = 0;
      for (const auto& [v, ub] : row) {
        const double expected = kCells * static_cast<double>(ub - begin) / kCellKeys;
        chi_square += (seen[v] - expected) * (seen[v] - expected) / expected;
        begin = ub;
      }
      EXPECT_EQ(seen.size(), row.size());
      EXPECT_LT(chi_square, limit.at(row.size() - 1)) << count << ' ' << holdings;
    }
  }
}

// All keys, one by one, would be 2^32 lookups; noise changes at bounds only, so first and last key
// of every entry, and the widths between, say what all keys give.
TEST(Perturb, FrequenciesOverAllKeysAreTheWidthsOfTheTable) {
  const PerturbationTable table = start_table();
  for (std::size_t i = 1; i < table.rows().size(); ++i) {
    const auto count = static_cast<std::int64_t>(i);
    std::uint64_t begin = 0;
    std::int64_t sum = 0;
    for (const auto& [v, ub] : table.rows()[i]) {
      EXPECT_EQ(table.noise(count, static_cast<std::uint32_t>(begin)), v);
      EXPECT_EQ(table.noise(count, static_cast<std::uint32_t>(ub - 1)), v);
      sum += (count + v) * static_cast<std::int64_t>(ub - begin);
      begin = ub;
    }
    EXPECT_EQ(begin, kCellKeys);
    EXPECT_EQ(sum, count * static_cast<std::int64_t>(kCellKeys)) << "unbiased over all keys";
  }
}

// The handbook's example of a count. Its convention is lb < key <= ub, ours key < ub: they differ
// at a bound alone, and there the bound is the first key of the next entry.
TEST(Perturb, HandbookExampleGivesItsPrintedResult) {
  constexpr const char* kExamples = "cases/sdc/handbook/worked_examples.json";
  NEEDS_SHARED(kExamples);
  std::ifstream file(shared_dir() / kExamples);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto example = boost::json::parse(text).at("cell_key");
  const auto key_of = [](double fraction) {
    return static_cast<std::uint64_t>(std::ceil(fraction * 0x1p32));
  };
  std::vector<PerturbationTable::Row> rows;
  for (const auto& line : example.at("ptable").as_array()) {
    const std::size_t i = line.at(0).to_number<std::size_t>();
    rows.resize(std::max(rows.size(), i + 1));
    rows[i].push_back(
        {line.at(3).to_number<std::int32_t>(), key_of(line.at(5).to_number<double>())});
  }
  ASSERT_OK_AND(const auto table, PerturbationTable::make(rows));
  std::uint32_t sum = 0;
  for (const auto& key : example.at("record_keys").as_array()) {
    sum += static_cast<std::uint32_t>(key_of(key.to_number<double>()));
  }
  EXPECT_NEAR(sum * 0x1p-32, example.at("cell_key").to_number<double>(), 0x1p-30);
  const std::int64_t count = example.at("count").to_number<std::int64_t>();
  EXPECT_EQ(table.noise(count, sum), example.at("noise").to_number<std::int32_t>());
  EXPECT_EQ(count + table.noise(count, sum), example.at("perturbed").to_number<std::int64_t>());
  // Its row 2 changes at 0.8, where the handbook still has no noise.
  const auto bound = static_cast<std::uint32_t>(key_of(0.8));
  EXPECT_EQ(table.noise(2, bound - 1), 0);
  EXPECT_EQ(table.noise(2, bound), 1);
}

}  // namespace
}  // namespace regions
