#include "node/federation/margin.h"

#include <algorithm>

#include "policies/catalogue/tables.h"
#include "policies/catalogue/toml_reader.h"

namespace regions {
namespace {

std::int64_t error_of(Method method, const Plan& plan) {
  switch (method) {
    case Method::exact:
      return 0;
    case Method::cell_key:
      return plan.cell_key.d;
    case Method::rounded:
      return kAmountRounding / 2;
  }
  return 0;
}

bool is_headline(const Indicator& indicator) {
  return indicator.code == kHeadlineAll || indicator.code == kHeadlineSme;
}

// The words as they are to be written; empty when they make no margin in any order.
std::string in_order(std::vector<std::string> words, const Catalogue& catalogue) {
  const auto place = [](const std::string& word) {
    return word == kRegionDimension ? 0 : period_kind(word) ? 1 : 2;
  };
  std::sort(words.begin(), words.end(), [&](const std::string& a, const std::string& b) {
    return std::pair(place(a), a) < std::pair(place(b), b);
  });
  std::string out;
  int kinds = 0;
  for (const std::string& word : words) {
    if (place(word) == 1) ++kinds;
    if (catalogue.dimension(word) == nullptr && place(word) == 2) return "";
    out += (out.empty() ? "" : ",") + word;
  }
  const bool twice = std::adjacent_find(words.begin(), words.end()) != words.end();
  return kinds == 1 && !twice ? out : "";
}

Error wrong_by(const std::vector<std::string>& words, const Catalogue& catalogue,
               const std::string& what) {
  const std::string right = in_order(words, catalogue);
  return fail(Errc::invalid_input,
              "--by: " + what + "; write " +
                  (right.empty() ? "region (or leave it out), then year, window or programme, then "
                                   "dimensions: region,window,technology_group"
                                 : "--by " + right));
}

}  // namespace

bool Margin::holds(const Figure& figure) const {
  if (figure.indicator != indicator->code || figure.table != table) return false;
  const auto released = Period::parse(figure.period);
  return released && released->kind() == period;
}

std::vector<std::vector<std::string>> Margin::categories(const Catalogue& catalogue) const {
  std::vector<std::vector<std::string>> all = {{}};
  for (const std::string& id : by) {
    std::vector<std::vector<std::string>> wider;
    for (const auto& one : all) {
      for (const Category& category : catalogue.dimension(id)->categories()) {
        wider.push_back(one);
        wider.back().push_back(category.code);
      }
    }
    all = std::move(wider);
  }
  std::sort(all.begin(), all.end());
  return all;
}

std::optional<Margin> find_margin(const Catalogue& catalogue, const Plan* plan,
                                  const Indicator& indicator, PeriodKind period,
                                  std::vector<std::string> by) {
  std::sort(by.begin(), by.end());
  if (period == PeriodKind::year && by.empty() && is_headline(indicator)) {
    return Margin{catalogue.find(indicator.code), period, std::string(kHeadlineTable), {},
                  std::string(kMethodExact),      0};
  }
  const PlannedTable* table = plan ? plan->find(indicator.code, period, by) : nullptr;
  if (table == nullptr) return std::nullopt;
  return Margin{catalogue.find(indicator.code),
                period,
                table->id,
                std::move(by),
                std::string(name(table->method)),
                error_of(table->method, *plan)};
}

Result<Margin> require_margin(const Catalogue& catalogue, const Plan* plan,
                              const Indicator& indicator, PeriodKind period,
                              std::vector<std::string> by) {
  auto margin = find_margin(catalogue, plan, indicator, period, std::move(by));
  if (margin) return std::move(*margin);
  return fail(Errc::refused, std::string(kNotPlanned));
}

Result<By> parse_by(const std::vector<std::string>& words, const Catalogue& catalogue) {
  By by;
  auto at = words.begin();
  by.region = at != words.end() && *at == kRegionDimension;
  if (by.region) ++at;
  const auto kind = at == words.end() ? std::nullopt : period_kind(*at);
  if (!kind) {
    return wrong_by(words, catalogue,
                    at == words.end()
                        ? "no period"
                        : "'" + *at + "' where year, window or programme is expected");
  }
  by.period = *kind;
  by.dimensions.assign(at + 1, words.end());
  for (const std::string& id : by.dimensions) {
    if (catalogue.dimension(id) != nullptr) continue;
    const auto known = catalogue.dimension_ids();
    return wrong_by(words, catalogue,
                    "no dimension '" + id + "' in this place; nearest is '" +
                        std::string(nearest(id, known)) + "'");
  }
  std::sort(by.dimensions.begin(), by.dimensions.end());
  if (std::adjacent_find(by.dimensions.begin(), by.dimensions.end()) != by.dimensions.end()) {
    return wrong_by(words, catalogue, "a dimension stands twice");
  }
  return by;
}

}  // namespace regions
