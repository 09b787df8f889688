// The home folder of one node: where everything lies, and the lock that one process holds on it.
#pragma once

#include <filesystem>

#include "protocol/base/result.h"
#include "protocol/roster/keyset.h"

namespace regions {

// Paths alone; nothing is opened. DESIGN 7 fixes the names.
class Home {
 public:
  explicit Home(std::filesystem::path dir) : dir_(std::move(dir)) {}
  const std::filesystem::path& dir() const { return dir_; }
  std::filesystem::path config() const { return dir_ / "config.toml"; }
  std::filesystem::path rules() const { return dir_ / "rules.toml"; }
  std::filesystem::path plan() const { return dir_ / "plan.toml"; }
  std::filesystem::path perturbation() const { return dir_ / "perturbation.csv"; }
  std::filesystem::path keys() const { return dir_ / "keys"; }
  std::filesystem::path key(Role role) const;
  std::filesystem::path records() const { return dir_ / "records"; }
  std::filesystem::path shared() const { return dir_ / "shared"; }
  // A copy of what the records say, confidential like them; made again when it is missing.
  std::filesystem::path facts() const { return dir_ / "records.facts"; }
  // Who did what, by the operator's socket or by regionctl itself.
  std::filesystem::path acts() const { return dir_ / "acts.log"; }
  std::filesystem::path rejects() const { return dir_ / "rejects"; }
  std::filesystem::path socket() const { return dir_ / "regiond.sock"; }
  std::filesystem::path lock() const { return dir_ / "lock"; }

  // The node's private key of one role; refused when others may read the file.
  Result<PrivateKey> load_key(Role role) const;

 private:
  std::filesystem::path dir_;
};

// True when `path` or a folder above it is a home (holds a config.toml of ours).
bool is_inside_home(const std::filesystem::path& path);

// Held for as long as the object lives; the kernel frees it when the process dies.
class HomeLock {
 public:
  // busy: another process works on this home. not_found: no home there.
  static Result<HomeLock> take(const Home& home);
  HomeLock(HomeLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  HomeLock& operator=(HomeLock&&) = delete;
  ~HomeLock();

 private:
  explicit HomeLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace regions
