// The files that a specification names, as the caller read them.
#pragma once

#include <map>

#include "policies/disclosure/task/spec.h"

namespace regions {

struct TaskFiles {
  std::map<std::string, TextTable> tables;   // cells, records, correspondences, prior releases
  std::map<std::string, std::string> texts;  // hierarchies and a priori files, as they are
};

}  // namespace regions
