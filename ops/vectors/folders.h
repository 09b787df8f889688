// Every folder of a set of published vectors, through the product's own code.
#pragma once

#include <filesystem>

#include "ops/vectors/outcome.h"

namespace regions::vectors {

struct FolderReport {
  std::string folder;
  std::vector<Outcome> outcomes;

  std::size_t count(Verdict verdict) const;
};

// One report per folder of `dir`, in the order of their names; files beside the folders are no
// vectors. A folder that is not known, or has no vector, has a failed outcome. io: not a folder.
Result<std::vector<FolderReport>> run_folders(const std::filesystem::path& dir);

}  // namespace regions::vectors
