#include "policies/catalogue/indicator.h"

#include <algorithm>

#include "policies/catalogue/nace.h"

namespace regions {

const Condition* Indicator::condition(Attribute attribute) const {
  const auto found = std::find_if(filter.begin(), filter.end(),
                                  [&](const Condition& c) { return c.attribute == attribute; });
  return found == filter.end() ? nullptr : &*found;
}

const DimensionDef* Indicator::dimension(std::string_view id) const {
  const auto found = std::find_if(dimensions.begin(), dimensions.end(),
                                  [&](const DimensionDef& d) { return d.id == id; });
  return found == dimensions.end() ? nullptr : &*found;
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
  const auto found = lists_.find(attribute);
  CHECK(found != lists_.end());
  return found->second;
}

const Dimension* Catalogue::dimension(std::string_view id) const {
  const auto found = std::find_if(dimensions_.begin(), dimensions_.end(),
                                  [&](const Dimension& d) { return d.id() == id; });
  return found == dimensions_.end() ? nullptr : &*found;
}

std::vector<std::string_view> Catalogue::dimension_ids() const {
  std::vector<std::string_view> ids{kRegionDimension};
  for (PeriodKind kind : kPeriodKinds) ids.push_back(name(kind));
  for (const Dimension& dimension : dimensions_) ids.push_back(dimension.id());
  std::sort(ids.begin(), ids.end());
  return ids;
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
