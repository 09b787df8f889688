// Loading the catalogue: every file by its format, then what refers to what.
#include <algorithm>
#include <span>

#include "policies/catalogue/indicator.h"
#include "policies/catalogue/indicator_reader.h"

namespace regions {
namespace embedded {
// All TOML files of policies/codes, groupings and indicators: "codes/sizes.toml" and its text.
extern const std::span<const std::pair<std::string_view, std::string_view>> catalogue_files;
}  // namespace embedded
namespace {

enum class Kind : std::uint8_t { codes, grouping, indicator };

Result<Kind> kind_of(const TomlTable& top) {
  static const std::vector<std::string_view> kFormats = {"regions4.codes/1", "regions4.grouping/1",
                                                         "regions4.indicator/1"};
  TRY(const std::string format, top.string("format"));
  const std::string family = format.substr(0, format.find('/') + 1);
  for (std::size_t i = 0; i < kFormats.size(); ++i) {
    if (family.empty() || !kFormats[i].starts_with(family)) continue;
    TRY_VOID(check_format(top, kFormats[i]));
    return static_cast<Kind>(i);
  }
  return top.error("format", "'" + format + "' is no file of the catalogue",
                   "write format = \"" + std::string(nearest(format, kFormats)) + "\"");
}

// Lists whose codes the program derives hold those and no others: a missing one would be counted as
// unknown, and nothing would ever be counted in an additional one.
Result<void> check_derived(const TomlTable& top, Attribute attribute, const CodeList& list) {
  const auto expected = derived_codes(attribute);
  if (expected.empty()) return {};
  std::vector<std::string_view> codes;
  for (const Code& code : list.codes()) codes.push_back(code.code);
  if (codes == expected) return {};
  std::string words;
  for (std::string_view code : expected) words += (words.empty() ? "" : ", ") + std::string(code);
  return top.error("code", "the codes of '" + list.id() + "' are derived by the program",
                   "write exactly " + words);
}

}  // namespace

Result<Catalogue> Catalogue::load(const Sources& sources) {
  Catalogue catalogue;
  catalogue.lists_.emplace(Attribute::nace, CodeList::nace_rev2());
  std::vector<TomlTable> groupings, indicators;
  for (const auto& [file, text] : sources) {
    TRY(TomlTable top, TomlTable::parse(file, text));
    TRY(const Kind kind, kind_of(top));
    if (kind == Kind::codes) {
      TRY_VOID(catalogue.add_list(top));
    } else {
      (kind == Kind::grouping ? groupings : indicators).push_back(std::move(top));
    }
  }
  TRY_VOID(catalogue.check_lists());
  for (const auto& [attribute, list] : catalogue.lists_) {
    catalogue.add_dimension(Dimension::of_list(attribute, list));
  }
  for (const TomlTable& top : groupings) TRY_VOID(catalogue.add_grouping(top));
  for (const TomlTable& top : indicators) TRY_VOID(catalogue.add_indicator(top));
  return catalogue;
}

Result<void> Catalogue::add_list(const TomlTable& top) {
  TRY(CodeList list, CodeList::read(top));
  const auto attribute = attribute_of_list(list.id());
  if (!attribute) {
    std::vector<std::string_view> known;
    for (Attribute one : kAttributes) known.push_back(list_id(one));
    return top.error("id", "no attribute has its values in a list '" + list.id() + "'",
                     "did you mean '" + std::string(nearest(list.id(), known)) + "'?");
  }
  TRY_VOID(check_derived(top, *attribute, list));
  if (lists_.contains(*attribute)) {
    return top.error("id", "a second code list '" + list.id() + "'", "remove one of them");
  }
  lists_.emplace(*attribute, std::move(list));
  return {};
}

Result<void> Catalogue::check_lists() const {
  for (Attribute attribute : kAttributes) {
    if (lists_.contains(attribute)) continue;
    return fail(Errc::invalid_input,
                "catalogue: no code list '" + std::string(list_id(attribute)) + "'; add its file");
  }
  return {};
}

void Catalogue::add_dimension(Dimension dimension) {
  const auto place =
      std::lower_bound(dimensions_.begin(), dimensions_.end(), dimension.id(),
                       [](const Dimension& one, const std::string& id) { return one.id() < id; });
  dimensions_.insert(place, std::move(dimension));
}

Result<void> Catalogue::add_grouping(const TomlTable& top) {
  std::vector<std::string_view> known;
  for (const auto& [attribute, list] : lists_) known.push_back(list.id());
  TRY(const std::string list_id, top.one_of("list", known));
  const auto attribute = attribute_of_list(list_id);
  TRY(Dimension dimension, Dimension::read_grouping(top, *attribute, list(*attribute)));
  const auto taken = dimension_ids();
  if (std::find(taken.begin(), taken.end(), dimension.id()) != taken.end()) {
    return top.error("id", "a second dimension '" + dimension.id() + "'", "name it otherwise");
  }
  add_dimension(std::move(dimension));
  return {};
}

Result<void> Catalogue::add_indicator(const TomlTable& top) {
  TRY(Indicator indicator, read_indicator(top, *this));
  const auto place =
      std::lower_bound(indicators_.begin(), indicators_.end(), indicator.code,
                       [](const Indicator& i, const std::string& code) { return i.code < code; });
  if (place != indicators_.end() && place->code == indicator.code) {
    return top.error("code", "a second indicator '" + indicator.code + "'", "remove one of them");
  }
  indicators_.insert(place, std::move(indicator));
  return {};
}

Catalogue::Sources Catalogue::builtin_sources() {
  return {embedded::catalogue_files.begin(), embedded::catalogue_files.end()};
}

const Catalogue& Catalogue::builtin() {
  // Part of the program, and loaded by a test: value() ends the process if it does not parse.
  static const Catalogue catalogue = load(builtin_sources()).value();
  return catalogue;
}

}  // namespace regions
