// A table of noise that the operator gives: refused at the start with file and remedy unless it
// keeps what the plan promises, and the same for ever once figures went out with it.
#include "policies/disclosure/perturbation_generator.h"
#include "tests/node/api_operator/node_bench.h"

namespace regions {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

// p_int_ub, rounded down to the 18 digits of a file.
std::string fraction(std::uint64_t bound) {
  std::string digits = ".";
  std::uint64_t rest = bound % kCellKeys;
  for (int i = 0; i < 18; ++i) {
    rest *= 10;
    digits += static_cast<char>('0' + rest / kCellKeys);
    rest %= kCellKeys;
  }
  return (bound == kCellKeys ? "1" : "0") + digits;
}

std::string text_of(const std::vector<PerturbationTable::Row>& rows) {
  std::string out = "i;j;p;v;p_int_ub\n";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::uint64_t from = 0;
    for (const PerturbationTable::Entry& entry : rows[i]) {
      out += std::to_string(i) + ";" + std::to_string(static_cast<std::int64_t>(i) + entry.v) +
             ";" + fraction(entry.ub - from) + ";" + std::to_string(entry.v) + ";" +
             fraction(entry.ub) + "\n";
      from = entry.ub;
    }
  }
  return out;
}

std::vector<PerturbationTable::Row> rows_of_the_plan() {
  return generate_perturbation_table({}).value().rows();
}

// The plan's, but for one key: mean and variance are what they were for all that a plan can tell.
std::vector<PerturbationTable::Row> almost_the_same() {
  auto rows = rows_of_the_plan();
  ++rows[4][1].ub;
  return rows;
}

class NoiseFileTest : public NodeBench {
 protected:
  Error refusal(const Home& home) {
    node.reset();
    const auto opened = Node::open(home, clock, random);
    EXPECT_TRUE(opened.has_error());
    return opened ? Error() : opened.error();
  }
  void give(const Home& home, const std::string& text) {
    ASSERT_OK(write_file(home.perturbation(), text, 0600));
  }
  void import_and_release() {
    std::string rows;
    for (int i = 0; i < 12; ++i) {
      const std::string id = "e" + std::to_string(i);
      rows += "c" + id + "," + id + ",PRC,PT16,a,HES,PT,PT16,2018-03-01,2020-04-01,robotics,,\n";
    }
    EXPECT_EQ(import("cooperations", rows).status, 200u);
    EXPECT_EQ(ask("POST", "/v1/release/due").status, 200u);
  }
};

TEST_F(NoiseFileTest, ABadTableIsRefusedAtTheStartWithFileLineAndRemedy) {
  const Home home = make_home("home");
  open(home);
  found();
  const std::string file = home.perturbation().string();
  give(home, "i;j;v\n");
  EXPECT_THAT(refusal(home).text(),
              AllOf(HasSubstr(file + " line 1"), HasSubstr("begin with i;j;p;v;p_int_ub")));
  give(home, text_of(rows_of_the_plan()) + "x\n");
  EXPECT_THAT(refusal(home).text(), AllOf(HasSubstr(file + " line "), HasSubstr("invalid_input")));
  // More noise than the plan's, another variance, and a published 1.
  give(home, text_of(generate_perturbation_table({4, 2.25, 2}).value().rows()));
  EXPECT_THAT(refusal(home).text(), AllOf(HasSubstr(file), HasSubstr("noise of up to 4")));
  give(home, text_of(generate_perturbation_table({3, 2.5, 2}).value().rows()));
  EXPECT_THAT(refusal(home).text(), AllOf(HasSubstr(file), HasSubstr("variance 2.25")));
  give(home, text_of({{{0, kCellKeys}}, {{0, kCellKeys}}}));
  EXPECT_THAT(refusal(home).text(), AllOf(HasSubstr(file), HasSubstr("publishes a count of 1")));
  std::filesystem::remove(home.perturbation());
  open(home);
}

TEST_F(NoiseFileTest, TheTableThatIsGivenIsUsedAndOneThatIsEqualMayBe) {
  const Home home = make_home("home");
  give(home, text_of(almost_the_same()));
  open(home);
  found();
  EXPECT_EQ(node->plan()->noise.rows(), almost_the_same());
  import_and_release();

  const Home second = make_home("second");
  open(second);
  found();
  import_and_release();
  give(second, text_of(rows_of_the_plan()));
  open(second);
  EXPECT_EQ(node->plan()->noise.rows(), rows_of_the_plan());
}

TEST_F(NoiseFileTest, AnotherTableThanTheReleasedOneIsRefused) {
  const Home home = make_home("home");
  open(home);
  found();
  give(home, text_of(almost_the_same()));
  open(home);  // nothing went out yet
  std::filesystem::remove(home.perturbation());
  open(home);
  import_and_release();
  give(home, text_of(almost_the_same()));
  const Error error = refusal(home);
  EXPECT_EQ(error.code, Errc::mismatch);
  EXPECT_THAT(error.text(), AllOf(HasSubstr("another one than this region released with"),
                                  HasSubstr("put perturbation.csv of the home back")));
  std::filesystem::remove(home.perturbation());
  open(home);
}

}  // namespace
}  // namespace regions
