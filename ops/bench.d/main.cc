// regions-bench: the measuring parts of ops/bench that are our own code. Readings go to standard
// output, one a line: name, wall seconds, CPU seconds, peak MB, a count.
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "ops/bench.d/change.h"
#include "ops/bench.d/cube.h"
#include "ops/bench.d/knowledge.h"
#include "ops/bench.d/limits.h"
#include "ops/bench.d/margins.h"
#include "ops/bench.d/meter.h"
#include "protocol/base/bytes.h"

namespace regions::bench {
namespace {

constexpr char kUsage[] =
    "usage: regions-bench run NAME COUNT COMMAND...      a program to its end\n"
    "       regions-bench cube RECORDS planned|cubed REPEAT [CELLS]\n"
    "       regions-bench change RECORDS CHANGED.csv REPEAT\n"
    "       regions-bench knowledge RECORDS REPEAT\n"
    "       regions-bench limits FOLDER                  disk and memory\n"
    "       regions-bench forget FOLDER                  its files out of the kernel's cache\n"
    "       regions-bench codes                          the catalogue as lines\n";

int run(const std::vector<std::string>& words) {
  const auto count = parse_decimal(words[2]);
  if (!count) return 2;
  int status = 0;
  const Reading reading = run_program({words.begin() + 3, words.end()}, status);
  if (status == 0) print(words[1], reading, static_cast<double>(*count));
  return status == 0 ? 0 : 1;
}

int cube(const std::vector<std::string>& words) {
  const auto repeat = parse_decimal(words[3]);
  if (!repeat || *repeat == 0 || *repeat > 1000 || margins(words[2]).empty()) return 2;
  CubeOptions options{words[1], words[2], static_cast<int>(*repeat), {}};
  if (words.size() > 4) options.cells = words[4];
  const auto measured = measure_cube(options);
  if (measured) return 0;
  std::fprintf(stderr, "regions-bench: %s\n", measured.error().text().c_str());
  return 1;
}

int change(const std::vector<std::string>& words) {
  const auto repeat = parse_decimal(words[3]);
  if (!repeat || *repeat == 0 || *repeat > 1000) return 2;
  const auto measured = measure_change(words[1], words[2], static_cast<int>(*repeat));
  if (measured) return 0;
  std::fprintf(stderr, "regions-bench: %s\n", measured.error().text().c_str());
  return 1;
}

int knowledge(const std::vector<std::string>& words) {
  const auto repeat = parse_decimal(words[2]);
  if (!repeat || *repeat == 0 || *repeat > 1000) return 2;
  const auto measured = measure_knowledge(words[1], static_cast<int>(*repeat));
  if (measured) return 0;
  std::fprintf(stderr, "regions-bench: %s\n", measured.error().text().c_str());
  return 1;
}

int limits(const std::vector<std::string>& words) {
  const std::string wrong = print_limits(words[1]);
  if (wrong.empty()) return 0;
  std::fprintf(stderr, "regions-bench: %s\n", wrong.c_str());
  return 1;
}

int dispatch(const std::vector<std::string>& words) {
  const std::string what = words.empty() ? "" : words[0];
  if (what == "run" && words.size() > 3) return run(words);
  if (what == "cube" && (words.size() == 4 || words.size() == 5)) return cube(words);
  if (what == "change" && words.size() == 4) return change(words);
  if (what == "knowledge" && words.size() == 3) return knowledge(words);
  if (what == "limits" && words.size() == 2) return limits(words);
  if (what == "forget" && words.size() == 2) {
    forget(words[1]);
    return 0;
  }
  if (what == "codes" && words.size() == 1) {
    print_codes();
    return 0;
  }
  return 2;
}

}  // namespace
}  // namespace regions::bench

int main(int argc, char** argv) {
  if (argc == 2 && std::strcmp(argv[1], "--help") == 0) {
    std::fputs(regions::bench::kUsage, stdout);
    return 0;
  }
  const int status = regions::bench::dispatch({argv + 1, argv + argc});
  if (status == 2) std::fputs(regions::bench::kUsage, stderr);
  return status;
}
