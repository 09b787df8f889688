// Result<T>: a value or an Error (boost::system::result), and the two macros that pass errors on.
#pragma once

#include <boost/system/result.hpp>
#include <ostream>
#include <string>
#include <utility>

#include "protocol/base/check.h"
#include "protocol/base/error.h"

namespace regions {

// boost::system::result calls this from value() on an error: reading a value that is not there is a
// programmer error.
[[noreturn]] inline void throw_exception_from_error(const Error& error,
                                                    const boost::source_location&) {
  std::fprintf(stderr, "value() of a failed result: %s\n", error.text().c_str());
  std::abort();
}

template <class T>
class [[nodiscard]] Result : public boost::system::result<T, Error> {
 public:
  using boost::system::result<T, Error>::result;
};

// How a test prints a result; boost's operator<< would need T to be printable.
template <class T>
void PrintTo(const Result<T>& result, std::ostream* out) {
  *out << (result.has_value() ? std::string("a value") : result.error().text());
}

inline Error fail(Errc code, std::string context) { return {code, std::move(context)}; }

}  // namespace regions

#define REGIONS_CONCAT_(a, b) a##b
#define REGIONS_CONCAT(a, b) REGIONS_CONCAT_(a, b)

// TRY(auto x, f()): x = value of f(), or return its error from the enclosing function.
#define TRY(declaration, expression) \
  TRY_(declaration, expression, REGIONS_CONCAT(try_, __COUNTER__))
#define TRY_(declaration, expression, temporary)       \
  auto temporary = (expression);                       \
  if (!temporary) return std::move(temporary).error(); \
  declaration = std::move(*temporary)

// TRY_VOID(f()): return the error of f() from the enclosing function, or go on.
#define TRY_VOID(expression)                                                    \
  do {                                                                          \
    if (auto try_result = (expression); !try_result) return try_result.error(); \
  } while (false)
