// Strict reading of TOML: catalogue, rule sets, mappings, configuration. Every error names the
// file, the line, the key and the remedy; a key that nobody asked for is refused with the nearest
// known one, because a misspelt key that is silently ignored is a rule that silently does not hold.
//
// Pure: the caller read the file. Values are immutable after parse(); any thread may read them.
// No exception of the TOML library leaves this file's implementation.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/base/result.h"

namespace regions {

// A configuration is a page of text; a longer one is another file given by mistake.
inline constexpr std::size_t kTomlBytesMax = 1024 * 1024;

// The candidate with the fewest inserted, removed, replaced or swapped letters from `word`, the
// first of equals; empty when there are no candidates.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates);
// The same where at most half of the letters differ; empty where nothing is that near.
std::string_view near(std::string_view word, const std::vector<std::string_view>& candidates);

namespace toml_detail {
struct Document;
struct Node;
}  // namespace toml_detail

// One table of a parsed file. All errors are invalid_input.
class TomlTable {
 public:
  // `file` is the name that errors give.
  static Result<TomlTable> parse(std::string_view file, std::string_view text);

  // Required values.
  Result<std::string> string(std::string_view key) const;
  Result<std::int64_t> integer(std::string_view key, std::int64_t min, std::int64_t max) const;
  // A number with at most `decimals` decimals, as a whole number of 10^-decimals: 2.25 with two is
  // 225. `min` and `max` are in the same unit.
  Result<std::int64_t> decimal(std::string_view key, unsigned decimals, std::int64_t min,
                               std::int64_t max) const;
  Result<bool> boolean(std::string_view key) const;
  Result<std::vector<std::string>> strings(std::string_view key) const;
  Result<std::vector<std::int64_t>> integers(std::string_view key, std::int64_t min,
                                             std::int64_t max) const;
  Result<TomlTable> table(std::string_view key) const;
  Result<std::vector<TomlTable>> tables(std::string_view key) const;
  // One of `allowed`; the error names the nearest of them.
  Result<std::string> one_of(std::string_view key,
                             const std::vector<std::string_view>& allowed) const;

  // The same with a value for an absent key; a present one of the wrong type is still an error.
  Result<std::string> string_or(std::string_view key, std::string_view absent) const;
  Result<std::int64_t> integer_or(std::string_view key, std::int64_t min, std::int64_t max,
                                  std::int64_t absent) const;
  Result<bool> boolean_or(std::string_view key, bool absent) const;
  Result<std::vector<std::string>> strings_or(std::string_view key,
                                              std::vector<std::string> absent) const;
  Result<std::optional<std::string>> optional_string(std::string_view key) const;
  Result<std::optional<TomlTable>> optional_table(std::string_view key) const;
  // An absent array of tables is an empty one.
  Result<std::vector<TomlTable>> tables_or_none(std::string_view key) const;

  bool has(std::string_view key) const;
  // True when the value of `key` is a table ({ ... } or [key]).
  bool is_table(std::string_view key) const;
  // The keys of this table, bytewise order.
  std::vector<std::string> keys() const;
  // invalid_input for the first key that is not `known`, with the nearest known one.
  Result<void> refuse_unknown_keys(std::initializer_list<std::string_view> known) const;
  Result<void> refuse_unknown_keys(const std::vector<std::string_view>& known) const;

  // "<file> line <n>: <path.key>: <what>; <remedy>", for checks that the caller makes itself. The
  // line is that of `key`, or of this table when it has no such key.
  Error error(std::string_view key, std::string_view what, std::string_view remedy) const;

 private:
  TomlTable(std::shared_ptr<const toml_detail::Document> document, const toml_detail::Node* node)
      : document_(std::move(document)), node_(node) {}
  const toml_detail::Node* find(std::string_view key) const;
  Result<const toml_detail::Node*> require(std::string_view key, std::string_view example) const;

  std::shared_ptr<const toml_detail::Document> document_;
  const toml_detail::Node* node_;  // inside *document_
};

// The first line of every file of ours, format = "<expected>/<version>": refuses another format,
// and a newer version with the advice to upgrade.
Result<void> check_format(const TomlTable& top, std::string_view expected);

}  // namespace regions
