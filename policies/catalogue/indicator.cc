#include "policies/catalogue/indicator.h"

#include <algorithm>

#include "policies/catalogue/indicator_reader.h"
#include "policies/catalogue/nace.h"

namespace regions {
namespace embedded {
extern const std::string_view indicator_sme_coop;
extern const std::string_view indicator_ent_coop;
extern const std::string_view codes_technologies;
extern const std::string_view codes_sizes;
}  // namespace embedded
namespace {

// The code list that says which values an attribute can have.
std::string_view list_id(Attribute attribute) {
  switch (attribute) {
    case Attribute::nace:
      return "nace";
    case Attribute::size:
      return "sizes";
    case Attribute::technology:
      return "technologies";
  }
  return {};
}

Catalogue load_builtin() {
  auto loaded = Catalogue::load({{"indicators/SME-COOP.toml", embedded::indicator_sme_coop},
                                 {"indicators/ENT-COOP.toml", embedded::indicator_ent_coop},
                                 {"codes/technologies.toml", embedded::codes_technologies},
                                 {"codes/sizes.toml", embedded::codes_sizes}});
  // Part of the program, and loaded by a test: value() ends the process if it does not parse.
  return std::move(loaded).value();
}

}  // namespace

std::string_view name(Attribute attribute) {
  switch (attribute) {
    case Attribute::nace:
      return "nace";
    case Attribute::size:
      return "size";
    case Attribute::technology:
      return "technology";
  }
  return {};
}

const Condition* Indicator::condition(Attribute attribute) const {
  const auto found = std::find_if(filter.begin(), filter.end(),
                                  [&](const Condition& c) { return c.attribute == attribute; });
  return found == filter.end() ? nullptr : &*found;
}

Result<Catalogue> Catalogue::load(const Sources& sources) {
  Catalogue catalogue;
  catalogue.lists_.emplace("nace", CodeList::nace_rev2());
  std::vector<TomlTable> indicators;
  for (const auto& [file, text] : sources) {
    TRY(TomlTable top, TomlTable::parse(file, text));
    TRY(const std::string format, top.string("format"));
    if (format.starts_with("regions4.indicator/")) {
      indicators.push_back(std::move(top));
    } else {
      TRY_VOID(catalogue.add_list(top));
    }
  }
  for (Attribute attribute : {Attribute::size, Attribute::technology}) {
    if (catalogue.lists_.contains(list_id(attribute))) continue;
    return fail(Errc::invalid_input,
                "catalogue: no code list '" + std::string(list_id(attribute)) + "'; add its file");
  }
  for (const TomlTable& top : indicators) TRY_VOID(catalogue.add_indicator(top));
  return catalogue;
}

Result<void> Catalogue::add_list(const TomlTable& top) {
  TRY(CodeList list, CodeList::read(top));
  if (lists_.contains(list.id())) {
    return top.error("id", "a second code list '" + list.id() + "'", "remove one of them");
  }
  std::string id = list.id();
  lists_.emplace(std::move(id), std::move(list));
  return {};
}

Result<void> Catalogue::add_indicator(const TomlTable& top) {
  TRY(Indicator indicator,
      read_indicator(top, [this](Attribute a) -> const CodeList& { return list(a); }));
  if (find(indicator.code) != nullptr) {
    return top.error("code", "a second indicator '" + indicator.code + "'", "remove one of them");
  }
  indicators_.push_back(std::move(indicator));
  return {};
}

const Catalogue& Catalogue::builtin() {
  static const Catalogue catalogue = load_builtin();
  return catalogue;
}

const Indicator* Catalogue::find(std::string_view code) const {
  const auto found = std::find_if(indicators_.begin(), indicators_.end(),
                                  [&](const Indicator& i) { return i.code == code; });
  return found == indicators_.end() ? nullptr : &*found;
}

Result<const Indicator*> Catalogue::require(std::string_view code) const {
  if (const Indicator* indicator = find(code)) return indicator;
  std::vector<std::string_view> known;
  for (const Indicator& indicator : indicators_) known.push_back(indicator.code);
  return fail(Errc::invalid_input, "indicator " + std::string(code) + ": unknown; did you mean " +
                                       std::string(nearest(code, known)) + "?");
}

const CodeList& Catalogue::list(Attribute attribute) const {
  const auto found = lists_.find(list_id(attribute));
  CHECK(found != lists_.end());
  return found->second;
}

bool Catalogue::admits(const Indicator& indicator, Attribute attribute,
                       std::string_view code) const {
  const Condition* condition = indicator.condition(attribute);
  if (condition == nullptr) return true;
  if (attribute == Attribute::nace) code = NaceCodes::rev2().canonical(code).value_or("");
  const CodeList& codes = list(attribute);
  if (!condition->flag.empty()) return codes.has_flag(code, condition->flag);
  return std::any_of(condition->in.begin(), condition->in.end(),
                     [&](const std::string& value) { return codes.is_within(code, value); });
}

}  // namespace regions
