// The C library's calls that change a disk, as this program's own (fault_disk.h).
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstring>

#include "tests/support/disk/fault_disk.h"

namespace {

using regions::FaultCalls;

// The next definition behind ours: the C library's, or a sanitizer's.
template <class Call>
Call next_of(const char* name) {
  return reinterpret_cast<Call>(::dlsym(RTLD_NEXT, name));
}

// Whether an open may make or cut a file.
bool changes(int flags) { return (flags & (O_CREAT | O_TRUNC)) != 0; }

mode_t mode_of(int flags, va_list words) {
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? static_cast<mode_t>(va_arg(words, int)) : 0;
}

}  // namespace

extern "C" {

#define REGIONS_OPEN(name)                                                           \
  int name(const char* path, int flags, ...) {                                       \
    static const auto real = next_of<int (*)(const char*, int, mode_t)>(#name);      \
    va_list words;                                                                   \
    va_start(words, flags);                                                          \
    const mode_t mode = mode_of(flags, words);                                       \
    va_end(words);                                                                   \
    return changes(flags) && FaultCalls::fails(path) ? -1 : real(path, flags, mode); \
  }
REGIONS_OPEN(open)
REGIONS_OPEN(open64)

#define REGIONS_TEMPORARY(name)                                   \
  int name(char* path, int flags) {                               \
    static const auto real = next_of<int (*)(char*, int)>(#name); \
    return FaultCalls::fails(path) ? -1 : real(path, flags);      \
  }
REGIONS_TEMPORARY(mkostemp)
REGIONS_TEMPORARY(mkostemp64)

#define REGIONS_FOPEN(name)                                                       \
  FILE* name(const char* path, const char* how) {                                 \
    static const auto real = next_of<FILE* (*)(const char*, const char*)>(#name); \
    const bool writes = std::strpbrk(how, "wa") != nullptr;                       \
    return writes && FaultCalls::fails(path) ? nullptr : real(path, how);         \
  }
REGIONS_FOPEN(fopen)
REGIONS_FOPEN(fopen64)

ssize_t write(int fd, const void* bytes, size_t size) {
  static const auto real = next_of<ssize_t (*)(int, const void*, size_t)>("write");
  const auto left = FaultCalls::left_of_write(fd, size);
  if (!left) return real(fd, bytes, size);
  return *left == 0 ? -1 : real(fd, bytes, *left);
}

#define REGIONS_PWRITE(name, offset)                                                        \
  ssize_t name(int fd, const void* bytes, size_t size, offset at) {                         \
    static const auto real = next_of<ssize_t (*)(int, const void*, size_t, offset)>(#name); \
    const auto left = FaultCalls::left_of_write(fd, size);                                  \
    if (!left) return real(fd, bytes, size, at);                                            \
    return *left == 0 ? -1 : real(fd, bytes, *left, at);                                    \
  }
REGIONS_PWRITE(pwrite, off_t)
REGIONS_PWRITE(pwrite64, off64_t)

ssize_t writev(int fd, const iovec* parts, int count) {
  static const auto real = next_of<ssize_t (*)(int, const iovec*, int)>("writev");
  return FaultCalls::fails(fd) ? -1 : real(fd, parts, count);
}

#define REGIONS_ON_DESCRIPTOR(name, parameters, arguments)      \
  int name parameters {                                         \
    static const auto real = next_of<int(*) parameters>(#name); \
    return FaultCalls::fails(fd) ? -1 : real arguments;         \
  }
REGIONS_ON_DESCRIPTOR(fsync, (int fd), (fd))
REGIONS_ON_DESCRIPTOR(fdatasync, (int fd), (fd))
REGIONS_ON_DESCRIPTOR(ftruncate, (int fd, off_t size), (fd, size))
REGIONS_ON_DESCRIPTOR(ftruncate64, (int fd, off64_t size), (fd, size))
REGIONS_ON_DESCRIPTOR(fallocate, (int fd, int mode, off_t at, off_t size), (fd, mode, at, size))
REGIONS_ON_DESCRIPTOR(fallocate64, (int fd, int mode, off64_t at, off64_t size),
                      (fd, mode, at, size))
REGIONS_ON_DESCRIPTOR(fchmod, (int fd, mode_t mode), (fd, mode))

#define REGIONS_ON_PATH(name, parameters, arguments)            \
  int name parameters {                                         \
    static const auto real = next_of<int(*) parameters>(#name); \
    return FaultCalls::fails(path) ? -1 : real arguments;       \
  }
REGIONS_ON_PATH(rename, (const char* from, const char* path), (from, path))
REGIONS_ON_PATH(link, (const char* from, const char* path), (from, path))
REGIONS_ON_PATH(mkdir, (const char* path, mode_t mode), (path, mode))
REGIONS_ON_PATH(chmod, (const char* path, mode_t mode), (path, mode))

}  // extern "C"
