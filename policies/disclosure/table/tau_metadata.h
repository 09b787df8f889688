// Metadata files of tau-ARGUS (.rda): which variable stands where in a file of records (.asc) or of
// cells (.tab), and what it is.
//
//   <SEPARATOR> ","          fields are separated; else every variable has its place in the line
//   Region 12 2 99           name, first byte (from 1, none with a separator), width, missing codes
//     <RECODEABLE> <TOTCODE> "Total" <HIERCODELIST> "region.hrc" <HIERLEADSTRING> "@"
//
// Pure; bytes in, values out. Errors are invalid_input with file, line and remedy. Tags that are
// known and say nothing about a table's cells (distances, code lists, record keys) are passed over.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/base/result.h"

namespace regions {

// The roles of variables that a table reads by itself; weights, holdings and costs are asked for by
// a job, so that the specification names their columns.
enum class TauRole { other, dimension, numeric, frequency, largest, status, lower, upper };

struct TauVariable {
  std::string name;
  std::size_t line = 0;              // of the metadata
  std::size_t start = 0, width = 0;  // bytes; start from 1, 0 where fields are separated
  std::vector<std::string> missing;
  TauRole role = TauRole::other;
  std::string total;                     // code of the total; empty: not said
  std::string hierarchy, leading = "@";  // file
  std::vector<std::size_t> digits;       // of the levels, those of the code so far
};

struct TauMetadata {
  std::optional<char> separator;
  std::string safe, unsafe, published;  // codes of the status; empty: not said
  std::vector<TauVariable> variables;
};

Result<TauMetadata> parse_tau_metadata(std::string_view file, std::string_view text);

}  // namespace regions
