#include "ops/vectors/outcome.h"

namespace regions::vectors {
namespace {

Outcome passed(const std::string& name) { return {name, Verdict::passed, {}}; }
Outcome not_applicable(const std::string& name, const Attempt& attempt) {
  return {name, Verdict::not_applicable, attempt.left_out};
}

}  // namespace

std::vector<Outcome> judge(const std::string& name, Marker marker, const Attempt& attempt) {
  const bool whole = attempt.left_out.empty();
  switch (attempt.answer) {
    case Attempt::Answer::untried:
      return {not_applicable(name, attempt)};
    case Attempt::Answer::refused:
      if (marker != Marker::must_succeed) return {passed(name)};
      if (!whole) return {not_applicable(name, attempt)};
      return {{name, Verdict::failed, "must succeed, and was refused: " + attempt.why}};
    case Attempt::Answer::accepted:
      // What it must fail for may lie in the part that was left out.
      if (marker == Marker::must_fail && !whole) return {not_applicable(name, attempt)};
      if (marker == Marker::must_fail) {
        return {{name, Verdict::failed, "must fail, and was accepted"}};
      }
      if (whole) return {passed(name)};
      return {passed(name), not_applicable(name, attempt)};
  }
  return {};
}

}  // namespace regions::vectors
