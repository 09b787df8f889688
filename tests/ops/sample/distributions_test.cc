// The transcribed tables are the measured ones.
#include "ops/sample/distributions.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>

#include "tests/support/shared.h"

namespace regions::sample {
namespace {

constexpr char kFile[] = "data/generator/distributions.json";

const boost::json::object& measured() {
  static const boost::json::value all = [] {
    std::ifstream in(shared_dir() / kFile);
    return boost::json::parse(std::string(std::istreambuf_iterator<char>(in), {}));
  }();
  return all.as_object();
}

std::string key_of(std::string_view value) { return std::string(value.empty() ? "(none)" : value); }
std::string key_of(int value) { return std::to_string(value); }

template <class T>
void expect_measured(std::span<const Weighted<T>> table, const char* name) {
  const auto& expected = measured().at(name).as_object();
  for (const auto& [value, weight] : table) {
    std::string key = key_of(value);
    if (std::string_view(name) == "start_month" && key.size() == 1) key.insert(0, "0");
    const auto* found = expected.if_contains(key);
    if (found == nullptr) found = expected.if_contains("rest");
    ASSERT_NE(found, nullptr) << name << ' ' << key;
    EXPECT_DOUBLE_EQ(found->to_number<double>(), weight) << name << ' ' << key;
  }
}

TEST(Distributions, TablesEqualTheMeasuredOnes) {
  NEEDS_SHARED(kFile);
  expect_measured(firms_per_project(), "firms_per_project");
  expect_measured(actors_per_project(), "actors_per_project");
  expect_measured(actor_kinds(), "actor_kind");
  expect_measured(firm_countries(), "firm_country");
  expect_measured(project_technologies(), "technology_projects");
  expect_measured(start_years(), "start_year");
  expect_measured(start_months(), "start_month");
  expect_measured(duration_months(), "duration_months");
}

TEST(Distributions, AmountsMeetTheMeasuredQuantiles) {
  NEEDS_SHARED(kFile);
  const auto& expected = measured().at("firm_amount_eur").as_object();
  const std::pair<const char*, double> kQuantiles[] = {
      {"p1", .01},  {"p5", .05},  {"p10", .10}, {"p25", .25}, {"p50", .50},
      {"p75", .75}, {"p90", .90}, {"p95", .95}, {"p99", .99}, {"p99.9", .999}};
  for (const auto& [name, u] : kQuantiles) {
    EXPECT_NEAR(amount_eur(u) / expected.at(name).to_number<double>(), 1, 1e-9) << name;
  }
}

TEST(Distributions, PickCoversTheTableByWeight) {
  constexpr Weighted<int> kTable[] = {{1, 1}, {2, 0}, {3, 3}};
  EXPECT_EQ(pick<int>(kTable, 0), 1);
  EXPECT_EQ(pick<int>(kTable, 0.2499), 1);
  EXPECT_EQ(pick<int>(kTable, 0.25), 3);
  EXPECT_EQ(pick<int>(kTable, 0.9999999), 3);
}

TEST(Draw, IsUniformAndDependsOnEverything) {
  const Draw draw(1);
  double sum = 0;
  for (std::uint64_t i = 0; i < 10'000; ++i) sum += draw.uniform(Stream::dirt, i);
  EXPECT_NEAR(sum / 10'000, 0.5, 0.02);
  const double u = draw.uniform(Stream::dirt, 1, 2);
  EXPECT_NE(u, draw.uniform(Stream::dirt, 2, 1));
  EXPECT_NE(u, draw.uniform(Stream::name, 1, 2));
  EXPECT_NE(u, Draw(2).uniform(Stream::dirt, 1, 2));
}

}  // namespace
}  // namespace regions::sample
