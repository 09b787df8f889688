// regions-bench-statements: verification, durability, exchange and peers, for ops/bench. Readings
// go to standard output, one a line: name, wall seconds, CPU seconds, peak MB, a count.
#include <cstdio>
#include <string>
#include <vector>

#include "protocol/base/bytes.h"
#include "tests/bench/parts.h"

namespace {

constexpr char kUsage[] =
    "usage: regions-bench-statements verify SECONDS\n"
    "       regions-bench-statements commit FOLDER\n"
    "       regions-bench-statements exchange FOLDER\n"
    "       regions-bench-statements peers FOLDER COUNT\n";
constexpr std::uint64_t kSecondsMax = 600, kPeersMax = 400;

int dispatch(const std::vector<std::string>& words) {
  using namespace regions;
  const std::string what = words.empty() ? "" : words[0];
  if (what == "verify" && words.size() == 2) {
    const auto seconds = parse_decimal(words[1]);
    if (!seconds || *seconds == 0 || *seconds > kSecondsMax) return 2;
    bench::measure_verify(static_cast<int>(*seconds));
    return 0;
  }
  if (what == "commit" && words.size() == 2) return bench::measure_commit(words[1]), 0;
  if (what == "exchange" && words.size() == 2) return bench::measure_exchange(words[1]), 0;
  if (what == "peers" && words.size() == 3) {
    const auto count = parse_decimal(words[2]);
    if (!count || *count == 0 || *count > kPeersMax) return 2;
    bench::measure_peers(words[1], static_cast<int>(*count));
    return 0;
  }
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  const int status = dispatch({argv + 1, argv + argc});
  if (status == 2) std::fputs(kUsage, stderr);
  return status;
}
