#include "node/records/source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <system_error>

namespace regions {
namespace {

Error system_error_of(Errc code, std::string_view what) {
  return fail(code, std::string(what) + ": " + std::generic_category().message(errno));
}

// Closes with its last copy: a std::function may be copied.
class Descriptor {
 public:
  explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
  ~Descriptor() { ::close(descriptor_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

Result<std::size_t> read_some(int descriptor, char* out, std::size_t size) {
  for (;;) {
    const ssize_t got = ::read(descriptor, out, size);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) return system_error_of(Errc::io, "reading");
  }
}

}  // namespace

Result<ByteSource> file_source(const std::filesystem::path& path) {
  const int opened = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (opened < 0) {
    return system_error_of(errno == ENOENT ? Errc::not_found : Errc::io, path.string());
  }
  auto file = std::make_shared<Descriptor>(opened);
  struct stat found {};
  if (::fstat(file->get(), &found) == 0 && S_ISDIR(found.st_mode)) {
    return fail(Errc::invalid_input, path.string() + ": is a folder, not a CSV file");
  }
  return ByteSource(
      [file](char* out, std::size_t size) { return read_some(file->get(), out, size); });
}

ByteSource descriptor_source(int descriptor) {
  return [descriptor](char* out, std::size_t size) { return read_some(descriptor, out, size); };
}

}  // namespace regions
