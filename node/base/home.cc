#include "node/base/home.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "node/base/file.h"
#include "node/base/limits.h"

namespace regions {

std::filesystem::path Home::key(Role role) const {
  switch (role) {
    case Role::statement:
      return keys() / "statement.pem";
    case Role::log:
      return keys() / "log.pem";
    case Role::witness:
      return keys() / "witness.pem";
    case Role::tls:
      return keys() / "tls.pem";
    default:
      break;
  }
  CHECK(false);  // governance keys are never inside a home
  return {};
}

Result<PrivateKey> Home::load_key(Role role) const {
  TRY(const Bytes pem, read_secret_file(key(role), kKeyFileBytesMax));
  auto loaded = PrivateKey::from_pem(pem, "");
  if (!loaded) return loaded.error().in(key(role).string());
  return loaded;
}

bool is_inside_home(const std::filesystem::path& path) {
  std::error_code ignored;
  // Absolute first: a bare name that does not exist yet stays relative otherwise.
  const auto whole = std::filesystem::absolute(path, ignored);
  auto folder = std::filesystem::weakly_canonical(whole, ignored);
  if (ignored) folder = whole;
  for (;; folder = folder.parent_path()) {
    if (std::filesystem::exists(folder / "config.toml", ignored) &&
        std::filesystem::exists(folder / "keys", ignored)) {
      return true;
    }
    if (folder == folder.parent_path()) return false;
  }
}

Result<HomeLock> HomeLock::take(const Home& home) {
  std::error_code error;
  const bool exists = std::filesystem::exists(home.config(), error);
  if (error) {
    return fail(Errc::io, home.config().string() + ": " + error.message() +
                              "; work as the user who owns the home");
  }
  if (!exists) {
    return fail(Errc::not_found, home.dir().string() +
                                     ": not a home (no config.toml); make one with "
                                     "regionctl init");
  }
  const int fd = ::open(home.lock().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return fail(Errc::io, home.lock().string() + ": " + std::strerror(errno));
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    ::close(fd);
    return fail(Errc::busy, home.dir().string() + ": another process works on this home");
  }
  return HomeLock(fd);
}

HomeLock::~HomeLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace regions
