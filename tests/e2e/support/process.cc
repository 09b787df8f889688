#include "tests/e2e/support/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "protocol/base/check.h"

namespace regions {
namespace {

namespace fs = std::filesystem;
using Clock_ = std::chrono::steady_clock;

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> out;
  for (std::string& word : words) out.push_back(word.data());
  out.push_back(nullptr);
  return out;
}

std::vector<std::string> environment_with(const Launch& launch) {
  std::vector<std::string> out;
  for (char** entry = environ; *entry != nullptr; ++entry) out.emplace_back(*entry);
  for (const auto& [name, value] : launch.extra) out.push_back(name + "=" + value);
  if (launch.listener >= 0) out.emplace_back("LISTEN_FDS=1");
  return out;
}

}  // namespace

TempFolder::TempFolder() {
  std::string name = (fs::temp_directory_path() / "regions4-XXXXXX").string();
  CHECK(::mkdtemp(name.data()) != nullptr);
  path_ = name;
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string read_text(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_text(const fs::path& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << text;
  CHECK(out.flush());
}

// setpriv: a child does not outlive a test that was killed outright.
Process::Process(const Launch& launch) {
  std::vector<std::string> words = {"setpriv", "--pdeathsig", "KILL"};
  words.insert(words.end(), launch.arguments.begin(), launch.arguments.end());
  std::vector<std::string> environment = environment_with(launch);
  posix_spawn_file_actions_t files;
  CHECK(posix_spawn_file_actions_init(&files) == 0);
  posix_spawn_file_actions_addopen(&files, 0, launch.input.c_str(), O_RDONLY, 0);
  const int flags = O_WRONLY | O_CREAT | O_APPEND;
  posix_spawn_file_actions_addopen(&files, 1, launch.output.c_str(), flags, 0600);
  posix_spawn_file_actions_addopen(&files, 2, launch.errors.c_str(), flags, 0600);
  if (launch.listener >= 0) posix_spawn_file_actions_adddup2(&files, launch.listener, 3);
  const int failed = ::posix_spawnp(&pid_, words[0].c_str(), &files, nullptr,
                                    pointers(words).data(), pointers(environment).data());
  posix_spawn_file_actions_destroy(&files);
  CHECK(failed == 0);
  descriptor_ = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
  CHECK(descriptor_ >= 0);
}

Process::~Process() {
  kill();
  ::close(descriptor_);
}

void Process::signal(int number) const {
  if (!status_) ::kill(pid_, number);
}

std::optional<int> Process::wait(std::chrono::milliseconds limit) {
  if (status_) return status_;
  pollfd ended{descriptor_, POLLIN, 0};
  if (::poll(&ended, 1, static_cast<int>(limit.count())) <= 0) return std::nullopt;
  int status = 0;
  CHECK(::waitpid(pid_, &status, 0) == pid_);
  status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return status_;
}

int Process::kill() {
  signal(SIGKILL);
  return *wait(seconds(60));
}

Ran run(std::vector<std::string> arguments, const std::string& input, int limit_seconds) {
  const TempFolder folder;
  Launch launch{std::move(arguments)};
  launch.input = folder.path() / "in";
  launch.output = folder.path() / "out";
  launch.errors = folder.path() / "err";
  write_text(launch.input, input);
  Process process(launch);
  auto status = process.wait(seconds(limit_seconds));
  if (!status) {
    process.kill();
    status = 124;
  }
  return {*status, read_text(launch.output), read_text(launch.errors)};
}

}  // namespace regions
