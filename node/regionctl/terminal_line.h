// One line on a terminal that says how far long work has come, over and over. Where standard error
// is no terminal, nothing.
#pragma once

#include <unistd.h>

#include <iostream>
#include <string>

#include "node/base/clock.h"

namespace regions {

class TerminalLine {
 public:
  TerminalLine() = default;
  TerminalLine(const TerminalLine&) = delete;
  TerminalLine& operator=(const TerminalLine&) = delete;
  ~TerminalLine() {
    if (shown_) std::cerr << "\n";
  }

  // Whether the line is due: a second after the last one.
  bool is_due() {
    if (::isatty(STDERR_FILENO) == 0 || clock_.steady_ms() - said_ms_ < 1000) return false;
    said_ms_ = clock_.steady_ms();
    return true;
  }
  void say(const std::string& text) {
    std::cerr << "\r" << text << kEraseRest << std::flush;
    shown_ = true;
  }

 private:
  static constexpr std::string_view kEraseRest = "\x1b[K";  // ECMA-48: EL
  SystemClock clock_;
  std::int64_t said_ms_ = clock_.steady_ms();
  bool shown_ = false;
};

}  // namespace regions
