// A worked case of another tool, loaded as the command loads a specification and its files.
#pragma once

#include <gtest/gtest.h>

#include "node/tables/table_files.h"
#include "policies/disclosure/task/protect.h"
#include "tests/support/result_matchers.h"
#include "tests/support/shared.h"

namespace regions {

struct Case {
  DisclosureSpec spec;
  BuiltTable built;

  static Result<Case> load(const std::string& folder, const std::string& toml) {
    return load_from(shared_dir() / "cases/sdc" / folder, toml);
  }
  static Result<Case> load_from(const std::filesystem::path& folder, const std::string& toml) {
    TRY(DisclosureSpec spec,
        parse_disclosure_spec("SPEC.toml", "format = \"regions4.disclosure/1\"\n" + toml));
    TRY_VOID(complete_spec(spec, folder));
    TRY(const TaskFiles files, read_task_files(spec, folder));
    TRY(BuiltTable built, build_table(spec, files));
    return Case{std::move(spec), std::move(built)};
  }

  // "A,female" of the cells for which `wanted` holds.
  template <class Wanted>
  std::vector<std::string> names(Wanted wanted) const {
    std::vector<std::string> all;
    for (CellId cell = 0; cell < built.table.cells().size(); ++cell) {
      if (!wanted(cell)) continue;
      std::string name;
      const auto& codes = built.table.cells()[cell].codes;
      for (std::size_t k = 0; k < codes.size(); ++k) {
        name += (k == 0 ? "" : ",") + built.table.code(k, codes[k]);
      }
      all.push_back(name);
    }
    return all;
  }
  std::vector<std::string> unsafe(Convention convention) const {
    const auto made = assemble(spec, built, convention, "");
    return names([&](CellId cell) { return made->states[cell].verdict.has_value(); });
  }
  std::vector<std::string> withheld(const Pattern& pattern) const {
    return names([&](CellId cell) { return pattern[cell] && built.table.cells()[cell].shown; });
  }
};

}  // namespace regions
