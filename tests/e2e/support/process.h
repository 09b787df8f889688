// Child processes of a test: started with posix_spawn, waited for with a deadline, ended by process
// id when the object goes, also when the test fails.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/eventually.h"

namespace regions {

// A folder below the system's temporary folder that goes with the object.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string read_text(const std::filesystem::path& file);
void write_text(const std::filesystem::path& file, const std::string& text);

struct Launch {
  std::vector<std::string> arguments;          // the first is the program
  std::map<std::string, std::string> extra{};  // environment beside this process's own
  std::filesystem::path input = "/dev/null";
  std::filesystem::path output = "/dev/null";
  std::filesystem::path errors = "/dev/null";
  int listener = -1;  // handed to the child as descriptor 3, with LISTEN_FDS
};

class Process {
 public:
  explicit Process(const Launch& launch);
  ~Process();  // SIGKILL to what still runs
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void signal(int number) const;
  // Exit status, or 128 + the signal that ended it; nullopt when `limit` passed.
  std::optional<int> wait(std::chrono::milliseconds limit);
  bool running() { return !wait(std::chrono::milliseconds(0)); }
  int kill();  // SIGKILL, and waits
  int id() const { return pid_; }

 private:
  int pid_ = -1;
  int descriptor_ = -1;
  std::optional<int> status_;
};

struct Ran {
  int status = -1;  // 124 when it had to be ended
  std::string out;
  std::string err;
  std::string text() const { return "exit " + std::to_string(status) + "\n" + out + err; }
};

// Runs to the end; `input` is its standard input.
Ran run(std::vector<std::string> arguments, const std::string& input = "", int limit_seconds = 120);

}  // namespace regions
