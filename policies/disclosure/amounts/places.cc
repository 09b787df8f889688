#include "policies/disclosure/amounts/places.h"

#include <algorithm>

namespace regions {

Result<Margin> Places::margin_of(const std::vector<std::string>& by) const {
  Margin margin;
  for (const std::string& id : by) {
    const auto at = std::find_if(dimensions_.begin(), dimensions_.end(),
                                 [&](const Dimension* one) { return one->id() == id; });
    if (at == dimensions_.end()) {
      return fail(Errc::corrupt, "amounts by " + id + ": the rows do not say it");
    }
    margin.push_back(static_cast<std::size_t>(at - dimensions_.begin()));
  }
  std::sort(margin.begin(), margin.end());
  return margin;
}

Result<MarginOfPeriod> Places::of(const AmountTable& table) const {
  TRY(Margin margin, margin_of(table.table->by));
  return MarginOfPeriod{std::move(margin), table.period};
}

Result<Place> Places::of(const AmountCell& cell) const {
  auto period = Period::parse(cell.period);
  if (!period) return fail(Errc::corrupt, "history of amounts: " + period.error().context);
  std::vector<std::string> by;
  for (const auto& [dimension, code] : cell.categories) by.push_back(dimension);
  if (!std::is_sorted(by.begin(), by.end())) {
    return fail(Errc::corrupt, "history of amounts: dimensions out of order");
  }
  TRY(Margin margin, margin_of(by));
  std::uint32_t place = 0;
  for (std::size_t at = 0; at < margin.size(); ++at) {
    const auto& categories = dimensions_[margin[at]]->categories();
    const std::string& code = cell.categories[at].second;
    const auto found = std::find_if(categories.begin(), categories.end(),
                                    [&](const Category& one) { return one.code == code; });
    if (found == categories.end()) {
      return fail(Errc::corrupt, "history of amounts: no category " + code);
    }
    place = place * static_cast<std::uint32_t>(categories.size()) +
            static_cast<std::uint32_t>(found - categories.begin());
  }
  return Place{{std::move(margin), *period}, place};
}

AmountCell cell_of(const LinkedAmounts& linked, CellId id) {
  const LinkedAmounts::Block& block = linked.block_of(id);
  AmountCell cell{block.period->text(), {}};
  const std::vector<std::uint32_t> of = linked.categories(id);
  for (std::size_t at = 0; at < of.size(); ++at) {
    const Dimension& dimension = *linked.dimensions()[block.margin[at]];
    cell.categories.push_back({dimension.id(), dimension.categories()[of[at]].code});
  }
  return cell;
}

}  // namespace regions
