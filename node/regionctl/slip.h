// What was probably meant by a command line that does not parse.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace regions {

// "intit: no such command; did you mean init?", or the same for an option; empty when every command
// and option of the line exists.
std::string find_slip(const CLI::App& app, int argc, const char* const* argv);

}  // namespace regions
