// The passphrase of a governance key: from a file that only its owner can read, or typed.
#pragma once

#include <string>

#include "protocol/base/result.h"

namespace regions {

// From `file` (its first line) when it is not empty, else typed on the terminal, without echo and,
// with `repeat`, twice. invalid_input: fewer than 8 characters, or no terminal and no file.
Result<std::string> read_passphrase(const std::string& file, bool repeat);

}  // namespace regions
