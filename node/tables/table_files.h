// Reads the files that a specification of tables names. Belongs to no node: needs no home, and the
// records never leave the process.
#pragma once

#include <filesystem>

#include "policies/disclosure/task/task_files.h"

namespace regions {

// One text table. `columns` names those of a file without a header line; empty: the first line
// does. Separator absent: the one of , ; tab and | that the first line has most of. Blanks around
// fields are no part of them. invalid_input names file and line; too_large, not_found, io.
Result<TextTable> read_text_table(const std::filesystem::path& path, const std::string& name,
                                  std::optional<char> separator,
                                  const std::vector<std::string>& columns);

// The same where every field has its place in the line, as in the .asc files of tau-ARGUS.
Result<TextTable> read_placed_table(const std::filesystem::path& path, const std::string& name,
                                    const std::vector<std::string>& columns,
                                    const std::vector<InputSpec::Place>& places);

// Adds what the metadata say that the specification names, if any.
Result<void> complete_spec(DisclosureSpec& spec, const std::filesystem::path& folder);

// All files of the specification, relative names beside it in `folder`.
Result<TaskFiles> read_task_files(const DisclosureSpec& spec, const std::filesystem::path& folder);

}  // namespace regions
