// Nothing that stands in a value ends a log line or begins another.
#include "node/base/log.h"

#include <gtest/gtest.h>

#include "node/base/limits.h"

namespace regions {
namespace {

TEST(Log, AValueCannotForgeALineOrAField) {
  EXPECT_EQ(log_body("peer", {{"reason", "x\n{\"event\":\"started\"}"}}),
            R"("event":"peer","reason":"x\u000a{\"event\":\"started\"}")");
  EXPECT_EQ(log_body("peer", {{"reason", "\x1b[2J\\ \x7f\xc3\xa4\xff"}}),
            R"("event":"peer","reason":"\u001b[2J\\ \u007f\u00c3\u00a4\u00ff")");
}

TEST(Log, AValueIsCutOnePastItsLimit) {
  const std::string most(kLogValueBytesMax, 'x');
  EXPECT_EQ(log_body("e", {{"v", most}}), "\"event\":\"e\",\"v\":\"" + most + "\"");
  EXPECT_EQ(log_body("e", {{"v", most + "y"}}), "\"event\":\"e\",\"v\":\"" + most + "...\"");
}

}  // namespace
}  // namespace regions
