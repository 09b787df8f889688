// What stands below a table: its marks, and why its figures do not add up.
//
// Pure; any thread.
#pragma once

#include <string>

#include "node/federation/answer.h"

namespace regions {

// Lines of a terminal's width.
std::string legend(const Answer& answer);

}  // namespace regions
