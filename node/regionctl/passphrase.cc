#include "node/regionctl/passphrase.h"

#include <termios.h>
#include <unistd.h>

#include <iostream>

#include "node/base/file.h"
#include "node/base/limits.h"

namespace regions {
namespace {

constexpr std::size_t kPassphraseBytesMin = 8;

// Echo off for as long as the object lives.
class Silence {
 public:
  Silence() {
    ::tcgetattr(STDIN_FILENO, &before_);
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  ~Silence() { ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  termios before_{};
};

std::string type(const char* prompt) {
  const Silence silence;
  std::cerr << prompt;
  std::string line;
  std::getline(std::cin, line);
  std::cerr << "\n";
  return line;
}

Result<std::string> check(std::string passphrase) {
  if (passphrase.size() >= kPassphraseBytesMin) return passphrase;
  return fail(Errc::invalid_input, "passphrase: at least " + std::to_string(kPassphraseBytesMin) +
                                       " characters expected");
}

}  // namespace

Result<std::string> read_passphrase(const std::string& file, bool repeat) {
  if (!file.empty()) {
    TRY(const Bytes text, read_secret_file(file, kPassphraseBytesMax));
    return check(text.substr(0, text.find_first_of("\r\n")));
  }
  if (::isatty(STDIN_FILENO) == 0) {
    return fail(Errc::invalid_input,
                "no terminal to type a passphrase on: give --passphrase-file FILE");
  }
  const std::string first = type("Passphrase of the governance key: ");
  if (repeat && type("The same again: ") != first) {
    return fail(Errc::invalid_input, "the two passphrases differ");
  }
  return check(first);
}

}  // namespace regions
