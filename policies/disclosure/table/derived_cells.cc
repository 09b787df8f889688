// What several tables, or several hierarchies, tell together (cell_table.h).
#include <algorithm>
#include <map>

#include "policies/disclosure/table/cell_table.h"
#include "policies/disclosure/table/limits.h"

namespace regions {
namespace {

using Codes = std::vector<std::vector<bool>>;  // by dimension, by code

bool is_within(const Codes& part, const Codes& whole) {
  for (std::size_t k = 0; k < part.size(); ++k) {
    for (std::size_t code = 0; code < part[k].size(); ++code) {
      if (part[k][code] && !whole[k][code]) return false;
    }
  }
  return true;
}

// All codes that either has in this dimension, where both have the same in the others.
Codes joined(const Codes& a, const Codes& b, std::size_t along) {
  Codes both = a;
  for (std::size_t k = 0; k < a.size(); ++k) {
    for (std::size_t code = 0; code < a[k].size(); ++code) {
      both[k][code] = k == along ? a[k][code] || b[k][code] : a[k][code] && b[k][code];
    }
  }
  return both;
}

bool is_among(const Codes& one, const std::vector<Codes>& all) {
  return std::any_of(all.begin(), all.end(),
                     [&](const Codes& other) { return is_within(one, other); });
}

// Of all pairs, and of what these make, until there is nothing new.
Result<std::vector<Codes>> joint_tables(std::vector<Codes> all) {
  const std::size_t own = all.size();
  for (std::size_t at = 1; at < all.size(); ++at) {
    for (std::size_t before = 0; before < at; ++before) {
      for (std::size_t k = 0; k < all[at].size(); ++k) {
        Codes both = joined(all[at], all[before], k);
        if (is_among(both, all)) continue;
        all.push_back(std::move(both));
        if (all.size() - own > kJointTablesMax) {
          return fail(Errc::too_large, "the tables overlap in more than " +
                                           std::to_string(kJointTablesMax) +
                                           " ways; give tables of one dimension the same codes");
        }
      }
    }
  }
  all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(own));
  return all;
}

}  // namespace

Result<void> CellTable::derive() {
  std::vector<Codes> own;
  for (const Closed& table : tables_) own.push_back(table.needed);
  TRY(const std::vector<Codes> joint, joint_tables(std::move(own)));
  std::vector<Closed> derived;
  for (const Closed& table : tables_) {
    Closed pieces = table;
    if (add_pieces(pieces)) derived.push_back(std::move(pieces));
  }
  for (const Codes& codes : joint) {
    Closed table = close({codes});
    add_pieces(table);
    derived.push_back(std::move(table));
  }
  for (Closed& table : derived) {
    for (auto& shown : table.shown) shown.assign(shown.size(), false);
    tables_.push_back(std::move(table));
  }
  return {};
}

bool CellTable::add_pieces(Closed& table) {
  bool any = false;
  for (std::size_t k = 0; k < dimensions_.size(); ++k) any = add_pieces(table, k) || any;
  return any;
}

// Codes of several hierarchies overlap in pieces: leaves that stand in the same ones. Where all
// leaves are there the hierarchies' own sums say everything. And whatever else a total holds whose
// codes need not add up to it is not below 0.
bool CellTable::add_pieces(Closed& table, std::size_t k) {
  const TableDimension& dimension = dimensions_[k];
  const std::vector<bool>& needed = table.needed[k];
  if (dimension.hierarchies() < 2 && !dimension.is_partial()) return false;
  std::map<std::vector<CodeId>, std::size_t> leaves;  // of a piece: how many
  std::vector<std::size_t> size(dimension.size(), 0);
  bool all_there = true;
  for (CodeId leaf = 0; leaf < dimension.size(); ++leaf) {
    if (!dimension.is_leaf(leaf)) continue;
    all_there = all_there && needed[leaf];
    std::vector<CodeId> wholes;
    for (const CodeId code : dimension.above(leaf)) {
      if (!needed[code]) continue;
      wholes.push_back(code);
      ++size[code];
    }
    ++leaves[wholes];
  }
  if (dimension.is_partial()) {
    ++leaves[{TableDimension::kTotal}];
    ++size[TableDimension::kTotal];
  } else if (all_there) {
    return false;
  }
  std::map<CodeId, std::vector<CodeId>> parts;
  for (const auto& [wholes, of] : leaves) {
    const std::size_t count = of;  // clang 14 captures no structured binding
    const auto same = std::find_if(wholes.begin(), wholes.end(),
                                   [&](CodeId code) { return size[code] == count; });
    CodeId piece = same == wholes.end() ? 0 : *same;
    if (same == wholes.end()) {
      Rest rest{wholes, {}};
      for (CodeId code = 0; code < dimension.size(); ++code) {
        if (needed[code] && !std::binary_search(wholes.begin(), wholes.end(), code)) {
          rest.parts.push_back(code);
        }
      }
      piece = rest_id(k, std::move(rest));
      if (std::find(table.codes[k].begin(), table.codes[k].end(), piece) == table.codes[k].end()) {
        table.codes[k].push_back(piece);
      }
    }
    for (const CodeId whole : wholes) {
      if (whole != piece) parts[whole].push_back(piece);
    }
  }
  for (auto& [whole, pieces] : parts) table.sums[k].push_back({whole, std::move(pieces)});
  return true;
}

}  // namespace regions
