// Hierarchies of codes, in the forms of the field: `.hrc` files of tau-ARGUS, level-and-code lists
// of sdcTable, correspondence tables (a column a level) and the digits of the codes themselves.
// Pure; texts in, trees out. Errors are invalid_input with file and line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policies/disclosure/table/text_table.h"

namespace regions {

struct CodeTree {
  struct Node {
    std::string code;
    std::uint32_t parent;  // index, below this node's own; the total is its own parent
  };
  std::vector<Node> nodes;  // [0] is the total
  // The codes right below the total add up to it. Not so for a list of further aggregates.
  bool complete = true;
};

// A code a line behind as many leading strings as it is levels deep; blanks around are no part of
// it. Forms accepted: with or without a line for the total; every line one level deeper ("@A" at
// the top); "@@;code" and "@@,code". A child with its parent's code is that parent.
Result<CodeTree> parse_hrc(std::string_view file, std::string_view text, std::string_view leading,
                           std::string_view total);

// One row per leaf, `columns` from coarse to fine. A code equal to the one before it is the same.
Result<CodeTree> tree_of_columns(const TextTable& table, const std::vector<std::size_t>& columns,
                                 std::string_view total);

// Codes as they come, each below the total, or below the code of its first digits: digits {1, 2}
// puts 123 below 1.
Result<CodeTree> tree_of_codes(const std::vector<std::string>& codes,
                               const std::vector<std::size_t>& digits, std::string_view total);

}  // namespace regions
