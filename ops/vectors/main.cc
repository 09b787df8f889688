// regions-conformance DIR: what ops/conformance runs.
#include <cstdio>
#include <cstring>
#include <map>

#include "ops/vectors/folders.h"

namespace regions::vectors {
namespace {

constexpr char kUsage[] =
    "usage: regions-conformance DIR\n"
    "Runs every folder of published test vectors in DIR through the code of the node and prints,\n"
    "per folder, how many passed, failed and do not apply, each failure and each reason.\n"
    "Exit status: 0 none failed, 1 some did, 2 wrong use.\n";

void print(const FolderReport& report) {
  std::printf("%s: %zu passed, %zu failed, %zu not applicable\n", report.folder.c_str(),
              report.count(Verdict::passed), report.count(Verdict::failed),
              report.count(Verdict::not_applicable));
  std::map<std::string, std::size_t> reasons;
  for (const Outcome& outcome : report.outcomes) {
    if (outcome.verdict == Verdict::failed) {
      std::printf("  FAILED %s: %s\n", outcome.name.c_str(), outcome.why.c_str());
    } else if (outcome.verdict == Verdict::not_applicable) {
      ++reasons[outcome.why];
    }
  }
  for (const auto& [reason, count] : reasons) {
    std::printf("  not applicable, %zu: %s\n", count, reason.c_str());
  }
}

int run(const char* dir) {
  const auto reports = run_folders(dir);
  if (!reports) {
    std::fprintf(stderr, "regions-conformance: %s\n", reports.error().context.c_str());
    return 2;
  }
  std::size_t passed = 0, failed = 0, left_out = 0;
  for (const FolderReport& report : *reports) {
    print(report);
    passed += report.count(Verdict::passed);
    failed += report.count(Verdict::failed);
    left_out += report.count(Verdict::not_applicable);
  }
  std::printf("all: %zu passed, %zu failed, %zu not applicable\n", passed, failed, left_out);
  return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace regions::vectors

int main(int argc, char** argv) {
  if (argc == 2 && std::strcmp(argv[1], "--help") == 0) {
    std::fputs(regions::vectors::kUsage, stdout);
    return 0;
  }
  if (argc != 2 || argv[1][0] == '-') {
    std::fputs(regions::vectors::kUsage, stderr);
    return 2;
  }
  return regions::vectors::run(argv[1]);
}
