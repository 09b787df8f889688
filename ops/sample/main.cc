// regions-sample DIR [--seed N]: writes the sample of the eight partner regions into DIR; with
// --region R --rows N the records of one region at that size.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include "ops/sample/files.h"
#include "ops/sample/one_region.h"
#include "protocol/base/bytes.h"

namespace regions::sample {
namespace {

// The seed of the load-generator specification.
constexpr std::uint64_t kSeed = 20261122;

constexpr char kUsage[] =
    "usage: regions-sample DIR [--seed N] [--region R --rows N]\n"
    "Writes cooperations_R.csv, cooperations_with_actor_in_R.csv and organisations_R.csv of the\n"
    "eight partner regions into DIR, made up from measured distributions. Same seed, same files.\n"
    "With --region and --rows: cooperations_R.csv with that many rows, organisations_R.csv, and\n"
    "changed_R.csv with one changed row of every hundredth firm, of this region alone.\n";

struct Options {
  std::string folder;
  std::uint64_t seed = kSeed;
  OneRegion one;  // no rows: the sample of the eight
};

std::optional<Options> read_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const bool seed = std::strcmp(argv[i], "--seed") == 0;
    if ((seed || std::strcmp(argv[i], "--rows") == 0) && i + 1 < argc) {
      const auto number = parse_decimal(argv[++i]);
      if (!number) return std::nullopt;
      (seed ? options.seed : options.one.rows) = *number;
    } else if (std::strcmp(argv[i], "--region") == 0 && i + 1 < argc) {
      options.one.nuts = argv[++i];
    } else if (argv[i][0] != '-' && options.folder.empty()) {
      options.folder = argv[i];
    } else {
      return std::nullopt;
    }
  }
  if (options.folder.empty()) return std::nullopt;
  if (options.one.nuts.empty() != (options.one.rows == 0)) return std::nullopt;
  return options;
}

bool write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  return !out.fail();
}

int write_one(const Options& options) {
  const std::string wrong = write_one_region(options.folder, options.one, Draw(options.seed));
  if (wrong.empty()) return 0;
  std::fprintf(stderr, "regions-sample: %s\n", wrong.c_str());
  return 1;
}

int run(const Options& options) {
  std::error_code error;
  std::filesystem::create_directories(options.folder, error);
  if (error) {
    std::fprintf(stderr, "regions-sample: %s: %s\n", options.folder.c_str(),
                 error.message().c_str());
    return 1;
  }
  if (options.one.rows > 0) return write_one(options);
  const Draw draw(options.seed);
  for (const auto& [name, text] : make_files(make_population(draw), draw)) {
    if (!write(std::filesystem::path(options.folder) / name, text)) {
      std::fprintf(stderr, "regions-sample: %s/%s: cannot be written\n", options.folder.c_str(),
                   name.c_str());
      return 1;
    }
    const auto rows = std::count(text.begin(), text.end(), '\n') - 1;
    std::printf("%s: %ld rows\n", name.c_str(), static_cast<long>(rows));
  }
  return 0;
}

}  // namespace
}  // namespace regions::sample

int main(int argc, char** argv) {
  if (argc == 2 && std::strcmp(argv[1], "--help") == 0) {
    std::fputs(regions::sample::kUsage, stdout);
    return 0;
  }
  const auto options = regions::sample::read_options(argc, argv);
  if (!options) {
    std::fputs(regions::sample::kUsage, stderr);
    return 2;
  }
  return regions::sample::run(*options);
}
