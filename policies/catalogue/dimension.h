// A dimension with categories: a code list as it is, or a grouping of one. `region` and the periods
// (`year`, `window`, `programme`) are dimensions too, but have no categories of the catalogue.
//
// Pure values, immutable: any thread may read them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "policies/catalogue/attribute.h"
#include "policies/catalogue/code_list.h"

namespace regions {

inline constexpr std::string_view kRegionDimension = "region";

struct Category {
  std::string code;
  std::string title;
  // The codes of the list that it holds, as declared and in bytewise order; in a hierarchical list
  // each with what lies below it. Empty for the rest group and for _U.
  std::vector<std::string> members;
};

class Dimension {
 public:
  // Every code of the attribute's list is a category. In a hierarchical list that is what was
  // recorded at exactly that level, not the sum of what lies below.
  static Dimension of_list(Attribute attribute, const CodeList& list);
  // Format regions4.grouping/1 over `list`, the list that the document names. A code above the
  // members of groups is too coarse to tell, hence unknown; any other code must be in exactly one
  // group, or in `rest` when there is one. Errors are invalid_input.
  static Result<Dimension> read_grouping(const TomlTable& top, Attribute attribute,
                                         const CodeList& list);

  // "technology", "technology_group", ...
  const std::string& id() const { return id_; }
  const std::string& title() const { return title_; }
  Attribute attribute() const { return attribute_; }
  // Bytewise order of code, then _U: unknown is a category like any other.
  const std::vector<Category>& categories() const { return categories_; }
  // The index of _U.
  std::size_t unknown() const { return categories_.size() - 1; }
  // The index of the category that holds `code`, a code of the attribute's list (NACE in any
  // spelling of nace.h); that of _U when it is empty, unknown or too coarse.
  std::size_t category_of(std::string_view code) const;

 private:
  Dimension(std::string id, std::string title, Attribute attribute, std::vector<Category> groups);

  std::string id_;
  std::string title_;
  Attribute attribute_;
  std::vector<Category> categories_;
  std::map<std::string, std::size_t, std::less<>> category_of_;
};

}  // namespace regions
