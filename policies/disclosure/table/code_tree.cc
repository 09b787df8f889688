#include "policies/disclosure/table/code_tree.h"

#include <algorithm>
#include <map>
#include <optional>

#include "policies/disclosure/table/limits.h"
#include "protocol/base/bytes.h"

namespace regions {
namespace {

Error wrong(std::string_view file, std::size_t line, std::string_view what,
            std::string_view remedy) {
  std::string text = std::string(file) + " line " + std::to_string(line) + ": ";
  ((text += what) += "; ") += remedy;
  return fail(Errc::invalid_input, std::move(text));
}

std::string quoted(std::string_view code) { return '\'' + std::string(code.substr(0, 64)) + '\''; }

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

struct Line {
  std::size_t number;
  std::size_t depth;
  std::string_view code;
};

// "@@code", "@@ code", "@@;code", "@@,code".
Line read_line(std::size_t number, std::string_view text, std::string_view leading) {
  Line line{number, 0, trimmed(text)};
  while (line.code.starts_with(leading)) {
    line.code.remove_prefix(leading.size());
    ++line.depth;
  }
  if (line.depth > 0 && (line.code.starts_with(';') || line.code.starts_with(','))) {
    line.code.remove_prefix(1);
  }
  line.code = trimmed(line.code);
  if (line.code.size() > 1 && line.code.front() == '"' && line.code.back() == '"') {
    line.code = line.code.substr(1, line.code.size() - 2);
  }
  return line;
}

// Adds nodes and refuses a code that stands in two places.
class TreeMaker {
 public:
  explicit TreeMaker(std::string_view total) {
    tree_.nodes.push_back({std::string(total), 0});
    known_.emplace(total, 0);
  }

  // The node of `code` below `parent`; the parent itself where it has that code. Nothing: the code
  // stands elsewhere already.
  std::optional<std::uint32_t> add(std::string_view code, std::uint32_t parent) {
    if (tree_.nodes[parent].code == code) return parent;
    const auto [found, fresh] =
        known_.emplace(std::string(code), static_cast<std::uint32_t>(tree_.nodes.size()));
    if (!fresh) {
      if (tree_.nodes[found->second].parent == parent) return found->second;
      return std::nullopt;
    }
    tree_.nodes.push_back({std::string(code), parent});
    return found->second;
  }
  bool knows(std::string_view code) const { return known_.contains(code); }
  std::size_t size() const { return tree_.nodes.size(); }
  CodeTree take() { return std::move(tree_); }

 private:
  CodeTree tree_;
  std::map<std::string, std::uint32_t, std::less<>> known_;
};

Result<std::vector<Line>> read_lines(std::string_view file, std::string_view text,
                                     std::string_view leading) {
  if (text.size() > kHierarchyFileBytesMax) {
    return wrong(file, 1, "longer than 4 MiB", "give a hierarchy, a code a line");
  }
  if (!is_valid_utf8(text)) return wrong(file, 1, "not UTF-8", "save the file as UTF-8");
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  std::vector<Line> lines;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    const Line line = read_line(number, text.substr(0, end), leading);
    if (line.code.find('\0') != std::string_view::npos) {
      return wrong(file, number, "a zero byte", "save the file as text");
    }
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.code.empty() && line.depth == 0) continue;
    if (line.code.empty()) return wrong(file, number, "no code", "write one behind the level");
    lines.push_back(line);
  }
  if (lines.empty()) return wrong(file, 1, "no codes", "write a code a line");
  if (lines.size() > kCodesPerDimensionMax) {
    return wrong(file, lines.back().number, "more than 50000 codes", "give fewer");
  }
  return lines;
}

}  // namespace

Result<CodeTree> parse_hrc(std::string_view file, std::string_view text, std::string_view leading,
                           std::string_view total) {
  if (leading.empty()) return wrong(file, 1, "an empty leading string", "write leading = \"@\"");
  TRY(auto lines, read_lines(file, text, leading));
  std::size_t least = lines.front().depth;
  for (const Line& line : lines) least = std::min(least, line.depth);
  const bool has_total = lines.front().code == total && lines.front().depth == least &&
                         std::count_if(lines.begin(), lines.end(),
                                       [&](const Line& line) { return line.depth == least; }) == 1;
  if (has_total) {
    lines.erase(lines.begin());
    ++least;
  }
  TreeMaker tree(total);
  std::vector<std::uint32_t> path{0};  // the nodes above the line, and its last one
  for (const Line& line : lines) {
    const std::size_t depth = line.depth - least;
    if (depth > kHierarchyDepthMax) {
      return wrong(file, line.number, "more than 32 levels", "flatten it");
    }
    if (depth + 1 > path.size()) {
      return wrong(file, line.number,
                   quoted(line.code) + " is more than one level below the line before",
                   "write the levels between");
    }
    path.resize(depth + 1);
    const auto node = tree.add(line.code, path.back());
    const bool repeated = node && *node != path.back() && *node + 1 != tree.size();
    if (!node || repeated) {
      return wrong(file, line.number, quoted(line.code) + " stands twice",
                   "give every code one place");
    }
    path.push_back(*node);
  }
  return tree.take();
}

Result<CodeTree> tree_of_columns(const TextTable& table, const std::vector<std::size_t>& columns,
                                 std::string_view total) {
  TreeMaker tree(total);
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    std::uint32_t parent = 0;
    for (const std::size_t column : columns) {
      const std::string& code = table.rows[row][column];
      if (code.empty()) return table.error(row, column, "empty", "write a code");
      if (code == total) {
        return table.error(row, column, quoted(code) + " is the code of the total",
                           "give the total another code");
      }
      const auto node = tree.add(code, parent);
      if (!node) {
        return table.error(row, column, quoted(code) + " stands below another code elsewhere",
                           "give every code one place");
      }
      parent = *node;
    }
    if (tree.size() > kCodesPerDimensionMax) {
      return table.error(row, columns.back(), "more than 50000 codes", "give fewer");
    }
  }
  return tree.take();
}

Result<CodeTree> tree_of_codes(const std::vector<std::string>& codes,
                               const std::vector<std::size_t>& digits, std::string_view total) {
  TreeMaker tree(total);
  if (codes.size() > kCodesPerDimensionMax) {
    return fail(Errc::too_large, "more than 50000 codes in one dimension");
  }
  for (const std::string& code : codes) {
    if (code == total) continue;
    std::uint32_t parent = 0;
    for (const std::size_t length : digits) {
      if (length >= code.size()) break;
      const auto node = tree.add(std::string_view(code).substr(0, length), parent);
      if (!node) break;
      parent = *node;
    }
    if (!tree.add(code, parent)) {
      return fail(
          Errc::invalid_input,
          "code " + quoted(code) + " stands in two places; correct the digits of the levels");
    }
  }
  return tree.take();
}

}  // namespace regions
