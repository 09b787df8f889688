#include "node/regionctl/signing_memory.h"

#include <sstream>

#include "node/base/file.h"

namespace regions {
namespace {

// Some 200 bytes a document: thousands of versions.
constexpr std::size_t kMemoryBytesMax = 1024 * 1024;

}  // namespace

Result<void> remember_signing(const std::filesystem::path& key_file, const std::string& document,
                              const Digest& payload) {
  // Beside the key itself, whatever name led to it.
  std::error_code ignored;
  const auto key = std::filesystem::canonical(key_file, ignored);
  const std::filesystem::path path = (ignored ? key_file : key).string() + ".signed";
  auto known = read_file(path, kMemoryBytesMax);
  if (!known && known.error().code != Errc::not_found) return known.error();
  std::string text = known ? std::move(*known) : std::string();
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind(document + " ", 0) != 0) continue;
    if (line == document + " " + payload.hex()) return {};
    return fail(Errc::conflict, path.string() + ": this key has signed another payload for " +
                                    document + "; signing a second one would split the federation");
  }
  text += document + " " + payload.hex() + "\n";
  return write_file(path, text, 0600);
}

}  // namespace regions
