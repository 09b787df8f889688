#include "node/base/file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace regions {
namespace {

Error os_error(const std::filesystem::path& path, const char* what) {
  const Errc code = errno == ENOENT ? Errc::not_found : Errc::io;
  return fail(code, path.string() + ": " + what + ": " + std::strerror(errno));
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

Result<Bytes> read_open(int fd, const std::filesystem::path& path, std::size_t bytes_max) {
  Bytes out;
  char buffer[16 * 1024];
  for (;;) {
    const ssize_t got = ::read(fd, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return os_error(path, "read");
    if (got == 0) return out;
    if (out.size() + static_cast<std::size_t>(got) > bytes_max) {
      return fail(Errc::too_large,
                  path.string() + ": more than " + std::to_string(bytes_max) + " bytes");
    }
    out.append(buffer, static_cast<std::size_t>(got));
  }
}

Result<void> write_all(int fd, const std::filesystem::path& path, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(fd, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return os_error(path, "write");
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return {};
}

Result<void> sync_folder(const std::filesystem::path& folder) {
  const Descriptor fd(
      ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() < 0) return os_error(folder, "open");
  if (::fsync(fd.get()) != 0) return os_error(folder, "fsync");
  return {};
}

// Writes and syncs a temporary file beside `path`; its name.
Result<std::filesystem::path> write_temporary(const std::filesystem::path& path, ByteView bytes,
                                              unsigned mode) {
  // A fresh name, made exclusively: nothing that somebody laid there before is written into.
  std::string temporary = path.string() + ".tmp.XXXXXX";
  const Descriptor fd(::mkostemp(temporary.data(), O_CLOEXEC));
  if (fd.get() < 0) return os_error(temporary, "create");
  Result<void> written;
  if (::fchmod(fd.get(), mode) != 0) written = os_error(temporary, "chmod");
  if (written) written = write_all(fd.get(), temporary, bytes);
  if (written && ::fsync(fd.get()) != 0) written = os_error(temporary, "fsync");
  if (!written) {
    ::unlink(temporary.c_str());
    return written.error();
  }
  return std::filesystem::path(temporary);
}

}  // namespace

Result<Bytes> read_file(const std::filesystem::path& path, std::size_t bytes_max) {
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (fd.get() < 0) return os_error(path, "open");
  return read_open(fd.get(), path, bytes_max);
}

Result<Bytes> read_secret_file(const std::filesystem::path& path, std::size_t bytes_max) {
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (fd.get() < 0) return os_error(path, "open");
  struct stat info {};
  if (::fstat(fd.get(), &info) != 0) return os_error(path, "stat");
  if (::geteuid() != 0 && info.st_uid != ::geteuid()) {
    return fail(Errc::refused, path.string() + ": belongs to another user");
  }
  if ((info.st_mode & 077) != 0) {
    return fail(Errc::refused,
                path.string() +
                    ": readable by others than its owner; chmod 600 it, and draw a new secret "
                    "if somebody may have read this one");
  }
  return read_open(fd.get(), path, bytes_max);
}

Result<void> write_file(const std::filesystem::path& path, ByteView bytes, unsigned mode) {
  TRY(const auto temporary, write_temporary(path, bytes, mode));
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    const Error error = os_error(path, "rename");
    ::unlink(temporary.c_str());
    return error;
  }
  return sync_folder(path.parent_path());
}

Result<void> write_new_file(const std::filesystem::path& path, ByteView bytes, unsigned mode) {
  TRY(const auto temporary, write_temporary(path, bytes, mode));
  const bool linked = ::link(temporary.c_str(), path.c_str()) == 0;
  const Error error =
      errno == EEXIST ? fail(Errc::conflict, path.string() + ": exists already; name another file")
                      : os_error(path, "create");
  ::unlink(temporary.c_str());
  if (!linked) return error;
  const auto synced = sync_folder(path.parent_path());
  if (!synced) ::unlink(path.c_str());  // or the next try would say that it exists
  return synced;
}

Result<void> write_copy(const std::filesystem::path& path, const std::vector<ByteView>& parts,
                        unsigned mode) {
  const std::string temporary = path.string() + ".new";
  ::unlink(temporary.c_str());
  const Descriptor fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (fd.get() < 0) return os_error(temporary, "create");
  Result<void> written;
  for (const ByteView part : parts) {
    if (written) written = write_all(fd.get(), temporary, part);
  }
  if (written && ::rename(temporary.c_str(), path.c_str()) != 0) written = os_error(path, "rename");
  if (!written) ::unlink(temporary.c_str());
  return written;
}

Result<void> append_line(const std::filesystem::path& path, ByteView line, unsigned mode) {
  const Descriptor fd(::open(
      path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, mode));
  if (fd.get() < 0) return os_error(path, "open");
  if (::flock(fd.get(), LOCK_EX) != 0) return os_error(path, "lock");
  struct stat info {};
  if (::fstat(fd.get(), &info) != 0) return os_error(path, "stat");
  // A pipe would hold up who writes once nobody reads it.
  if (!S_ISREG(info.st_mode)) return fail(Errc::io, path.string() + ": not a file");
  auto written = write_all(fd.get(), path, line);
  if (written && ::fsync(fd.get()) != 0) written = os_error(path, "fsync");
  // Half a line would swallow the next one.
  if (!written && ::ftruncate(fd.get(), info.st_size) != 0) return os_error(path, "truncate");
  return written;
}

Result<FileInput> FileInput::open(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return os_error(path, "open");
  FileInput input(fd, 0, path);
  struct stat info {};
  if (::fstat(fd, &info) != 0) return os_error(path, "stat");
  input.size_ = static_cast<std::uint64_t>(info.st_size);
  return input;
}

FileInput::FileInput(int fd, std::uint64_t size, std::filesystem::path path)
    : fd_(fd), size_(size), path_(std::move(path)) {}

FileInput::FileInput(FileInput&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), size_(other.size_), path_(std::move(other.path_)) {}

FileInput::~FileInput() {
  if (fd_ >= 0) ::close(fd_);
}

Result<void> FileInput::read(char* out, std::size_t count) {
  while (count > 0) {
    const ssize_t got = ::read(fd_, out, count);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return os_error(path_, "read");
    if (got == 0) return fail(Errc::io, path_.string() + ": ends early");
    out += got;
    count -= static_cast<std::size_t>(got);
  }
  return {};
}

}  // namespace regions
