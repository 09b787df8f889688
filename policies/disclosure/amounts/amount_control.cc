#include "policies/disclosure/amounts/amount_control.h"

#include <algorithm>
#include <array>

#include "policies/catalogue/tables.h"
#include "policies/disclosure/amounts/linking.h"

namespace regions {
namespace {

Result<std::vector<const Dimension*>> dimensions_of(const Catalogue& catalogue,
                                                    const std::vector<std::string>& ids) {
  std::vector<const Dimension*> dimensions;
  for (const std::string& id : ids) {
    dimensions.push_back(catalogue.dimension(id));
    const bool in_order = dimensions.size() < 2 || ids[dimensions.size() - 2] < id;
    if (dimensions.back() == nullptr || !in_order) {
      return fail(Errc::corrupt, "amounts by " + id + ": no dimension, or out of order");
    }
  }
  return dimensions;
}

Result<void> check_planned(const std::string& indicator, const std::vector<AmountTable>& tables) {
  for (const AmountTable& asked : tables) {
    const auto& named = asked.table->indicators;
    const bool known = std::find(named.begin(), named.end(), indicator) != named.end();
    if (known && asked.table->method == Method::rounded &&
        asked.table->period == asked.period.kind()) {
      continue;
    }
    return fail(Errc::refused, std::string(kNotPlanned));
  }
  return {};
}

}  // namespace

std::string_view name(AmountMethod method) {
  constexpr std::array<std::string_view, 5> kNames{"none", "optimum", "incumbent", "repair",
                                                   "whole"};
  return kNames[static_cast<std::size_t>(method)];
}

SafeTable AmountControl::begin(const RawAmounts& raw, const AmountTable& asked,
                               const RuleSet& rules) {
  SafeTable safe;
  safe.indicator_ = raw.indicator_;
  safe.definition_ = raw.definition_;
  safe.period_ = asked.period.text();
  safe.table_ = asked.table->id;
  safe.dimensions_ = asked.table->by;
  safe.method_ = kMethodRounded;
  safe.method_version_ = kMethodVersion;
  safe.minimum_ = rules.minimum;
  return safe;
}

Result<ProtectedAmounts> AmountControl::protect(const RawAmounts& raw,
                                                const AmountRequest& request) {
  TRY_VOID(check_planned(raw.indicator_, request.tables));
  TRY(auto dimensions, dimensions_of(*request.catalogue, raw.dimensions_));
  TRY(auto rows, in_order(raw.parties_, raw.rows_));
  Linking linking(request, std::move(dimensions), std::move(rows));
  TRY_VOID(linking.link());
  TRY(ProtectedAmounts made, linking.protect());
  for (const AmountTable& asked : request.tables) {
    SafeTable safe = begin(raw, asked, request.rules);
    TRY(safe.cells_, linking.cells_of(asked));
    made.tables.push_back(std::move(safe));
  }
  return made;
}

Result<AttackedAmounts> AmountControl::attack(const RawAmounts& raw, const AmountRequest& request) {
  TRY_VOID(check_planned(raw.indicator_, request.tables));
  TRY(auto dimensions, dimensions_of(*request.catalogue, raw.dimensions_));
  TRY(auto rows, in_order(raw.parties_, raw.rows_));
  Linking linking(request, std::move(dimensions), std::move(rows));
  TRY_VOID(linking.link());
  return linking.attack();
}

}  // namespace regions
