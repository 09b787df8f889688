// Bad input through regionctl: every bad row in the reject file with its line and column, every
// good row in, the summary counts both.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>

#include "tests/e2e/support/federation.h"

namespace regions {
namespace {

namespace json = boost::json;

constexpr char kHeader[] =
    "coop_id,sme_id,sme_nuts,actor_id,actor_country,start,end,technology_derived,amount_eur\n";
constexpr char kGood[] = ",PT16,a,DE,2015-01-01,2016-12-31,robotics,10.50\n";

std::string good(const std::string& id) { return id + ",f" + id + kGood; }

// The file of the issue; the line number of each row stands beside it.
std::string bad_file(std::size_t long_line) {
  return std::string(kHeader) +                                        //
         good("g1") +                                                  // 2
         "b1,f,XX99,a,DE,2015-01-01,2016-12-31,robotics,1\n" +         // 3
         "b2,f,PT16,a,DE,2019-13-40,2020-12-31,robotics,1\n" +         // 4
         "b3,f,PT16,a,DE,2015-01-01,2016-12-31,robotics,-1.00\n" +     // 5
         "b4,NA,PT16,a,DE,2015-01-01,2016-12-31,robotics,1\n" +        // 6
         "b5,f\xe9,PT16,a,DE,2015-01-01,2016-12-31,robotics,1\n" +     // 7
         "b6,\"f,PT16,a,DE,2015-01-01,2016-12-31,robotics,1\n" +       // 8: a broken quote
         good("g2") +                                                  // 9
         "g1,other,PT16,a,DE,2015-01-01,2016-12-31,robotics,1\n" +     // 10: key twice
         "g3,fg3,,a,NA,NA,2016-12-31,,\n" +                            // 11: unknowns
         "b7,f,ES13,a,DE,2015-01-01,2016-12-31,robotics,1\n" +         // 12: a peer's
         "b8,f,DE24,a,DE,2015-01-01,2016-12-31,robotics,1\n" +         // 13: nobody's
         "b9," + std::string(long_line, 'x') + kGood +                 // 14
         "b10,f,PT16,a,DE,2016-01-01,2015-12-31,robotics,1\n" +        // 15
         "b11,f,PT16,a,DE,2015-01-01,2016-12-31,robotix,1\n" +         // 16
         "b12,f,PT16\n" +                                              // 17: fields missing
         "g4,fg4,PT16,a,DE,2015-01-01,2016-12-31,robotics,\"1.5\"\n";  // 18
}

struct Expected {
  int line;
  std::string column, reason;
};

const std::vector<Expected>& expected() {
  static const std::vector<Expected> all = {{3, "sme_nuts", "no code of NUTS 2021"},
                                            {4, "start", "2019-13-40"},
                                            {5, "amount_eur", "negative"},
                                            {6, "sme_id", "names nobody"},
                                            {7, "", "UTF-8"},
                                            {8, "", "quote"},
                                            {10, "coop_id", "stood in the file"},
                                            {12, "sme_nuts", "belongs to ES13"},
                                            {13, "sme_nuts", "no member"},
                                            {14, "", "1 MiB"},
                                            {15, "end", "ends before it starts"},
                                            {16, "technology_derived", "nearest: robotics"},
                                            {17, "", "fields"}};
  return all;
}

void check_rejects(const std::filesystem::path& file) {
  const std::string text = read_text(file);
  struct stat info {};
  ASSERT_EQ(::stat(file.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
  EXPECT_LT(text.size(), 64U * 1024) << "a long record is cut";
  EXPECT_EQ(text.substr(0, text.find('\n')), "line,column,reason,record");
  std::size_t at = text.find('\n') + 1;
  for (const Expected& one : expected()) {
    const std::string start = std::to_string(one.line) + ",\"";
    ASSERT_EQ(text.substr(at, start.size()), start) << text.substr(at, 200);
    const std::string line = text.substr(at, text.find('\n', at) - at);
    if (!one.column.empty()) {
      EXPECT_EQ(line.find(start + one.column + "\","), 0U) << line;
    }
    EXPECT_NE(line.find(one.reason), std::string::npos)
        << one.reason << " in " << line.substr(0, 300);
    at += line.size() + 1;
  }
  EXPECT_EQ(at, text.size()) << text.substr(at);
}

class BadInput : public ::testing::Test {
 protected:
  BadInput() : federation_({"ES13", "PT16"}) {}
  Ran import(const std::string& csv, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"import", "cooperations", "-"});
    return federation_.ctl("PT16", more, csv);
  }
  void refused(const std::string& csv, std::vector<std::string> more,
               const std::vector<std::string>& words) const {
    const Ran ran = import(csv, std::move(more));
    EXPECT_EQ(ran.status, 2) << ran.text();
    for (const std::string& word : words) {
      EXPECT_NE(ran.err.find(word), std::string::npos) << word << "\n" << ran.text();
    }
  }
  void check(std::size_t long_line);

  RealFederation federation_;
};

void BadInput::check(std::size_t long_line) {
  const auto rejects = federation_.file("rejects.csv");
  const Ran ran = import(bad_file(long_line), {"--rejects", rejects, "--json"});
  ASSERT_EQ(ran.status, 0) << ran.text();
  const json::value summary = json::parse(ran.out);
  const auto number = [](const json::value& of, const char* key) {
    return of.at(key).to_number<int>();
  };
  EXPECT_EQ(number(summary, "read"), 17);
  EXPECT_EQ(number(summary, "added"), 4);
  EXPECT_EQ(number(summary, "rejected"), 13);
  EXPECT_EQ(number(summary, "undated"), 1);
  EXPECT_EQ(number(summary, "unknown_place"), 1);
  for (const char* column : {"start", "sme_nuts", "technology_derived", "amount_eur"}) {
    EXPECT_EQ(number(summary.at("nulls"), column), 1) << column;
  }
  EXPECT_FALSE(summary.at("nulls").as_object().contains("actor_country")) << "NA is Namibia";
  check_rejects(rejects);
  const json::value status = federation_.ask("PT16", {"status"});
  EXPECT_EQ(number(status.at("records"), "own_cooperations"), 4);

  // The same again is a no-op; other content under a known key is a new version.
  const json::value again = json::parse(import(bad_file(long_line), {"--json"}).out);
  EXPECT_EQ(number(again, "added") + number(again, "changed"), 0);
  EXPECT_EQ(number(again, "unchanged"), 4);
  const json::value other =
      json::parse(import(kHeader + std::string("g1,other") + kGood + good("g2"), {"--json"}).out);
  EXPECT_EQ(number(other, "changed"), 1);
  EXPECT_EQ(number(other, "unchanged"), 1);
}

TEST_F(BadInput, IsRejectedRowByRowOnTheHomeItself) { check(2 * 1024 * 1024); }

TEST_F(BadInput, IsRejectedRowByRowByARunningNodeThatDoesNotBufferALineOf100Megabytes) {
  federation_.start("PT16");
  check(100 * 1000 * 1000);
  const json::value status = federation_.ask("PT16", {"status"});
  EXPECT_TRUE(status.at("running").as_bool());
  const std::string memory =
      read_text("/proc/" + std::to_string(federation_.node("PT16").id()) + "/status");
  const std::size_t at = memory.find("VmHWM:");
  ASSERT_NE(at, std::string::npos);
  // Under a sanitizer (.ci/nodes) a node takes up to twice as much.
  const bool sanitized = std::getenv("ASAN_OPTIONS") != nullptr;
  EXPECT_LT(std::stol(memory.substr(at + 6)), (sanitized ? 300 : 150) * 1024) << "kB";
  EXPECT_EQ(federation_.stop("PT16"), 0);
}

TEST_F(BadInput, AFileThatCannotBeReadAsAWholeIsRefusedWithTheRemedy) {
  const std::string body = good("g1");
  refused("coop_id,sme_id,sme_nut,actor_id,start,end,technology_derived\n", {},
          {"sme_nuts", "sme_nut"});
  refused("id;firm\n1;2\n", {}, {"coop_id"});
  // No terminal obeys what stands in a file.
  refused("coop_id,sme_id,sme_nuts\x1b,actor_id,start,end,technology_derived\n", {},
          {"'sme_nuts\\x1b'"});
  refused("", {}, {"first line"});
  refused("\n" + std::string(kHeader) + body, {}, {"first line"});
  refused(std::string("\xff\xfe") + "c\0o\0", {}, {"UTF-16", "UTF-8"});
  refused(kHeader + body, {"--role", "owner"}, {"own or partner"});
  const Ran kind = federation_.ctl("PT16", {"import", "cooperation", "-"}, kHeader + body);
  EXPECT_EQ(kind.status, 2) << kind.text();
  const Ran missing = federation_.ctl("PT16", {"import", "cooperations", "no-such-file.csv"});
  EXPECT_EQ(missing.status, 1) << missing.text();
  EXPECT_NE(missing.err.find("no-such-file.csv"), std::string::npos);
  const json::value status = federation_.ask("PT16", {"status"});
  EXPECT_EQ(status.at("records").at("own_cooperations").to_number<int>(), 0);
}

TEST_F(BadInput, AMappingIsStrictAndAGoodOneReadsAnotherLayout) {
  const std::string mapping = federation_.file("mapping.toml");
  const std::string text =
      "format = \"regions4.mapping/1\"\nrecord = \"cooperation\"\ndelimiter = \";\"\n[columns]\n"
      "id = { from = \"Vorgang\" }\nenterprise = { from = \"Firma\", null = [\"NA\"] }\n"
      "enterprise_place = { from = \"NUTS\", null = [\"\"] }\nactor = { from = \"Partner\" }\n"
      "start = { from = \"Beginn\", date = \"%d.%m.%Y\" }\n"
      "end = { from = \"Ende\", date = \"%d.%m.%Y\" }\n"
      "technology = { from = \"Thema\", null = [\"\"], values = { KI = "
      "\"artificial-intelligence\" } }\n"
      "amount = { from = \"Betrag\", decimal = \",\", optional = true }\n";
  const std::string csv =
      "Vorgang;Firma;NUTS;Partner;Beginn;Ende;Thema;Betrag\n"
      "1;F;PT16;P;01.02.2015;31.12.2016;KI;1,25\n";
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string changed = text;
    changed.replace(changed.find(from), from.size(), to);
    write_text(mapping, changed);
  };
  with("[columns]", "[colums]");
  refused(csv, {"--mapping", mapping}, {"mapping.toml", "colums", "columns"});
  with("enterprise_place", "enterprise_plaze");
  refused(csv, {"--mapping", mapping}, {"enterprise_plaze", "enterprise_place"});
  with("decimal", "decimals");
  refused(csv, {"--mapping", mapping}, {"decimals", "decimal"});
  with("mapping/1", "mapping/2");
  refused(csv, {"--mapping", mapping}, {"regions4.mapping/1"});
  with("\"cooperation\"", "\"organisation\"");
  refused(csv, {"--mapping", mapping}, {"mapping.toml"});
  write_text(mapping, text);
  const Ran ran = import(csv, {"--mapping", mapping, "--json"});
  EXPECT_EQ(ran.status, 0) << ran.text();
  EXPECT_EQ(json::parse(ran.out).at("added").to_number<int>(), 1) << ran.text();
}

}  // namespace
}  // namespace regions
