// config.toml: every error names file, line, key and remedy.
#include "node/base/config.h"

#include <gtest/gtest.h>

#include "tests/support/result_matchers.h"

namespace regions {
namespace {

using testing::HasSubstr;

const Config kConfig{"north-south", "PT16", "127.0.0.1:7443"};

std::string error_of(const std::string& toml) {
  const auto parsed = parse_config(toml, "config.toml");
  EXPECT_THAT(parsed, IsErr(Errc::invalid_input)) << toml;
  return parsed ? "" : parsed.error().context;
}

std::string changed(const std::string& from, const std::string& to) {
  std::string text = encode_config(kConfig);
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos);
  return text.replace(at, from.size(), to);
}

TEST(ConfigTest, UnknownKeyIsRefusedWithTheNearest) {
  const std::string error = error_of(encode_config(kConfig) + "listn = \"x\"\n");
  EXPECT_THAT(error, HasSubstr("config.toml line 6"));
  EXPECT_THAT(error, HasSubstr("listn"));
  EXPECT_THAT(error, HasSubstr("listen"));
}

TEST(ConfigTest, MissingKeyIsNamed) {
  for (const std::string key : {"federation", "member", "listen", "format"}) {
    const std::string whole = encode_config(kConfig);
    const std::size_t at = whole.find("\n" + key) + 1;
    std::string without = whole;
    without.erase(at, whole.find('\n', at) - at + 1);
    const std::string error = error_of(without);
    EXPECT_THAT(error, HasSubstr("config.toml"));
    EXPECT_THAT(error, HasSubstr(key));
  }
}

TEST(ConfigTest, WrongValueNamesLineKeyAndRemedy) {
  std::string error = error_of(changed("\"PT16\"", "\"pt16\""));
  EXPECT_THAT(error, HasSubstr("config.toml line 4: member"));
  EXPECT_THAT(error, HasSubstr("it never changes"));
  error = error_of(changed("north-south", "North South"));
  EXPECT_THAT(error, HasSubstr("config.toml line 3: federation"));
  error = error_of(changed("127.0.0.1:7443", "7443"));
  EXPECT_THAT(error, HasSubstr("config.toml line 5: listen"));
  EXPECT_THAT(error, HasSubstr("0.0.0.0:7443"));
  error = error_of(changed("\"PT16\"", "16"));
  EXPECT_THAT(error, HasSubstr("member"));
}

TEST(ConfigTest, NewerOrOtherFormatIsRefused) {
  EXPECT_THAT(error_of(changed("config/1", "config/2")), HasSubstr("format"));
  EXPECT_THAT(error_of(changed("regions4.config/1", "regions4.rules/1")), HasSubstr("format"));
  error_of("");
  error_of("format = [");
  error_of(std::string("\xff\xfe\0", 3));
}

TEST(ConfigTest, WhatIsWrittenReadsBack) {
  ASSERT_OK_AND(const Config read, parse_config(encode_config(kConfig), "config.toml"));
  EXPECT_EQ(read.federation, kConfig.federation);
  EXPECT_EQ(read.member, kConfig.member);
  EXPECT_EQ(read.listen, kConfig.listen);
}

TEST(HostPortTest, OtherFormsAreRefused) {
  for (const char* text : {"", ":", ":7443", "host", "host:", "host:x", "host:-1", "host:65536",
                           "host:07443", "::1:7443", "[::1]", "[]:7443", "[::1:7443", "::1]:7443",
                           "a b:1", "host:1\n", "ho\"st:1", "host:99999999999999999999"}) {
    EXPECT_THAT(parse_host_port(text), IsErr(Errc::invalid_input)) << text;
  }
}

TEST(HostPortTest, NamesAddressesAndBracketsAreRead) {
  EXPECT_EQ(parse_host_port("localhost:7443")->host, "localhost");
  EXPECT_EQ(parse_host_port("0.0.0.0:0")->port, "0");
  EXPECT_EQ(parse_host_port("[::1]:7443")->host, "::1");
}

}  // namespace
}  // namespace regions
