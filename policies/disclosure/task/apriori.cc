#include "policies/disclosure/task/apriori.h"

#include <algorithm>

#include "policies/disclosure/table/limits.h"
#include "policies/disclosure/table/value.h"

namespace regions {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kAround = " \t\r\"";
  const std::size_t begin = text.find_first_not_of(kAround);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kAround) - begin + 1);
}

std::vector<std::string_view> split(std::string_view line, char separator) {
  std::vector<std::string_view> fields;
  for (;;) {
    const std::size_t end = line.find(separator);
    fields.push_back(trimmed(line.substr(0, end)));
    if (end == std::string_view::npos) return fields;
    line.remove_prefix(end + 1);
  }
}

char separator_of(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  for (const char candidate : {',', ';', '\t', '|'}) {
    if (line.find(candidate) != std::string_view::npos) return candidate;
  }
  return ',';
}

class Line {
 public:
  Line(std::string_view file, std::size_t number, std::vector<std::string_view> fields,
       const CellTable& table)
      : file_(file), number_(number), fields_(std::move(fields)), table_(table) {}

  Error error(std::string_view what, std::string_view remedy) const {
    std::string text = std::string(file_) + " line " + std::to_string(number_) + ": ";
    ((text += what) += "; ") += remedy;
    return fail(Errc::invalid_input, std::move(text));
  }

  Result<CellId> cell() const {
    const std::size_t dimensions = table_.dimensions().size();
    if (fields_.size() <= dimensions) {
      return error("too few fields", "write a code for every dimension, then u, s, p, c or ml");
    }
    std::vector<CodeId> codes;
    for (std::size_t k = 0; k < dimensions; ++k) {
      const auto code = table_.dimensions()[k].find(fields_[k]);
      if (!code) {
        return error(
            "'" + std::string(fields_[k]) + "' is no code of " + table_.dimensions()[k].name(),
            "write one of its hierarchy");
      }
      codes.push_back(*code);
    }
    if (const auto cell = table_.find(codes)) return *cell;
    return error("a cell of no table", "leave it out");
  }

  Result<void> apply(Wish& wish) const {
    const std::size_t at = table_.dimensions().size();
    const std::string_view what = fields_[at];
    std::vector<std::int64_t> numbers;
    for (std::size_t k = at + 1; k < fields_.size() && !fields_[k].empty(); ++k) {
      const auto value = parse_value(fields_[k], '.');
      const auto scaled =
          value ? rescale_up(*value, table_.decimals) : Result<std::int64_t>(value.error());
      if (!scaled || value->digits < 0) {
        return error("'" + std::string(fields_[k]) + "' is no amount of this table",
                     "write one from 0 up");
      }
      numbers.push_back(*scaled);
    }
    if (what == "s" || what == "u" || what == "p") {
      wish.status = what == "s" ? Wish::Status::safe
                                : (what == "u" ? Wish::Status::unsafe : Wish::Status::published);
      if (what == "u" && !numbers.empty()) set_levels(wish, numbers);
      return {};
    }
    if ((what == "ml" || what == "pl") && !numbers.empty()) {
      set_levels(wish, numbers);
      return {};
    }
    if (what == "c" && numbers.size() == 1) {
      wish.cost = numbers.front();
      return {};
    }
    return error("'" + std::string(what) + "' is not known here",
                 "write u, s, p, c with a cost, or ml with two levels");
  }

 private:
  static void set_levels(Wish& wish, const std::vector<std::int64_t>& numbers) {
    wish.below = numbers.front();
    wish.above = numbers.size() > 1 ? numbers[1] : numbers.front();
  }

  std::string_view file_;
  std::size_t number_;
  std::vector<std::string_view> fields_;
  const CellTable& table_;
};

}  // namespace

Result<void> read_apriori(std::string_view file, std::string_view text,
                          std::optional<char> separator, const CellTable& table,
                          std::vector<Wish>& wishes) {
  if (text.size() > kHierarchyFileBytesMax) {
    return fail(Errc::invalid_input, std::string(file) +
                                         ": longer than 4 MiB; give an a priori "
                                         "file, a cell a line");
  }
  const char between = separator.value_or(separator_of(text));
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    const std::string_view row = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (trimmed(row).empty()) continue;
    const Line line(file, number, split(row, between), table);
    TRY(const CellId cell, line.cell());
    TRY_VOID(line.apply(wishes[cell]));
  }
  return {};
}

}  // namespace regions
