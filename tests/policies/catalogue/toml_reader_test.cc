#include "policies/catalogue/toml_reader.h"

#include <gtest/gtest.h>

#include "tests/support/result_matchers.h"

namespace regions {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TomlTable parsed(std::string_view text) {
  auto table = TomlTable::parse("f.toml", text);
  EXPECT_TRUE(table.has_value()) << table.error().text();
  return *table;
}

template <class T>
std::string reason(const Result<T>& result) {
  EXPECT_THAT(result, IsErr(Errc::invalid_input));
  return result.has_value() ? "" : result.error().context;
}

TEST(TomlReader, SyntaxErrorNamesFileAndLine) {
  EXPECT_THAT(reason(TomlTable::parse("f.toml", "a = 1\nb = \n")), HasSubstr("f.toml line 2"));
  EXPECT_THAT(reason(TomlTable::parse("f.toml", "a = 1\na = 2\n")), HasSubstr("f.toml line 2"));
  EXPECT_THAT(reason(TomlTable::parse("f.toml", "a = \"\xff\"\n")), HasSubstr("f.toml line 1"));
}

TEST(TomlReader, ManyDotsOrDeepNestingAreRefusedNotFollowed) {
  std::string dots = "a";
  for (int i = 0; i < 300'000; ++i) dots += ".a";
  EXPECT_THAT(reason(TomlTable::parse("f.toml", "x = 1\n" + dots + " = 1\n")),
              HasSubstr("f.toml line 2: nested too deeply"));
  std::string some = "a";
  for (int i = 0; i < 50; ++i) some += ".a";
  EXPECT_THAT(reason(TomlTable::parse("f.toml", some + " = 1\n")), HasSubstr("nested too deeply"));
  EXPECT_THAT(reason(TomlTable::parse("f.toml", "x = " + std::string(100'000, '['))),
              HasSubstr("f.toml line 1"));
}

TEST(TomlReader, FileOfMoreThanAMebibyteIsRefused) {
  EXPECT_THAT(reason(TomlTable::parse("f.toml", std::string(kTomlBytesMax + 1, '\n'))),
              HasSubstr("longer than 1 MiB"));
}

TEST(TomlReader, MissingKeyNamesKeyAndShowsHowToAddIt) {
  const TomlTable top = parsed("[a]\nb = 1\n");
  EXPECT_EQ(reason(top.string("name")), "f.toml line 1: name: missing; add name = \"text\"");
  ASSERT_OK_AND(const TomlTable a, top.table("a"));
  EXPECT_EQ(reason(a.boolean("on")), "f.toml line 1: a.on: missing; add on = true");
}

TEST(TomlReader, WrongTypeNamesLineKeyAndRemedy) {
  const TomlTable top = parsed("a = 1\nb = \"x\"\nc = [1]\nd = 1.5\n[e]\nf = 1979-05-27\n");
  EXPECT_EQ(reason(top.string("a")), "f.toml line 1: a: a text expected; write a = \"text\"");
  EXPECT_THAT(reason(top.integer("b", 0, 9)), HasSubstr("line 2: b: a whole number expected"));
  EXPECT_THAT(reason(top.strings("c")), HasSubstr("line 3: c[0]: a text expected"));
  EXPECT_EQ(reason(top.integer("d", 2, 9)),
            "f.toml line 4: d: a whole number expected; write one from 2 to 9");
  EXPECT_THAT(reason(top.table("a")), HasSubstr("a: a table expected"));
  EXPECT_THAT(reason(top.tables("c")), HasSubstr("c[0]: a table expected; write [[c]]"));
  EXPECT_THAT(reason(top.tables("e")), HasSubstr("e: several tables expected; write [[e]]"));
  EXPECT_THAT(reason(top.tables("g")), HasSubstr("g: missing; write [[g]] above the keys"));
  EXPECT_THAT(reason(top.table("e")->string("f")), HasSubstr("line 6: e.f: a text expected"));
  EXPECT_THAT(reason(top.string_or("a", "z")), HasSubstr("a text expected"));
}

TEST(TomlReader, ATableInBracesOverSeveralLinesIsToldHowToBeWritten) {
  const auto read = TomlTable::parse("f.toml", "table = [{\n  id = \"a\",\n}]\n");
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().context, HasSubstr("f.toml line 1: not TOML"));
  EXPECT_THAT(read.error().context, HasSubstr("stands on one line; write [name], or [[name]]"));
  EXPECT_THAT(TomlTable::parse("f.toml", "a = \n").error().context,
              HasSubstr("; correct this line"));
}

TEST(TomlReader, IntegerOutOfRangeIsRefused) {
  const TomlTable top = parsed("n = 10\n");
  EXPECT_THAT(reason(top.integer("n", 1, 9)), HasSubstr("write a number from 1 to 9"));
  EXPECT_THAT(reason(top.integer_or("n", 11, 12, 11)), HasSubstr("10 is out of range"));
}

TEST(TomlReader, DecimalOutOfRangeOrTooFineIsRefused) {
  const TomlTable top = parsed("a = 2.255\nb = 10\nc = nan\nd = inf\ne = \"2\"\nf = -0.01\n");
  EXPECT_EQ(reason(top.decimal("a", 2, 0, 900)),
            "f.toml line 1: a: more than 2 decimals; round it");
  for (const char* key : {"b", "c", "d", "f"}) {
    EXPECT_THAT(reason(top.decimal(key, 2, 5, 900)), HasSubstr("write a number from 0.05 to 9.00"));
  }
  EXPECT_THAT(reason(top.decimal("e", 2, 0, 900)), HasSubstr("a number expected; write e = 1.25"));
  EXPECT_THAT(reason(top.decimal("z", 2, 0, 900)), HasSubstr("z: missing; add z = 1.25"));
}

TEST(TomlReader, DecimalIsAWholeNumberOfItsLastPlace) {
  const TomlTable top = parsed("a = 2.25\nb = 2\nc = 0.07\nd = 1.1\n");
  EXPECT_EQ(*top.decimal("a", 2, 0, 900), 225);
  EXPECT_EQ(*top.decimal("b", 2, 0, 900), 200);
  EXPECT_EQ(*top.decimal("c", 2, 0, 900), 7);
  EXPECT_EQ(*top.decimal("d", 1, 0, 900), 11);
  EXPECT_EQ(*top.decimal("b", 0, 0, 900), 2);
}

TEST(TomlReader, UnknownKeyIsRefusedWithTheNearestKnownOne) {
  const TomlTable top = parsed("listen = \"x\"\nlog_levle = \"info\"\n");
  EXPECT_EQ(reason(top.refuse_unknown_keys({"listen", "log_level", "log_file"})),
            "f.toml line 2: log_levle: unknown key 'log_levle'; did you mean 'log_level'?");
  EXPECT_THAT(top.refuse_unknown_keys({"listen", "log_levle"}), IsOk());
}

TEST(TomlReader, UnknownValueIsRefusedWithTheNearestKnownOne) {
  EXPECT_EQ(reason(parsed("role = \"patner\"").one_of("role", {"own", "partner"})),
            "f.toml line 1: role: unknown value 'patner'; nearest: 'partner'; "
            "write one of: own, partner");
}

TEST(TomlReader, NewerFormatAsksForAnUpgradeAnotherOneForTheRightFile) {
  EXPECT_THAT(reason(check_format(parsed("format = \"regions4.rules/2\""), "regions4.rules/1")),
              HasSubstr("install a newer version"));
  EXPECT_THAT(reason(check_format(parsed("format = \"regions4.mapping/1\""), "regions4.rules/1")),
              HasSubstr("write format = \"regions4.rules/1\""));
  EXPECT_THAT(check_format(parsed("format = \"regions4.rules/1\""), "regions4.rules/1"), IsOk());
}

TEST(TomlReader, ReadsEveryTypeAndItsDefaults) {
  const TomlTable top = parsed(
      "s = \"é\"\nn = -3\nb = true\nl = [\"x\", \"y\"]\n[t]\nk = 1\n[[u]]\nk = 1\n[[u]]\nk = 2\n");
  EXPECT_EQ(*top.string("s"), "é");
  EXPECT_EQ(*top.integer("n", -5, 5), -3);
  EXPECT_TRUE(*top.boolean("b"));
  EXPECT_THAT(*top.strings("l"), ElementsAre("x", "y"));
  EXPECT_EQ(*top.table("t")->integer("k", 0, 9), 1);
  ASSERT_OK_AND(const auto tables, top.tables("u"));
  ASSERT_EQ(tables.size(), 2u);
  EXPECT_EQ(*tables[1].integer("k", 0, 9), 2);
  EXPECT_EQ(*top.string_or("zz", "d"), "d");
  EXPECT_EQ(*top.integer_or("zz", 0, 9, 7), 7);
  EXPECT_FALSE(*top.boolean_or("zz", false));
  EXPECT_THAT(*top.strings_or("zz", {"q"}), ElementsAre("q"));
  EXPECT_EQ(*top.optional_string("zz"), std::nullopt);
  EXPECT_FALSE(top.optional_table("zz")->has_value());
  EXPECT_TRUE(top.tables_or_none("zz")->empty());
  EXPECT_THAT(top.keys(), ElementsAre("b", "l", "n", "s", "t", "u"));
  EXPECT_TRUE(top.is_table("t"));
  EXPECT_FALSE(top.is_table("u"));
}

TEST(Nearest, PrefersFewestChangesThenTheFirst) {
  EXPECT_EQ(nearest("minimun", {"coalition", "minimum"}), "minimum");
  EXPECT_EQ(nearest("ab", {"ba", "ax"}), "ba");
  EXPECT_EQ(nearest("zzz", {"b", "a"}), "b");
  EXPECT_EQ(nearest("zzz", {}), "");
  EXPECT_EQ(nearest(std::string(100'000, 'a'), {"b"}), "b");
}

TEST(Near, NamesNothingWhereMoreThanHalfOfTheLettersDiffer) {
  EXPECT_EQ(near("amnt_eur", {"amount_eur", "status"}), "amount_eur");
  EXPECT_EQ(near("coop_id", {"hello", "name"}), "");
  EXPECT_EQ(near("coop_id", {}), "");
}

}  // namespace
}  // namespace regions
