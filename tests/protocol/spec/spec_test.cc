// The worked examples of the pages in protocol/spec, read out of the pages and computed again; and
// what else the pages say in tables, held against the code.
#include <gmock/gmock.h>

#include <sstream>

#include "tests/protocol/log/spec_page.h"
#include "tests/protocol/spec/worked_examples.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

TEST(Spec, EnvelopeExample) {
  EXPECT_EQ(spec_examples("envelope.md"), envelope_example());
  const UnverifiedEnvelope envelope = example_envelope(0);
  const Digest id = statement_id(envelope.payload_type, envelope.payload);
  EXPECT_THAT(
      open(envelope, encode(entry_of(example_statement(0), id)), 0,
           {federation_id(example_charter()), "ES", {example_key(Role::statement).public_key()}}),
      IsOk());
}

TEST(Spec, StatementsExample) {
  EXPECT_EQ(spec_examples("statements.md"), statements_example());
  for (std::uint64_t index = 0; index < 4; ++index) {
    EXPECT_THAT(check(example_statement(index)), IsOk()) << index;
  }
}

TEST(Spec, CharterExample) {
  EXPECT_EQ(spec_examples("charter.md"), charter_example());
  EXPECT_THAT(check(example_charter()), IsOk());
}

TEST(Spec, RosterExample) {
  EXPECT_EQ(spec_examples("roster.md"), roster_example());
  EXPECT_THAT(open_genesis(example_roster_envelope()), IsOk());
}

TEST(Spec, KeySetExample) {
  EXPECT_EQ(spec_examples("keyset.md"), keyset_example());
  ASSERT_OK_AND(const auto roster, open_genesis(example_roster_envelope()));
  EXPECT_THAT(open_keyset(example_key_set_envelope(), roster), IsOk());
}

TEST(Spec, RolesExample) { EXPECT_EQ(spec_examples("roles.md"), roles_example()); }

class ExampleFiles final : public ExportedFiles {
 public:
  std::vector<std::string> list() const override {
    std::vector<std::string> paths;
    for (const auto& [path, bytes] : files_) paths.push_back(path);
    return paths;
  }
  Result<Bytes> read(const std::string& path, std::size_t) const override {
    return files_.at(path);
  }

 private:
  std::map<std::string, Bytes> files_ = export_files();
};

TEST(Spec, ExportExample) {
  EXPECT_EQ(spec_examples("export.md"), export_example());
  const Report report =
      verify_export(ExampleFiles(), {sha256(encode_payload(example_roster())), std::nullopt});
  EXPECT_EQ(report.verdict, Verdict::valid);
  EXPECT_THAT(report.reasons, testing::IsEmpty());
}

// The cells of the page's table rows whose first cell is in backquotes, which are left out.
std::vector<std::vector<std::string>> coded_rows(const std::string& page) {
  std::ifstream file(std::string(REGIONS_SOURCE_DIR) + "/protocol/spec/" + page);
  std::vector<std::vector<std::string>> rows;
  std::string line;
  while (std::getline(file, line)) {
    if (line.rfind("| `", 0) != 0) continue;
    std::istringstream cells(line.substr(1));
    std::string cell;
    rows.emplace_back();
    while (std::getline(cells, cell, '|')) {
      std::erase(cell, '`');
      const std::size_t begin = cell.find_first_not_of(' '), end = cell.find_last_not_of(' ');
      rows.back().push_back(begin == std::string::npos ? "" : cell.substr(begin, end - begin + 1));
    }
  }
  return rows;
}

TEST(Spec, TheErrorsOfThePageAreThoseOfTheCode) {
  const auto rows = coded_rows("errors.md");
  ASSERT_EQ(rows.size(), static_cast<std::size_t>(kErrcCount));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    ASSERT_EQ(rows[i].size(), 5U) << rows[i][0];
    EXPECT_EQ(rows[i][0], name(static_cast<Errc>(i + 1)));
    EXPECT_EQ(rows[i][1], std::to_string(i + 1));
    for (const std::string& cell : rows[i]) EXPECT_FALSE(cell.empty()) << rows[i][0];
    EXPECT_THAT(rows[i][4], testing::AnyOf(testing::StartsWith("yes"), testing::StartsWith("no")));
  }
  EXPECT_EQ(name(static_cast<Errc>(kErrcCount + 1)), "unknown");
}

TEST(Spec, TheErrorOfThePageIsWhatIsSaid) {
  UnverifiedEnvelope envelope = example_roster_envelope();
  envelope.signatures.clear();
  const auto opened = open_genesis(envelope);
  ASSERT_THAT(opened, IsErr(Errc::bad_signature));
  std::ifstream file(std::string(REGIONS_SOURCE_DIR) + "/protocol/spec/errors.md");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  EXPECT_THAT(page, testing::HasSubstr('`' + opened.error().in("roster/1.dsse").text() + '`'));
}

TEST(Spec, TheRolesOfThePageAreThoseOfTheCode) {
  const auto rows = coded_rows("roles.md");
  ASSERT_EQ(rows.size(), std::size(kRoleTable));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i][0], name(kRoleTable[i].what));
    EXPECT_EQ(rows[i][1], name(kRoleTable[i].role));
    EXPECT_EQ(rows[i][2], std::to_string(static_cast<int>(kRoleTable[i].role)));
  }
}

TEST(Spec, TheKindsOfThePageAreThoseOfTheCode) {
  const auto rows = coded_rows("statements.md");
  ASSERT_EQ(rows.size(), 11U);
  for (const auto& row : rows) {
    const auto kind = entry_kind_of(row[0]);
    ASSERT_TRUE(kind.has_value()) << row[0];
    EXPECT_EQ(row[1], std::to_string(static_cast<int>(*kind))) << row[0];
  }
}

}  // namespace
}  // namespace regions
