#include "node/records/csv_reader.h"

#include <gtest/gtest.h>

#include "node/records/limits.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

// Hands out `text` in pieces of `step` bytes.
ByteSource source_of(std::string text, std::size_t step = 1 << 20) {
  return [text = std::move(text), at = std::size_t{0}, step](
             char* out, std::size_t size) mutable -> Result<std::size_t> {
    const std::size_t count = std::min({size, step, text.size() - at});
    text.copy(out, count, at);
    at += count;
    return count;
  };
}

// "12: a|b" for a record, "13!reason" for a reject.
std::vector<std::string> read_all(std::string text, std::size_t step = 1 << 20, char comma = ',') {
  CsvReader reader(source_of(std::move(text), step), comma);
  auto header = reader.header();
  EXPECT_THAT(header, IsOk());
  std::vector<std::string> seen;
  for (;;) {
    auto next = reader.next();
    EXPECT_THAT(next, IsOk());
    if (!next || *next == CsvReader::Next::end) return seen;
    if (*next == CsvReader::Next::reject) {
      seen.push_back(std::to_string(reader.reject().line) + "!" + reader.reject().reason);
      continue;
    }
    std::string line = std::to_string(reader.record().line) + ":";
    for (auto field : reader.record().fields) line.append(" ").append(field);
    seen.push_back(line);
  }
}

using Seen = std::vector<std::string>;

Result<std::vector<std::string>> header_of(std::string text) {
  return CsvReader(source_of(std::move(text)), ',').header();
}

TEST(CsvReader, EmptyFileIsRefused) {
  EXPECT_THAT(header_of(""), IsErr(Errc::invalid_input));
  EXPECT_THAT(header_of("\nx\n"), IsErr(Errc::invalid_input));
}

TEST(CsvReader, Utf16IsRefusedWithTheRemedy) {
  for (std::string text : {std::string("\xff\xfe"
                                       "a\0,\0",
                                       6),
                           std::string("\xfe\xff\0a", 4), std::string("a\0,\0b\0\n\0", 8)}) {
    auto header = header_of(text);
    ASSERT_THAT(header, IsErr(Errc::invalid_input));
    EXPECT_NE(header.error().context.find("save it as UTF-8"), std::string::npos);
  }
}

TEST(CsvReader, HeaderThatIsNoRecordIsRefused) {
  EXPECT_THAT(header_of("a,\"b\n1,2\n"), IsErr(Errc::invalid_input));
  EXPECT_THAT(header_of("a,b\xe9\n1,2\n"), IsErr(Errc::invalid_input));
  EXPECT_THAT(header_of("a,b\r1,2\r"), IsErr(Errc::invalid_input));
  EXPECT_THAT(header_of(std::string(kCsvRecordBytesMax + 2, 'a')), IsErr(Errc::invalid_input));
  EXPECT_THAT(header_of(std::string(kCsvColumnsMax, ',')), IsErr(Errc::invalid_input));
}

TEST(CsvReader, FailingSourceIsAnErrorNotAnEnd) {
  int calls = 0;
  CsvReader reader(
      [&](char* out, std::size_t) -> Result<std::size_t> {
        if (calls++ > 0) return fail(Errc::io, "disk");
        std::memcpy(out, "a,b\n1,2\n3", 9);
        return 9;
      },
      ',');
  ASSERT_OK(reader.header());
  ASSERT_OK(reader.next());
  EXPECT_THAT(reader.next(), IsErr(Errc::io));
}

TEST(CsvReader, WrongNumberOfFieldsRejectsThatLineAlone) {
  EXPECT_EQ(
      read_all("a,b\n1\n2,3\n4,5,6\n7,8\n"),
      (Seen{"2!has 1 fields, the header 2", "3: 2 3", "4!has 3 fields, the header 2", "5: 7 8"}));
}

TEST(CsvReader, BrokenQuoteRejectsThatRecordAndReadingResumesAtTheNextLine) {
  const std::string never = "2!a quote is opened and never closed";
  EXPECT_EQ(read_all("a,b\n1,\"x\n2,y\n3,z\n"), (Seen{never, "3: 2 y", "4: 3 z"}));
  EXPECT_EQ(read_all("a,b\n1,\"x\n2,y\n3,\"z\"\n"),
            (Seen{"2!text after a closing quote", "3: 2 y", "4: 3 z"}));
  EXPECT_EQ(read_all("a,b\n1,\"x\"y\n2,y\n"), (Seen{"2!text after a closing quote", "3: 2 y"}));
  EXPECT_EQ(read_all("a,b\n1,x\"y\n2,y\n"),
            (Seen{"2!a quote inside a field that does not begin with one", "3: 2 y"}));
  EXPECT_EQ(read_all("a,b\n1,\"x"), (Seen{never}));
}

TEST(CsvReader, LinesThatBelongToABrokenRecordAreNamedInItsReject) {
  EXPECT_EQ(read_all("a,b\n1,\"x\"y\ntail\n\n3,4\n"),
            (Seen{"2!text after a closing quote (lines 2 to 4 were passed over)", "5: 3 4"}));
  CsvReader reader(source_of("a,b\n1,\"x\"y\ntail\n3,4\n"), ',');
  ASSERT_OK(reader.header());
  ASSERT_OK(reader.next());
  EXPECT_EQ(reader.reject().text, "1,\"x\"y\ntail");
}

TEST(CsvReader, QuotesThatJoinLinesToTheWrongNumberOfFieldsAreBroken) {
  EXPECT_EQ(read_all("a,b\n1,\"x\n2,y\n3,z\",4\n5,6\n"),
            (Seen{"2!quotes that make a record of the wrong number of fields", "3: 2 y",
                  "4!a quote inside a field that does not begin with one", "5: 5 6"}));
}

TEST(CsvReader, QuoteThatStaysOpenForAMebibyteIsBroken) {
  std::string text = "a,b\n1,\"x\n";
  std::size_t rows = 0;
  while (text.size() < kCsvRecordBytesMax + 100) text += "2," + std::to_string(++rows) + "\n";
  auto seen = read_all(text);
  ASSERT_EQ(seen.size(), rows + 1);
  EXPECT_EQ(seen[0], "2!a quote is opened and not closed within 1 MiB");
  EXPECT_EQ(seen.back(), std::to_string(rows + 2) + ": 2 " + std::to_string(rows));
}

TEST(CsvReader, HundredMegabyteLineIsRejectedWithoutBeingHeld) {
  const std::size_t total = 100'000'000;
  std::size_t given = 0, largest = 0;
  const std::string head = "a,b\n1,2\n3,", tail = "\n4,5\n";
  ByteSource source = [&](char* out, std::size_t size) -> Result<std::size_t> {
    largest = std::max(largest, size);
    if (given < head.size()) {
      head.copy(out, head.size());
      return given = head.size();
    }
    if (given < total) {
      size = std::min(size, total - given);
      std::memset(out, 'x', size);
      given += size;
      return size;
    }
    if (given > total) return 0;
    ++given;
    return tail.copy(out, tail.size());
  };
  CsvReader reader(source, ',');
  ASSERT_OK(reader.header());
  ASSERT_OK(reader.next());
  ASSERT_OK_AND(auto next, reader.next());
  EXPECT_EQ(next, CsvReader::Next::reject);
  EXPECT_EQ(reader.reject().line, 3u);
  EXPECT_EQ(reader.reject().reason, "the line is longer than 1 MiB");
  EXPECT_EQ(reader.reject().text.size(), kRejectTextBytesMax);
  ASSERT_OK_AND(next, reader.next());
  EXPECT_EQ(next, CsvReader::Next::record);
  EXPECT_EQ(reader.record().line, 4u);
  EXPECT_LE(largest, kCsvChunkBytes);
}

TEST(CsvReader, TextThatIsNotUtf8IsRejectedNamingTheField) {
  CsvReader reader(source_of(std::string("a,b\n1,caf\xe9\n2,x\0y\n3,caf\xc3\xa9\n", 25)), ',');
  ASSERT_OK(reader.header());
  for (int i = 0; i < 2; ++i) {
    ASSERT_OK_AND(auto next, reader.next());
    EXPECT_EQ(next, CsvReader::Next::reject);
    EXPECT_EQ(reader.reject().field, 1u);
    EXPECT_EQ(reader.reject().reason, "not UTF-8 text; save the file as UTF-8");
  }
  ASSERT_OK_AND(auto next, reader.next());
  EXPECT_EQ(next, CsvReader::Next::record);
}

TEST(CsvReader, ByteOrderMarkCrlfAndAMissingLastLineEndAreRead) {
  ASSERT_OK_AND(auto header, header_of("\xef\xbb\xbf"
                                       "a,b\r\n"));
  EXPECT_EQ(header, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(read_all("\xef\xbb\xbf"
                     "a,b\r\n1,2\r\n\r\n3,\"4\"\r\n5,6"),
            (Seen{"2: 1 2", "4: 3 4", "5: 5 6"}));
}

TEST(CsvReader, QuotedFieldsMayHoldDelimitersQuotesAndLineEnds) {
  EXPECT_EQ(read_all("a,b\n\"1,\"\"x\"\"\",\"two\nlines\"\n\"\",\"\"\"\"\n3,4\n"),
            (Seen{"2: 1,\"x\" two\nlines", "4:  \"", "5: 3 4"}));
  EXPECT_EQ(read_all("a;b\n\"1;\";2,5\n", 1 << 20, ';'), (Seen{"2: 1; 2,5"}));
}

TEST(CsvReader, HowTheSourceCutsItsBytesDoesNotMatter) {
  const std::string text =
      "a,b\r\n1,\"x\"\"\r\n\"\r\n2,\"y\nbroken\r\n3,z\xc3\xa9\r\n\r\n4\r\n5,\"\"\r\n6,\"q\"";
  const auto whole = read_all(text);
  EXPECT_EQ(whole.size(), 6u);
  for (std::size_t step : {1, 2, 3, 5, 7, 11}) EXPECT_EQ(read_all(text, step), whole) << step;
}

}  // namespace
}  // namespace regions
