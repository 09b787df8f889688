#include "policies/catalogue/toml_document.h"

#include <toml++/toml.h>

#include <algorithm>
#include <exception>
#include <sstream>

namespace regions::toml_detail {
namespace {

std::string joined(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : path + '.' + std::string(key);
}

// Our formats nest three deep. Dotted keys nest the library's tables without any limit of its own,
// so one line of a few thousand dots would exhaust the stack: neither may be deep.
constexpr unsigned kDepthMax = 32;
constexpr std::ptrdiff_t kDotsPerLineMax = 64;

struct TooDeep {
  std::size_t line;
};

Node convert(const toml::node& from, std::string path, unsigned depth) {
  if (depth > kDepthMax) throw TooDeep{from.source().begin.line};
  Node to;
  to.line = from.source().begin.line;
  to.path = std::move(path);
  if (const auto* text = from.as_string()) {
    to.value = text->get();
  } else if (const auto* number = from.as_integer()) {
    to.value = number->get();
  } else if (const auto* fraction = from.as_floating_point()) {
    to.value = fraction->get();
  } else if (const auto* truth = from.as_boolean()) {
    to.value = truth->get();
  } else if (const auto* array = from.as_array()) {
    Node::Array items;
    for (const auto& item : *array) {
      items.push_back(convert(item, to.path + '[' + std::to_string(items.size()) + ']', depth + 1));
    }
    to.value = std::move(items);
  } else if (const auto* table = from.as_table()) {
    Node::Table members;
    for (const auto& [key, value] : *table) {
      // The key's own line: a value that spans lines, or an array of tables, begins elsewhere.
      Node member = convert(value, joined(to.path, key.str()), depth + 1);
      if (key.source().begin.line != 0) member.line = key.source().begin.line;
      members.emplace(key.str(), std::move(member));
    }
    to.value = std::move(members);
  } else {
    to.value = Node::Other{};
  }
  return to;
}

Error too_deep(const std::string& file, std::size_t line) {
  return fail(Errc::invalid_input, file + " line " + std::to_string(line) +
                                       ": nested too deeply; write at most 32 levels of keys");
}

// The number of the first line with more dots than any key of ours has, or 0.
std::size_t line_of_many_dots(std::string_view text) {
  for (std::size_t line = 1; !text.empty(); ++line) {
    const std::string_view here = text.substr(0, text.find('\n'));
    if (std::count(here.begin(), here.end(), '.') > kDotsPerLineMax) return line;
    text.remove_prefix(std::min(text.size(), here.size() + 1));
  }
  return 0;
}

// What to do about a syntax error. A table in braces may not be spread over lines, which other
// formats allow and an array of tables tempts to.
std::string remedy_of(std::string_view description) {
  if (description.find("inline table") == std::string_view::npos) return "correct this line";
  return "a table in braces stands on one line; write [name], or [[name]] for each of several, and "
         "its keys below";
}

}  // namespace

Result<Document> parse_document(std::string_view file, std::string_view text) {
  const std::string name(file);
  if (const std::size_t line = line_of_many_dots(text); line != 0) return too_deep(name, line);
  // The library throws on a syntax error (Debian builds it so); nothing may leak from here.
  try {
    const toml::table top = toml::parse(text, name);
    return Document{name, convert(top, "", 0)};
  } catch (const toml::parse_error& error) {
    return fail(Errc::invalid_input, name + " line " + std::to_string(error.source().begin.line) +
                                         ": not TOML: " + std::string(error.description()) + "; " +
                                         remedy_of(error.description()));
  } catch (const TooDeep& deep) {
    return too_deep(name, deep.line);
  } catch (const std::exception& error) {
    return fail(Errc::invalid_input, name + ": not TOML: " + error.what() + "; correct the file");
  }
}

}  // namespace regions::toml_detail
