#include "policies/catalogue/toml_reader.h"

#include <algorithm>
#include <cmath>

#include "policies/catalogue/toml_document.h"

namespace regions {
namespace {

using toml_detail::Document;
using toml_detail::Node;

const Node::Table& members(const Node& node) { return std::get<Node::Table>(node.value); }

std::string quoted(std::string_view word) { return '\'' + std::string(word) + '\''; }

std::string joined(const std::vector<std::string_view>& words) {
  std::string out;
  for (std::string_view word : words) out += (out.empty() ? "" : ", ") + std::string(word);
  return out;
}

Error wrong(const Document& document, const Node& node, std::string_view what,
            std::string_view remedy) {
  std::string text = document.file;
  text += " line " + std::to_string(node.line) + ": ";
  if (!node.path.empty()) text += node.path + ": ";
  text += what;
  text += "; ";
  text += remedy;
  return fail(Errc::invalid_input, std::move(text));
}

// The value of `node`, which is a T, or an error that shows how to write one.
template <class T>
Result<const T*> value_of(const Document& document, const Node& node, std::string_view expected,
                          std::string_view example) {
  if (const auto* value = std::get_if<T>(&node.value)) return value;
  const std::size_t dot = node.path.rfind('.');
  const std::string key = dot == std::string::npos ? node.path : node.path.substr(dot + 1);
  return wrong(document, node, std::string(expected) + " expected",
               "write " + key + " = " + std::string(example));
}

constexpr std::string_view kStringExample = "\"text\"";
constexpr std::string_view kDecimalExample = "1.25";
constexpr std::string_view kBooleanExample = "true";
constexpr std::string_view kStringsExample = "[\"a\", \"b\"]";
constexpr std::string_view kTableExample = "{ ... }";

// 225 with two decimals is "2.25". Not for negative numbers.
std::string decimal_text(std::int64_t value, unsigned decimals) {
  std::string text = std::to_string(value);
  if (decimals == 0) return text;
  if (text.size() <= decimals) text.insert(0, decimals + 1 - text.size(), '0');
  return text.insert(text.size() - decimals, ".");
}

// "dimension." of "dimension[2]": what stands in brackets above the keys of a table.
std::string without_places(std::string_view path) {
  std::string names;
  bool place = false;
  for (const char c : path) {
    if (c == '[') place = true;
    if (!place) names += c;
    if (c == ']') place = false;
  }
  return names.empty() ? names : names + '.';
}

}  // namespace

Result<TomlTable> TomlTable::parse(std::string_view file, std::string_view text) {
  if (text.size() > kTomlBytesMax) {
    return fail(Errc::invalid_input, std::string(file) + ": longer than 1 MiB; give a TOML file");
  }
  TRY(auto parsed, toml_detail::parse_document(file, text));
  auto document = std::make_shared<const Document>(std::move(parsed));
  const Node* top = &document->top;
  return TomlTable(std::move(document), top);
}

const Node* TomlTable::find(std::string_view key) const {
  const auto found = members(*node_).find(key);
  return found == members(*node_).end() ? nullptr : &found->second;
}

Error TomlTable::error(std::string_view key, std::string_view what, std::string_view remedy) const {
  if (const Node* node = find(key)) return wrong(*document_, *node, what, remedy);
  Node here;
  here.line = node_->line;
  here.path = node_->path.empty() ? std::string(key) : node_->path + '.' + std::string(key);
  return wrong(*document_, here, what, remedy);
}

Result<const Node*> TomlTable::require(std::string_view key, std::string_view example) const {
  if (const Node* node = find(key)) return node;
  return error(key, "missing", "add " + std::string(key) + " = " + std::string(example));
}

Result<std::string> TomlTable::string(std::string_view key) const {
  TRY(const Node* node, require(key, kStringExample));
  TRY(const auto* value, value_of<std::string>(*document_, *node, "a text", kStringExample));
  return *value;
}

Result<std::int64_t> TomlTable::integer(std::string_view key, std::int64_t min,
                                        std::int64_t max) const {
  TRY(const Node* node, require(key, std::to_string(min)));
  const std::string range = " from " + std::to_string(min) + " to " + std::to_string(max);
  const auto* value = std::get_if<std::int64_t>(&node->value);
  if (value == nullptr) return error(key, "a whole number expected", "write one" + range);
  if (*value >= min && *value <= max) return *value;
  return error(key, std::to_string(*value) + " is out of range", "write a number" + range);
}

Result<std::int64_t> TomlTable::decimal(std::string_view key, unsigned decimals, std::int64_t min,
                                        std::int64_t max) const {
  TRY(const Node* node, require(key, kDecimalExample));
  const auto* whole = std::get_if<std::int64_t>(&node->value);
  const auto* fraction = std::get_if<double>(&node->value);
  if (whole == nullptr && fraction == nullptr) {
    return error(key, "a number expected",
                 "write " + std::string(key) + " = " + std::string(kDecimalExample));
  }
  const double unit = std::pow(10.0, decimals);
  const double scaled = (whole != nullptr ? static_cast<double>(*whole) : *fraction) * unit;
  // Written so that a NaN is out of range too.
  if (!(scaled >= static_cast<double>(min) && scaled <= static_cast<double>(max))) {
    return error(key, "out of range",
                 "write a number from " + decimal_text(min, decimals) + " to " +
                     decimal_text(max, decimals));
  }
  // A decimal of the file and its nearest double differ by far less.
  constexpr double kRoundingError = 1e-6;
  if (std::abs(scaled - std::round(scaled)) > kRoundingError) {
    return error(key, "more than " + std::to_string(decimals) + " decimals", "round it");
  }
  return std::llround(scaled);
}

Result<bool> TomlTable::boolean(std::string_view key) const {
  TRY(const Node* node, require(key, kBooleanExample));
  TRY(const auto* value, value_of<bool>(*document_, *node, "true or false", kBooleanExample));
  return *value;
}

Result<std::vector<std::string>> TomlTable::strings(std::string_view key) const {
  TRY(const Node* node, require(key, kStringsExample));
  TRY(const auto* items,
      value_of<Node::Array>(*document_, *node, "an array of texts", kStringsExample));
  std::vector<std::string> out;
  for (const Node& item : *items) {
    if (!std::holds_alternative<std::string>(item.value)) {
      return wrong(*document_, item, "a text expected", "put it in quotes");
    }
    out.push_back(std::get<std::string>(item.value));
  }
  return out;
}

Result<std::vector<std::int64_t>> TomlTable::integers(std::string_view key, std::int64_t min,
                                                      std::int64_t max) const {
  const std::string example = "[" + std::to_string(min) + "]";
  TRY(const Node* node, require(key, example));
  TRY(const auto* items,
      value_of<Node::Array>(*document_, *node, "an array of whole numbers", example));
  std::vector<std::int64_t> out;
  for (const Node& item : *items) {
    const auto* value = std::get_if<std::int64_t>(&item.value);
    if (value == nullptr || *value < min || *value > max) {
      return wrong(*document_, item, "a whole number expected",
                   "write one from " + std::to_string(min) + " to " + std::to_string(max));
    }
    out.push_back(*value);
  }
  return out;
}

Result<TomlTable> TomlTable::table(std::string_view key) const {
  TRY(const Node* node, require(key, kTableExample));
  TRY_VOID(value_of<Node::Table>(*document_, *node, "a table", kTableExample));
  return TomlTable(document_, node);
}

Result<std::vector<TomlTable>> TomlTable::tables(std::string_view key) const {
  const std::string remedy = "write [[" + without_places(node_->path) + std::string(key) +
                             "]] above the keys of each, a key a line";
  const Node* node = find(key);
  if (node == nullptr) return error(key, "missing", remedy);
  const auto* items = std::get_if<Node::Array>(&node->value);
  if (items == nullptr) return error(key, "several tables expected", remedy);
  std::vector<TomlTable> out;
  for (const Node& item : *items) {
    if (!std::holds_alternative<Node::Table>(item.value)) {
      return wrong(*document_, item, "a table expected", remedy);
    }
    out.push_back(TomlTable(document_, &item));
  }
  return out;
}

Result<std::string> TomlTable::one_of(std::string_view key,
                                      const std::vector<std::string_view>& allowed) const {
  TRY(std::string value, string(key));
  if (std::find(allowed.begin(), allowed.end(), value) != allowed.end()) return value;
  return error(key,
               "unknown value " + quoted(value) + "; nearest: " + quoted(nearest(value, allowed)),
               "write one of: " + joined(allowed));
}

Result<std::string> TomlTable::string_or(std::string_view key, std::string_view absent) const {
  if (!has(key)) return std::string(absent);
  return string(key);
}

Result<std::int64_t> TomlTable::integer_or(std::string_view key, std::int64_t min, std::int64_t max,
                                           std::int64_t absent) const {
  if (!has(key)) return absent;
  return integer(key, min, max);
}

Result<bool> TomlTable::boolean_or(std::string_view key, bool absent) const {
  if (!has(key)) return absent;
  return boolean(key);
}

Result<std::vector<std::string>> TomlTable::strings_or(std::string_view key,
                                                       std::vector<std::string> absent) const {
  if (!has(key)) return absent;
  return strings(key);
}

Result<std::optional<std::string>> TomlTable::optional_string(std::string_view key) const {
  if (!has(key)) return std::optional<std::string>();
  TRY(std::string value, string(key));
  return std::optional(std::move(value));
}

Result<std::optional<TomlTable>> TomlTable::optional_table(std::string_view key) const {
  if (!has(key)) return std::optional<TomlTable>();
  TRY(TomlTable value, table(key));
  return std::optional(std::move(value));
}

Result<std::vector<TomlTable>> TomlTable::tables_or_none(std::string_view key) const {
  if (!has(key)) return std::vector<TomlTable>();
  return tables(key);
}

bool TomlTable::has(std::string_view key) const { return find(key) != nullptr; }

bool TomlTable::is_table(std::string_view key) const {
  const Node* node = find(key);
  return node != nullptr && std::holds_alternative<Node::Table>(node->value);
}

std::vector<std::string> TomlTable::keys() const {
  std::vector<std::string> out;
  for (const auto& [key, value] : members(*node_)) out.push_back(key);
  return out;
}

Result<void> TomlTable::refuse_unknown_keys(std::initializer_list<std::string_view> known) const {
  return refuse_unknown_keys(std::vector<std::string_view>(known));
}

Result<void> TomlTable::refuse_unknown_keys(const std::vector<std::string_view>& known) const {
  for (const auto& [key, value] : members(*node_)) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    const std::string_view near = nearest(key, known);
    return error(key, "unknown key " + quoted(key),
                 near.empty() ? std::string("remove it") : "did you mean " + quoted(near) + "?");
  }
  return {};
}

Result<void> check_format(const TomlTable& top, std::string_view expected) {
  TRY(const std::string format, top.string("format"));
  if (format == expected) return {};
  const std::string_view family = expected.substr(0, expected.rfind('/') + 1);
  if (std::string_view(format).starts_with(family)) {
    return top.error("format",
                     quoted(format) + " is not known to this version, only " + quoted(expected),
                     "install a newer version");
  }
  return top.error("format", quoted(format) + " is another kind of file",
                   "write format = \"" + std::string(expected) + "\"");
}

}  // namespace regions
