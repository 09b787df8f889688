// The parsed tree behind TomlTable: plain values, so that the TOML library is included once only.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocol/base/result.h"

namespace regions::toml_detail {

struct Node {
  // A date or a time: our formats have none.
  struct Other {};
  using Array = std::vector<Node>;
  using Table = std::map<std::string, Node, std::less<>>;
  std::variant<std::string, std::int64_t, double, bool, Array, Table, Other> value;
  std::size_t line = 0;
  std::string path;  // dotted keys from the top; empty for the top
};

struct Document {
  std::string file;
  Node top;
};

// Parses `text`; a syntax error is invalid_input with file and line.
Result<Document> parse_document(std::string_view file, std::string_view text);

}  // namespace regions::toml_detail
