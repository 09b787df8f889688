#include "ops/bench.d/meter.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <ctime>
#include <fstream>

namespace regions::bench {
namespace {

double seconds_of(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

// "VmHWM:   123 kB" of this process.
long peak_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    long kib = 0;
    if (word == "VmHWM:" && status >> kib) return kib;
  }
  return 0;
}

}  // namespace

Meter::Meter() {
  std::ofstream("/proc/self/clear_refs") << '5';
  wall_ = seconds_of(CLOCK_MONOTONIC);
  cpu_ = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
}

Reading Meter::stop() const {
  return {seconds_of(CLOCK_MONOTONIC) - wall_, seconds_of(CLOCK_PROCESS_CPUTIME_ID) - cpu_,
          peak_kib()};
}

Reading run_program(const std::vector<std::string>& command, int& status) {
  std::vector<char*> words;
  for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  const double begin = seconds_of(CLOCK_MONOTONIC);
  const pid_t child = ::fork();
  if (child == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);    // a run that is interrupted takes it along
    ::dup2(STDERR_FILENO, STDOUT_FILENO);  // standard output is for readings
    ::execvp(words[0], words.data());
    ::_exit(127);
  }
  rusage used{};
  int ended = 0;
  if (child < 0 || ::wait4(child, &ended, 0, &used) != child) {
    status = -1;
    return {};
  }
  status = WIFEXITED(ended) ? WEXITSTATUS(ended) : -1;
  return {seconds_of(CLOCK_MONOTONIC) - begin,
          seconds_of(used.ru_utime) + seconds_of(used.ru_stime), used.ru_maxrss};
}

void print(const std::string& name, const Reading& reading, double count) {
  std::printf("%s\t%.4f\t%.4f\t%.1f\t%.0f\n", name.c_str(), reading.wall_s, reading.cpu_s,
              static_cast<double>(reading.peak_kib) / 1024, count);
  std::fflush(stdout);
}

}  // namespace regions::bench
