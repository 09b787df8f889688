// Reads a grouping and finds the group of every code of its list.
#include <algorithm>
#include <set>

#include "policies/catalogue/dimension.h"

namespace regions {
namespace {

constexpr std::size_t kDimensionIdBytesMax = 32;

bool is_dimension_id(std::string_view id) {
  return !id.empty() && id.size() <= kDimensionIdBytesMax && id[0] >= 'a' && id[0] <= 'z' &&
         std::all_of(id.begin(), id.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

struct Declared {
  Category category;
  TomlTable table;
};

Result<Declared> read_group(const TomlTable& table, bool has_members) {
  Declared group{{}, table};
  TRY(group.category.code, read_code(table, "code"));
  TRY(group.category.title, table.string("title"));
  if (!has_members) {
    TRY_VOID(table.refuse_unknown_keys({"code", "title"}));
    return group;
  }
  TRY_VOID(table.refuse_unknown_keys({"code", "title", "members"}));
  TRY(group.category.members, table.strings("members"));
  if (group.category.members.empty()) {
    return table.error("members", "empty", "name at least one code, or write this group as [rest]");
  }
  std::sort(group.category.members.begin(), group.category.members.end());
  return group;
}

// The groups and the rest group, bytewise order of code.
Result<std::vector<Declared>> read_groups(const TomlTable& top) {
  std::vector<Declared> groups;
  TRY(const auto tables, top.tables("group"));
  for (const TomlTable& table : tables) {
    TRY(Declared group, read_group(table, true));
    groups.push_back(std::move(group));
  }
  TRY(const auto rest, top.optional_table("rest"));
  if (rest) {
    TRY(Declared group, read_group(*rest, false));
    groups.push_back(std::move(group));
  }
  std::stable_sort(groups.begin(), groups.end(), [](const Declared& a, const Declared& b) {
    return a.category.code < b.category.code;
  });
  const auto twice = std::adjacent_find(
      groups.begin(), groups.end(),
      [](const Declared& a, const Declared& b) { return a.category.code == b.category.code; });
  if (twice != groups.end()) {
    return (twice + 1)->table.error("code", "a second group '" + twice->category.code + "'",
                                    "merge the two");
  }
  return groups;
}

class Assignment {
 public:
  explicit Assignment(const CodeList& list) : list_(list) {}

  Result<void> declare(const Declared& group, std::size_t index) {
    for (const std::string& member : group.category.members) {
      if (!list_.contains(member)) {
        return group.table.error("members",
                                 "'" + member + "' is not in code list '" + list_.id() + "'",
                                 "did you mean '" + std::string(list_.nearest_to(member)) + "'?");
      }
      if (!declared_.emplace(member, index).second) return in_two(group, member);
    }
    return {};
  }

  // No declared code may lie below another: it would be in two groups.
  Result<void> check_disjoint(const Declared& group) {
    for (const std::string& member : group.category.members) {
      for (const Code* at = above(member); at != nullptr; at = above(at->code)) {
        if (declared_.contains(at->code)) return in_two(group, member);
        too_coarse_.insert(at->code);
      }
    }
    return {};
  }

  // nullopt: in no group.
  std::optional<std::size_t> group_of(std::string_view code) const {
    for (const Code* at = list_.find(code); at != nullptr; at = list_.find(at->parent)) {
      if (const auto found = declared_.find(at->code); found != declared_.end()) {
        return found->second;
      }
    }
    return std::nullopt;
  }

  bool is_too_coarse(const std::string& code) const { return too_coarse_.contains(code); }

 private:
  const Code* above(std::string_view code) const { return list_.find(list_.find(code)->parent); }

  static Error in_two(const Declared& group, const std::string& member) {
    return group.table.error("members", "'" + member + "' is in two groups, or twice in one",
                             "leave it, or what lies above it, out of one of them");
  }

  const CodeList& list_;
  std::map<std::string, std::size_t, std::less<>> declared_;
  std::set<std::string, std::less<>> too_coarse_;  // above a declared code
};

}  // namespace

Result<Dimension> Dimension::read_grouping(const TomlTable& top, Attribute attribute,
                                           const CodeList& list) {
  TRY_VOID(top.refuse_unknown_keys({"format", "id", "list", "title", "group", "rest"}));
  TRY(const std::string id, top.string("id"));
  if (!is_dimension_id(id)) {
    return top.error("id", "not a dimension id",
                     "write 1 to 32 of a-z, 0-9 and '_', a letter first");
  }
  TRY(const std::string title, top.string("title"));
  TRY(const auto groups, read_groups(top));
  Assignment assignment(list);
  std::optional<std::size_t> rest;
  std::vector<Category> categories;
  for (const Declared& group : groups) {
    if (group.category.members.empty()) rest = categories.size();
    TRY_VOID(assignment.declare(group, categories.size()));
    categories.push_back(group.category);
  }
  for (const Declared& group : groups) TRY_VOID(assignment.check_disjoint(group));
  Dimension out(id, title, attribute, std::move(categories));
  for (const Code& code : list.codes()) {
    if (assignment.is_too_coarse(code.code)) continue;
    auto group = assignment.group_of(code.code);
    if (!group) group = rest;
    if (!group) {
      return top.error("group", "'" + code.code + "' of list '" + list.id() + "' is in no group",
                       "add it to one, or add [rest]");
    }
    out.category_of_.emplace(code.code, *group);
  }
  return out;
}

}  // namespace regions
