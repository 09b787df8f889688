// regions-bench-statements: verification, durability, exchange and peers, for ops/bench. Readings
// go to standard output, one a line: name, wall seconds, CPU seconds, peak MB, a count.
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "node/base/log.h"
#include "protocol/base/bytes.h"
#include "tests/bench/parts.h"

namespace {

constexpr char kUsage[] =
    "usage: regions-bench-statements verify SECONDS\n"
    "       regions-bench-statements commit FOLDER\n"
    "       regions-bench-statements exchange FOLDER RELEASES\n"
    "       regions-bench-statements peers FOLDER COUNT IDLE_SECONDS\n";
constexpr std::uint64_t kSecondsMax = 600, kPeersMax = 400, kReleasesMax = 100'000;

// 1 to `most`, or nothing.
std::optional<int> number(const std::string& text, std::uint64_t most) {
  const auto found = regions::parse_decimal(text);
  if (!found || *found == 0 || *found > most) return std::nullopt;
  return static_cast<int>(*found);
}

int dispatch(const std::vector<std::string>& words) {
  using namespace regions;
  const std::string what = words.empty() ? "" : words[0];
  if (what == "verify" && words.size() == 2) {
    const auto seconds = number(words[1], kSecondsMax);
    if (!seconds) return 2;
    bench::measure_verify(*seconds);
    return 0;
  }
  if (what == "commit" && words.size() == 2) return bench::measure_commit(words[1]), 0;
  if (what == "exchange" && words.size() == 3) {
    const auto releases = number(words[2], kReleasesMax);
    if (!releases) return 2;
    bench::measure_exchange(words[1], *releases);
    return 0;
  }
  if (what == "peers" && words.size() == 4) {
    const auto count = number(words[2], kPeersMax), idle = number(words[3], kSecondsMax);
    if (!count || !idle) return 2;
    bench::measure_peers(words[1], *count, *idle);
    return 0;
  }
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  regions::start_log(regions::LogLevel::error);  // standard output is for readings
  const int status = dispatch({argv + 1, argv + argc});
  if (status == 2) std::fputs(kUsage, stderr);
  return status;
}
