// What no table tells alone: figures of one firm that several tables, hierarchies, sums or releases
// tell together. Each was published, exactly, before it was a cell like the others.
#include <gtest/gtest.h>

#include "policies/disclosure/task/protect.h"
#include "policies/disclosure/task/report.h"
#include "tests/policies/disclosure/task/text_tables.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Derived : public ::testing::Test {
 public:
  // Four firms of the same size in a place.
  Derived& many(const std::string& place, int each) {
    for (int at = 0; at < 4; ++at) firm(place, "m" + std::to_string(++firms_), each);
    return *this;
  }
  Derived& firm(const std::string& place, const std::string& name, int amount) {
    rows_ += place + "," + name + "," + std::to_string(amount) + "\n";
    return *this;
  }

  // `more`: of the specification, behind the input.
  void protect_with(const std::string& columns, const std::string& more,
                    const std::string& value = "value = \"amount\"\n") {
    const std::string text = "format = \"regions4.disclosure/1\"\n" + top_ +
                             "[input]\nkind = \"records\"\nfile = \"f.csv\"\n" + value +
                             "contributor = \"firm\"\n" + more +
                             "[rules]\nminimum = 3\np_percent = [{ p = 10 }]\n";
    ASSERT_OK_AND(const DisclosureSpec spec, parse_disclosure_spec("s.toml", text));
    files_.tables["f.csv"] = table_of("f.csv", columns + ",firm,amount\n" + rows_);
    ASSERT_OK_AND(const BuiltTable built, build_table(spec, files_));
    ASSERT_OK_AND(const Protected made, protect(spec, built, Convention::full, ""));
    published_ = published_csv(built, made.suppression.withheld);
    report_ = report_csv(built, *made.assembly, made.suppression.withheld, made.report);
  }
  bool is_out(const std::string& code) const {
    return published_.find("\n" + code + ",NaN") == std::string::npos;
  }

  TaskFiles files_;
  std::string top_, rows_, published_, report_;
  int firms_ = 0;
};

constexpr char kByPlace[] = "[[dimension]]\ncolumn = \"r\"\n";
constexpr char kByBoth[] = "[[dimension]]\ncolumn = \"r\"\n[[dimension]]\ncolumn = \"s\"\n";

TEST_F(Derived, WhatTwoTablesLeaveOfOneTotal) {
  many("x", 100).many("y", 100).firm("z", "lone", 50);
  const std::string dimension = kByPlace;
  protect_with("r", dimension +
                        "[[table]]\nr = [\"Total\", \"x\"]\n"
                        "[[table]]\nr = [\"Total\", \"y\"]\n");
  EXPECT_FALSE(is_out("Total") && is_out("x") && is_out("y")) << published_;
}

TEST_F(Derived, WhatTwoTablesLeaveWhereTheyShareMoreThanATotal) {
  many("x,a", 100).many("y,a", 100).firm("z,a", "lone", 50).many("z,b", 100);
  const std::string dimensions = kByBoth;
  protect_with("r,s", dimensions +
                          "[[table]]\nr = [\"Total\", \"x\"]\ns = [\"Total\", \"a\"]\n"
                          "[[table]]\nr = [\"Total\", \"y\"]\ns = [\"a\"]\n");
  EXPECT_FALSE(is_out("Total,a") && is_out("x,a") && is_out("y,a")) << published_;
}

TEST_F(Derived, WhatOneCodingHoldsBesideAnother) {
  many("x", 100).many("y", 100).many("w", 100).many("q", 100).firm("z", "lone", 50);
  files_.texts["h1.hrc"] = "P\n@x\n@y\nQ\n@z\n@w\n@q\n";
  files_.texts["h2.hrc"] = "R\n@x\n@y\n@z\nV\n@w\n@q\n";
  const std::string dimension = kByPlace;
  protect_with("r", dimension +
                        "[[dimension.hierarchies]]\nfile = \"h1.hrc\"\n"
                        "[[dimension.hierarchies]]\nfile = \"h2.hrc\"\n"
                        "[[table]]\nr = [\"Total\", \"P\", \"Q\", \"R\", \"V\"]\n");
  EXPECT_FALSE(is_out("P") && is_out("R")) << published_;
  EXPECT_FALSE(is_out("Q") && is_out("V")) << published_;
  EXPECT_THAT(report_, HasSubstr("piece of Total and Q and R,50,1,hidden"));
}

TEST_F(Derived, WhatATotalHoldsBesidesCodesThatNeedNotAddUp) {
  many("x", 100).many("y", 100).firm("z", "lone", 50);
  files_.texts["h.hrc"] = "x\ny\nz\n";
  const std::string dimension = kByPlace;
  protect_with("r", dimension + "[[dimension.hierarchies]]\nfile = \"h.hrc\"\npartial = true\n");
  EXPECT_FALSE(is_out("z"));
  EXPECT_FALSE(is_out("Total") && is_out("x") && is_out("y")) << published_;
}

TEST_F(Derived, ASumOfOneFirmBelowAWithheldTotal) {
  many("N1", 30).firm("N2", "lone", 50).firm("S", "lone", 40).many("R", 300);
  files_.texts["r.hrc"] = "N\n@N1\n@N2\nS\nR\n";
  const std::string dimension = kByPlace;
  protect_with("r", dimension + "hierarchy = \"r.hrc\"\n");
  // N2 and S together are Total less R less N1, all of one firm.
  EXPECT_FALSE(is_out("N1") && is_out("R") && is_out("Total")) << published_;
}

TEST_F(Derived, ASumOfOneFirmAroundACircleOfRowsAndColumns) {
  firm("1,1", "lone", 50).firm("2,3", "lone", 40);
  many("1,2", 100).many("2,2", 100).many("3,1", 100).many("3,3", 100);
  many("1,3", 5'000).many("2,1", 5'000).many("3,2", 5'000);
  protect_with("r,s", kByBoth);
  const bool circle = is_out("1,3") && is_out("2,1") && is_out("3,2");
  EXPECT_FALSE(circle) << published_;
}

TEST_F(Derived, ASumBelowATotalThatIsNotShownAndCanBeComputed) {
  many("A,z", 100).many("B,z", 100).firm("A,x", "lone", 50).firm("B,y", "lone", 40);
  const std::string dimensions = kByBoth;
  protect_with("r,s", dimensions + "[[table]]\nr = \"leaves\"\n[[table]]\ns = \"leaves\"\n");
  const bool total = is_out("A,Total") && is_out("B,Total");
  EXPECT_FALSE(total && is_out("Total,z")) << published_;
}

TEST_F(Derived, ATotalOfAnEarlierReleaseThatIsNotShownNow) {
  many("A,x", 70).firm("A,y", "lone", 50).many("B,x", 60).many("B,y", 70);
  many("C,x", 60).many("C,y", 60);
  top_ = "priors = [\"old.csv\"]\n";
  files_.tables["old.csv"] = table_of("old.csv", "r,s,amount\n,x,760\n,y,570\n,Total,1330\n");
  const std::string dimensions = kByBoth;
  protect_with("r,s", dimensions +
                          "[[table]]\nr = [\"A\", \"B\", \"C\"]\n"
                          "s = [\"Total\", \"x\", \"y\"]\n");
  EXPECT_FALSE(is_out("A,y"));
  EXPECT_FALSE(is_out("B,y") && is_out("C,y")) << published_;
}

TEST_F(Derived, OfACountAllRemainsThatAnInsiderMustNotTellApart) {
  const auto count = [&](const std::string& place, int firms) {
    for (int at = 0; at < firms; ++at) firm(place, "m" + std::to_string(++firms_), 1);
  };
  count("A,x", 2), count("A,y", 3), count("B,x", 4), count("B,y", 2);
  const std::string dimensions = kByBoth;
  protect_with("r,s", dimensions, "");
  // With its totals out, who is in B,y knows B,x to be 5 at most, and A,x to be 1 at least.
  const bool totals = is_out("A,Total") && is_out("B,Total");
  EXPECT_FALSE(totals && is_out("Total,x") && is_out("Total,y")) << published_;
}

TEST_F(Derived, WhoReportsNothingKeepsNoTableBack) {
  firm("X", "a", 90).firm("X", "b", 0).many("Y", 60).many("Z", 60);
  protect_with("r", kByPlace);
  EXPECT_FALSE(is_out("X"));
  EXPECT_THAT(published_, Not(HasSubstr("X,90")));
}

}  // namespace
}  // namespace regions
