// A small catalogue for a test: its own files, and the built-in code list of every other attribute.
#pragma once

#include <algorithm>

#include "policies/catalogue/indicator.h"

namespace regions {

// Adds each built-in code list whose id no text of `sources` gives itself.
inline Catalogue::Sources with_builtin_lists(Catalogue::Sources sources) {
  const std::size_t given = sources.size();
  for (const auto& [file, text] : Catalogue::builtin_sources()) {
    if (!file.starts_with("codes/")) continue;
    const std::size_t at = text.find("\nid = ");
    const std::string_view id = text.substr(at, text.find('\n', at + 1) - at);
    const bool replaced = std::any_of(sources.begin(), sources.begin() + given, [&](const auto& s) {
      return s.second.find(id) != std::string_view::npos;
    });
    if (!replaced) sources.emplace_back(file, text);
  }
  return sources;
}

}  // namespace regions
