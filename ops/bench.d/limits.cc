#include "ops/bench.d/limits.h"

#include <fcntl.h>
#include <unistd.h>

#include <numeric>
#include <vector>

#include "ops/bench.d/meter.h"

namespace regions::bench {
namespace {

constexpr std::size_t kFileMb = 512;
constexpr std::size_t kMb = std::size_t{1} << 20;
constexpr std::size_t kMemoryMb = 1024;

class File {
 public:
  File(const std::filesystem::path& path, int flags) : fd_(::open(path.c_str(), flags, 0600)) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

bool write_file(const File& file, const std::vector<char>& piece) {
  for (std::size_t mb = 0; mb < kFileMb; ++mb) {
    if (::write(file.get(), piece.data(), kMb) != static_cast<ssize_t>(kMb)) return false;
  }
  return ::fsync(file.get()) == 0;
}

bool read_file(const File& file, std::vector<char>& piece) {
  for (std::size_t mb = 0; mb < kFileMb; ++mb) {
    if (::read(file.get(), piece.data(), kMb) != static_cast<ssize_t>(kMb)) return false;
  }
  return true;
}

void print_memory() {
  std::vector<std::uint64_t> words(kMemoryMb * kMb / sizeof(std::uint64_t), 1);
  const Meter meter;
  const auto sum = std::accumulate(words.begin(), words.end(), std::uint64_t{0});
  const Reading reading = meter.stop();
  if (sum == words.size()) print("limit.memory", reading, kMemoryMb);
}

}  // namespace

void forget(const std::filesystem::path& folder) {
  std::error_code failed;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, failed)) {
    if (!entry.is_regular_file(failed)) continue;
    const File file(entry.path(), O_RDONLY | O_CLOEXEC);
    if (file.get() < 0) continue;
    ::fsync(file.get());
    ::posix_fadvise(file.get(), 0, 0, POSIX_FADV_DONTNEED);
  }
}

std::string print_limits(const std::filesystem::path& folder) {
  const auto path = folder / "limit";
  std::vector<char> piece(kMb, 'x');
  bool good = true;
  {
    const File file(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC);
    const Meter meter;
    good = file.get() >= 0 && write_file(file, piece);
    if (good) print("limit.write", meter.stop(), kFileMb);
  }
  forget(folder);
  if (good) {
    const File file(path, O_RDONLY | O_CLOEXEC);
    const Meter meter;
    good = file.get() >= 0 && read_file(file, piece);
    if (good) print("limit.read", meter.stop(), kFileMb);
  }
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  if (!good) return path.string() + ": cannot be written and read";
  print_memory();
  return {};
}

}  // namespace regions::bench
