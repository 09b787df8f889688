// One dimension of a table: its codes, which of them add up to which, and what a record of a code
// counts for. Several hierarchies over the same codes (regions by county and by size) share them.
//
// Immutable after make(); any thread may read it.
#pragma once

#include <algorithm>
#include <map>
#include <optional>

#include "policies/disclosure/table/code_tree.h"

namespace regions {

using CodeId = std::uint32_t;

class TableDimension {
 public:
  static constexpr CodeId kTotal = 0;

  // `trees` have the same total; the first is the main one, and holds every code of records.
  // invalid_input: a tree that is complete but lacks a leaf of another.
  static Result<TableDimension> make(std::string name, std::vector<CodeTree> trees);

  const std::string& name() const { return name_; }
  std::size_t size() const { return codes_.size(); }
  const std::string& code(CodeId id) const { return codes_[id]; }
  std::optional<CodeId> find(std::string_view code) const;
  // The same; an empty code is the total, as tau-ARGUS writes it.
  std::optional<CodeId> find_or_total(std::string_view code) const {
    return code.empty() ? std::optional(kTotal) : find(code);
  }

  // All codes whose total holds `code`, itself and the total included, ascending.
  const std::vector<CodeId>& above(CodeId code) const { return above_[code]; }
  // Levels below the total in the first tree that has the code.
  std::size_t depth(CodeId code) const { return depth_[code]; }
  std::size_t hierarchies() const { return trees_.size(); }
  // No hierarchy adds up to the total.
  bool is_partial() const {
    return std::none_of(trees_.begin(), trees_.end(), [](const Tree& one) { return one.complete; });
  }
  bool is_leaf(CodeId code) const { return leaf_[code]; }

  // A code and the codes that add up to it.
  struct Sum {
    CodeId total;
    std::vector<CodeId> parts;
  };
  // Sums between codes of `shown` (by code; closed under above()) alone, of every tree. Where parts
  // are missing, `rest` stands for them: a sum names as its last part the id size() + its index.
  struct Sums {
    std::vector<Sum> sums;
    std::vector<CodeId> rests;  // the codes whose rests they are
  };
  Sums sums_of(const std::vector<bool>& shown) const;

 private:
  struct Tree {
    std::vector<std::vector<CodeId>> children;  // by code; empty where the code is a leaf or absent
    bool complete;
  };
  Result<void> check_coverage() const;
  void find_above();

  std::string name_;
  std::vector<std::string> codes_;
  std::map<std::string, CodeId, std::less<>> ids_;
  std::vector<Tree> trees_;
  std::vector<std::vector<CodeId>> above_;
  std::vector<std::size_t> depth_;
  std::vector<bool> leaf_;
};

}  // namespace regions
