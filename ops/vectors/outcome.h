// What a published vector says must happen, what the product did, and the verdict on the two.
#pragma once

#include <string>
#include <vector>

#include "protocol/base/result.h"

namespace regions::vectors {

enum class Marker { must_succeed, must_fail, either };

// What the product made of one vector. `left_out` names what of it could not be judged, because the
// product does not have it: "ECDSA: ...".
struct Attempt {
  enum class Answer { accepted, refused, untried };
  Answer answer = Answer::untried;
  std::string why;
  std::string left_out;

  static Attempt accepted() { return {Answer::accepted, {}, {}}; }
  static Attempt refused(const Error& error) { return {Answer::refused, error.text(), {}}; }
  static Attempt untried(std::string left_out) {
    return {Answer::untried, {}, std::move(left_out)};
  }
  static Attempt of(const Result<void>& result) {
    return result ? accepted() : refused(result.error());
  }
};

enum class Verdict { passed, failed, not_applicable };

struct Outcome {
  std::string name;  // file and vector
  Verdict verdict = Verdict::failed;
  std::string why;  // of a failure, or of not being applicable
};

// One outcome, or two where a vector passed in the part that the product has.
std::vector<Outcome> judge(const std::string& name, Marker marker, const Attempt& attempt);

// The outcome of a vector whose form or marker is not known.
inline Outcome unknown_form(const std::string& name, const Error& error) {
  return {name, Verdict::failed, error.context};
}

}  // namespace regions::vectors
