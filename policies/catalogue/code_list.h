// A code list of the catalogue: which codes exist, which contains which, and which carry a flag.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policies/catalogue/toml_reader.h"

namespace regions {

struct Code {
  std::string code;
  std::string parent;  // the code one level up; empty in a flat list
  std::string title;
  std::vector<std::string> flags;  // those that are true, bytewise order
};

class CodeList {
 public:
  // A TOML document of format regions4.codes/1; its codes are flat.
  static Result<CodeList> read(const TomlTable& top);
  // NACE Rev. 2, id "nace", version "rev2", with its levels.
  static CodeList nace_rev2();

  const std::string& id() const { return id_; }
  const std::string& version() const { return version_; }
  // Bytewise order of the code.
  const std::vector<Code>& codes() const { return codes_; }
  // The names of the flags that a code of this list can carry.
  const std::vector<std::string>& flags() const { return flags_; }

  // nullptr when there is no such code.
  const Code* find(std::string_view code) const;
  bool contains(std::string_view code) const { return find(code) != nullptr; }
  // False for an unknown code.
  bool has_flag(std::string_view code, std::string_view flag) const;
  // True when `code` is known and is `ancestor` or lies below it.
  bool is_within(std::string_view code, std::string_view ancestor) const;
  // The code most like `word`, for error messages.
  std::string_view nearest_to(std::string_view word) const;

 private:
  std::string id_;
  std::string version_;
  std::vector<std::string> flags_;
  std::vector<Code> codes_;
};

// The code of a category or of a list's entry: 1 to 64 of a-z, A-Z, 0-9, '-', '.' and '_', not
// beginning with '_', which is reserved for _U and _T; else invalid_input.
Result<std::string> read_code(const TomlTable& table, std::string_view key);

}  // namespace regions
