// Matchers that let a test read as a claim: EXPECT_THAT(open(bytes), IsErr(Errc::bad_signature)).
#pragma once

#include <gmock/gmock.h>

#include "protocol/base/result.h"

namespace regions {

MATCHER_P(IsErr, code, std::string("fails with ") + std::string(name(code))) {
  if (arg.has_value()) {
    *result_listener << "which succeeded";
    return false;
  }
  *result_listener << "which failed with " << arg.error().text();
  return arg.error().code == code;
}

MATCHER(IsOk, "succeeds") {
  if (arg.has_value()) return true;
  *result_listener << "which failed with " << arg.error().text();
  return false;
}

}  // namespace regions

// ASSERT_OK_AND(auto x, f()): x = value of f(), or fail the test with the error.
#define ASSERT_OK_AND(declaration, expression) \
  ASSERT_OK_AND_(declaration, expression, REGIONS_CONCAT(assert_ok_, __COUNTER__))
#define ASSERT_OK_AND_(declaration, expression, temporary)        \
  auto temporary = (expression);                                  \
  ASSERT_TRUE(temporary.has_value()) << temporary.error().text(); \
  declaration = std::move(*temporary)
#define ASSERT_OK(expression)                                       \
  do {                                                              \
    auto assert_ok = (expression);                                  \
    ASSERT_TRUE(assert_ok.has_value()) << assert_ok.error().text(); \
  } while (false)
