// regions-bench-disclosure: suppression and attack on generated tables, for ops/bench.
#include <cstdio>
#include <string>
#include <vector>

#include "protocol/base/bytes.h"
#include "tests/bench/disclosure/measure.h"

namespace {

constexpr char kUsage[] =
    "usage: regions-bench-disclosure optimum CELLS\n"
    "       regions-bench-disclosure pattern CELLS FOLDER\n"
    "       regions-bench-disclosure intervals CELLS FOLDER           behind pattern\n"
    "       regions-bench-disclosure levels CELLS FOLDER              the same\n"
    "       regions-bench-disclosure observers CELLS FOLDER CLASSES   the same\n";

int dispatch(const std::vector<std::string>& words) {
  using namespace regions;
  const std::string what = words.empty() ? "" : words[0];
  if (what == "optimum" && words.size() == 2) return bench::measure_optimum(words[1]), 0;
  if (what == "pattern" && words.size() == 3) return bench::measure_pattern(words[1], words[2]), 0;
  if (what == "intervals" && words.size() == 3) {
    return bench::measure_intervals(words[1], words[2]), 0;
  }
  if (what == "levels" && words.size() == 3) return bench::measure_levels(words[1], words[2]), 0;
  if (what == "observers" && words.size() == 4) {
    const auto classes = parse_decimal(words[3]);
    if (!classes || *classes == 0) return 2;
    return bench::measure_observers(words[1], words[2], *classes), 0;
  }
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  const int status = dispatch({argv + 1, argv + argc});
  if (status == 2) std::fputs(kUsage, stderr);
  return status;
}
