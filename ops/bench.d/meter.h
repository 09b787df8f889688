// How long something took, how much of the processors and how much memory.
#pragma once

#include <string>
#include <vector>

namespace regions::bench {

struct Reading {
  double wall_s = 0;
  double cpu_s = 0;  // of all threads, in user and kernel mode
  long peak_kib = 0;
};

// Of this process, from construction to stop(). The peak is that of the time between, where the
// kernel lets it be reset, else that of the process.
class Meter {
 public:
  Meter();
  Reading stop() const;

 private:
  double wall_, cpu_;
};

// Runs a program to its end. -1 in `status` when it could not be started.
Reading run_program(const std::vector<std::string>& command, int& status);

// One line on standard output: name, wall, CPU, peak in MB, a count; tabs between.
void print(const std::string& name, const Reading& reading, double count);

}  // namespace regions::bench
