#include "node/records/mapping.h"

#include <gtest/gtest.h>

#include "tests/support/result_matchers.h"

namespace regions {
namespace {

const std::string kSmallest = R"(
format = "regions4.mapping/1"
record = "organisation"
[columns]
id = { from = "Nr" }
kind = { from = "Art", values = { "Firma" = "PRC" } }
place = { from = "Ort" }
)";

std::string with(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

void expect_refused(const std::string& text, const std::string& said) {
  auto mapping = Mapping::parse("my.toml", text);
  ASSERT_THAT(mapping, IsErr(Errc::invalid_input)) << text;
  EXPECT_NE(mapping.error().context.find(said), std::string::npos) << mapping.error().context;
  EXPECT_NE(mapping.error().context.find("my.toml"), std::string::npos);
}

TEST(Mapping, UnknownKeyIsRefusedWithTheNearestKnownOne) {
  expect_refused("delimeter = \";\"\n" + kSmallest, "delimiter");
  expect_refused(with(kSmallest, "place =", "plaec ="), "place");
  expect_refused(with(kSmallest, "from = \"Ort\"", "frm = \"Ort\""), "from");
  expect_refused(with(kSmallest, "from = \"Ort\"", "from = \"Ort\", date = \"%Y\""), "date");
}

TEST(Mapping, WrongFormatOrRecordIsRefused) {
  expect_refused(with(kSmallest, "mapping/1", "mapping/2"), "regions4.mapping/2");
  expect_refused(with(kSmallest, "organisation", "organization"), "organisation");
  expect_refused("not toml", "my.toml");
}

TEST(Mapping, RequiredColumnCannotBeLeftOutOrOptional) {
  expect_refused(with(kSmallest, "id = { from = \"Nr\" }", ""), "id");
  expect_refused(with(kSmallest, "\"Nr\"", "\"Nr\", optional = true"), "must be there");
}

TEST(Mapping, WrongDateFormatDelimiterOrDecimalIsRefused) {
  const std::string extra = kSmallest + "valid_from = { from = \"ab\", date = \"%d.%m.%y\" }\n";
  expect_refused(extra, "%Y");
  expect_refused("delimiter = \"::\"\n" + kSmallest, "delimiter");
}

TEST(Mapping, ValueThatLeadsToNoCodeOfTheListIsRefusedWithLineAndNearest) {
  expect_refused(with(kSmallest, "\"PRC\"", "\"HES\""),
                 "line 6: columns.kind.values.Firma: unknown value 'HES'");
  expect_refused(with(kSmallest, "\"PRC\"", "\"public-bodi\""), "nearest: 'public-body'");
  const auto column = [](const std::string& line) { return kSmallest + line + "\n"; };
  expect_refused(column("size = { from = \"s\", values = { k = \"smal\" } }"), "nearest: 'small'");
  expect_refused(column("nace = { from = \"n\", values = { M = \"C99\" } }"),
                 "columns.nace.values.M: 'C99' is no code of NACE Rev. 2; nearest: ");
  expect_refused(with(kSmallest, "\"Ort\"", "\"Ort\", values = { O = \"DE2X\" }"),
                 "columns.place.values.O: 'DE2X' is no code of NUTS 2021; nearest: ");
  for (const std::string kind : {"SME", "PRC", "higher-education"}) {
    EXPECT_THAT(Mapping::parse("my.toml", with(kSmallest, "\"PRC\"", "\"" + kind + "\"")), IsOk());
  }
  EXPECT_THAT(
      Mapping::parse("my.toml", column("nace = { from = \"n\", values = { M = \"C10.11\" } }")),
      IsOk());
}

TEST(Mapping, HeaderOfOneFieldAsksForTheDelimiter) {
  const auto bound = Mapping::builtin(RecordKind::organisation).bind({"org_id;name;kind;nuts"});
  ASSERT_THAT(bound, IsErr(Errc::invalid_input));
  EXPECT_NE(bound.error().context.find("is that the file's delimiter"), std::string::npos);
}

TEST(Mapping, MissingColumnIsNamedWithTheNearestOneThere) {
  const auto& mapping = Mapping::builtin(RecordKind::organisation);
  auto bound = mapping.bind({"orgid", "name", "kind", "nuts"});
  ASSERT_THAT(bound, IsErr(Errc::invalid_input));
  EXPECT_NE(bound.error().context.find("'org_id' is missing from the header (nearest there: "
                                       "'orgid')"),
            std::string::npos)
      << bound.error().context;
  EXPECT_THAT(mapping.bind({"org_id", "org_id", "kind", "nuts"}), IsErr(Errc::invalid_input));
}

TEST(Mapping, OptionalColumnsMayBeAbsent) {
  const auto& mapping = Mapping::builtin(RecordKind::organisation);
  ASSERT_OK_AND(auto bound, mapping.bind({"nuts", "kind", "org_id"}));
  EXPECT_EQ(bound[OrganisationField::id], 2u);
  EXPECT_EQ(bound[OrganisationField::nace], std::nullopt);
}

TEST(Mapping, FieldsStandInTheOrderOfTheirEnumeration) {
  const auto& cooperation = fields_of(RecordKind::cooperation);
  EXPECT_EQ(cooperation[CooperationField::actor_place].name, "actor_place");
  EXPECT_EQ(cooperation[CooperationField::topic].name, "topic");
  EXPECT_EQ(cooperation[CooperationField::public_source].name, "public_source");
  EXPECT_EQ(cooperation.size(), CooperationField::public_source + 1);
  const auto& organisation = fields_of(RecordKind::organisation);
  EXPECT_EQ(organisation[OrganisationField::nace].name, "nace");
  EXPECT_EQ(organisation[OrganisationField::valid_from].name, "valid_from");
  EXPECT_EQ(organisation.size(), OrganisationField::valid_from + 1);
  // Row::nulls has a bit for each.
  EXPECT_LE(cooperation.size(), 32u);
}

TEST(Mapping, BuiltInOnesKeepTheCountryOfNamibia) {
  const auto& mapping = Mapping::builtin(RecordKind::cooperation);
  EXPECT_FALSE(mapping.columns[CooperationField::actor_country]->is_null("NA"));
  EXPECT_TRUE(mapping.columns[CooperationField::actor_country]->is_null(""));
  EXPECT_TRUE(mapping.columns[CooperationField::enterprise]->is_null("NA"));
  EXPECT_EQ(Mapping::builtin(RecordKind::organisation).record, RecordKind::organisation);
}

}  // namespace
}  // namespace regions
