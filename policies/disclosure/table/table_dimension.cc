#include "policies/disclosure/table/table_dimension.h"

#include <algorithm>

#include "policies/disclosure/table/limits.h"

namespace regions {

Result<TableDimension> TableDimension::make(std::string name, std::vector<CodeTree> trees) {
  TableDimension made;
  made.name_ = std::move(name);
  for (const CodeTree& tree : trees) {
    std::vector<CodeId> ids;
    std::vector<std::size_t> depths;
    for (std::size_t at = 0; at < tree.nodes.size(); ++at) {
      const std::string& code = tree.nodes[at].code;
      depths.push_back(at == 0 ? 0 : depths[tree.nodes[at].parent] + 1);
      const auto [found, fresh] = made.ids_.emplace(code, made.codes_.size());
      if (fresh) {
        made.codes_.push_back(code);
        made.depth_.push_back(depths.back());
      }
      ids.push_back(found->second);
    }
    Tree own{{}, tree.complete};
    own.children.resize(kCodesPerDimensionMax + 1);
    for (std::size_t at = 1; at < tree.nodes.size(); ++at) {
      own.children[ids[tree.nodes[at].parent]].push_back(ids[at]);
    }
    made.trees_.push_back(std::move(own));
  }
  if (made.codes_.size() > kCodesPerDimensionMax) {
    return fail(Errc::too_large, "dimension " + made.name_ + ": more than 50000 codes");
  }
  made.leaf_.assign(made.codes_.size(), true);
  for (Tree& tree : made.trees_) {
    tree.children.resize(made.codes_.size());
    for (CodeId code = 0; code < made.codes_.size(); ++code) {
      if (!tree.children[code].empty()) made.leaf_[code] = false;
    }
  }
  made.find_above();
  TRY_VOID(made.check_coverage());
  return made;
}

// Every tree that claims to add up to the total must hold every leaf.
Result<void> TableDimension::check_coverage() const {
  for (const Tree& tree : trees_) {
    if (!tree.complete || trees_.size() == 1) continue;
    std::vector<bool> held(size(), false);
    for (const auto& children : tree.children) {
      for (const CodeId child : children) held[child] = true;
    }
    for (CodeId code = 1; code < size(); ++code) {
      if (!leaf_[code] || held[code]) continue;
      return fail(Errc::invalid_input,
                  "dimension " + name_ + ": code '" + codes_[code] +
                      "' stands in one hierarchy and not in another; add it there, or declare "
                      "that other one with partial = true");
    }
  }
  return {};
}

void TableDimension::find_above() {
  above_.resize(size());
  for (CodeId code = 0; code < size(); ++code) above_[code] = {kTotal, code};
  for (const Tree& tree : trees_) {
    // Depth first from the total; `path` holds the codes above.
    std::vector<std::pair<CodeId, std::size_t>> stack{{kTotal, 0}};
    std::vector<CodeId> path;
    while (!stack.empty()) {
      const auto [code, depth] = stack.back();
      stack.pop_back();
      path.resize(depth);
      above_[code].insert(above_[code].end(), path.begin(), path.end());
      path.push_back(code);
      for (const CodeId child : tree.children[code]) stack.push_back({child, depth + 1});
    }
  }
  for (auto& codes : above_) {
    std::sort(codes.begin(), codes.end());
    codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  }
}

std::optional<CodeId> TableDimension::find(std::string_view code) const {
  const auto found = ids_.find(code);
  if (found == ids_.end()) return std::nullopt;
  return found->second;
}

TableDimension::Sums TableDimension::sums_of(const std::vector<bool>& shown) const {
  Sums all;
  for (const Tree& tree : trees_) {
    for (CodeId code = 0; code < size(); ++code) {
      const auto& children = tree.children[code];
      if (!shown[code] || children.empty()) continue;
      if (code == kTotal && !tree.complete) continue;
      Sum sum{code, {}};
      bool whole = true;
      for (const CodeId child : children) {
        if (shown[child]) {
          sum.parts.push_back(child);
        } else {
          whole = false;
        }
      }
      if (sum.parts.empty()) continue;
      if (!whole) {
        sum.parts.push_back(static_cast<CodeId>(size() + all.rests.size()));
        all.rests.push_back(code);
      }
      all.sums.push_back(std::move(sum));
    }
  }
  return all;
}

}  // namespace regions
