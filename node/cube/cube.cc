#include "node/cube/cube.h"

#include <algorithm>

#include "node/cube/facts_update.h"
#include "node/cube/headline_specs.h"
#include "node/cube/holdings.h"
#include "policies/catalogue/tables.h"

namespace regions {

Result<std::vector<TableSpec>> headline_specs(const Catalogue& catalogue) {
  std::vector<TableSpec> specs;
  for (const std::string_view code : {kHeadlineAll, kHeadlineSme}) {
    const Indicator* indicator = catalogue.find(code);
    if (indicator == nullptr) {
      return fail(Errc::not_found, "the catalogue has no indicator " + std::string(code));
    }
    specs.push_back({indicator, PeriodKind::year, {}});
  }
  return specs;
}

Result<void> require_year(int year) {
  if (year >= kYearMin && year <= kYearMax) return {};
  return fail(Errc::invalid_input, "the year must lie between 1900 and 2999");
}

namespace {

// The categories of a table's cells in bytewise order, and the place of each.
std::vector<std::pair<std::vector<std::string>, std::size_t>> in_order(const Layout& layout,
                                                                       const Layout::Table& table) {
  std::vector<std::pair<std::vector<std::string>, std::size_t>> places;
  places.reserve(table.cells);
  for (std::size_t i = 0; i < table.cells; ++i) places.emplace_back(layout.categories(table, i), i);
  std::sort(places.begin(), places.end());
  return places;
}

}  // namespace

std::vector<RawTable> CubeBuilder::tables(const Layout& layout, const Cells& cells) {
  std::vector<RawTable> out;
  std::map<const Indicator*, Digest> definitions;
  for (const Layout::Table& one : layout.tables()) {
    const Indicator* indicator = one.spec.indicator;
    auto at = definitions.find(indicator);
    if (at == definitions.end()) {
      at = definitions.emplace(indicator, layout.catalogue().definition(*indicator)).first;
    }
    add_periods(layout, one, at->second, cells, out);
  }
  return out;
}

void CubeBuilder::add_periods(const Layout& layout, const Layout::Table& table,
                              const Digest& definition, const Cells& cells,
                              std::vector<RawTable>& out) {
  const Indicator& indicator = *table.spec.indicator;
  std::vector<std::string> dimensions;
  for (const Dimension* dimension : table.spec.by) dimensions.push_back(dimension->id());
  const auto places = in_order(layout, table);
  for (std::size_t period = 0; period < table.periods; ++period) {
    std::vector<RawTable::Cell> of_period;
    of_period.reserve(places.size());
    for (const auto& [categories, place] : places) {
      const std::size_t at = table.first_cell + period * table.cells + place;
      RawTable::Cell& cell = of_period.emplace_back(RawTable::Cell{categories});
      if (indicator.is_amount()) {
        cell.amount = cells.booked[at].amount();
      } else {
        cell.count = cells.counted[at].count;
        cell.key.add(cells.counted[at].key);
      }
    }
    const int first =
        table.first_start + static_cast<int>(period) * static_cast<int>(table.spec.kind);
    out.push_back(RawTable(indicator.code, definition, Period::of(table.spec.kind, first).text(),
                           dimensions, std::move(of_period)));
  }
}

std::vector<RawTable> CubeBuilder::tables(const Facts& facts, const Catalogue& catalogue,
                                          const std::vector<TableSpec>& specs, YearSpan span,
                                          unsigned threads) {
  const Layout layout(catalogue, facts, specs, span);
  return tables(layout, Pass::run(layout, threads));
}

Cube::Cube(Facts facts, const Catalogue& catalogue, const std::vector<TableSpec>& specs,
           YearSpan span, unsigned threads)
    : facts_(std::move(facts)),
      layout_(catalogue, facts_, specs, span),
      cells_(Pass::run(layout_, threads)) {}

Result<void> Cube::update(const Reader& reader, const Territories& territories, ByteView secret,
                          const Changed& changed) {
  TRY(auto update, FactsUpdate::read(facts_, reader, territories, secret, changed));
  Pass(layout_).run(update.touched(), Pass::Way::take_out, cells_);
  update.apply(facts_);
  layout_.extend();
  Pass(layout_).run(update.touched(), Pass::Way::put_in, cells_);
  for (const Contributors& cell : cells_.booked) {
    if (cell.knows_largest()) continue;
    Pass::run_booked(layout_, cells_);
    break;
  }
  return {};
}

std::vector<RawTable> Cube::tables() const { return CubeBuilder::tables(layout_, cells_); }

Result<std::map<int, HeadlineInput>> CubeBuilder::headlines(const Facts& facts,
                                                            const Catalogue& catalogue) {
  TRY(const auto specs, headline_specs(catalogue));
  const YearSpan span{facts.first_year(), facts.last_year()};
  auto all = tables(facts, catalogue, specs, span);
  const std::size_t years = all.size() / 2;
  std::map<int, HeadlineInput> inputs;
  for (std::size_t i = 0; i < years; ++i) {
    HeadlineInput input{std::move(all[i]), std::nullopt};
    if (facts.knows_nace()) input.sme = std::move(all[years + i]);
    inputs.emplace(span.first + static_cast<int>(i), std::move(input));
  }
  return inputs;
}

Result<HeadlineInput> CubeBuilder::headline(const Facts& facts, const Catalogue& catalogue,
                                            int year) {
  TRY_VOID(require_year(year));
  TRY(const auto specs, headline_specs(catalogue));
  auto both = tables(facts, catalogue, specs, {year, year});
  HeadlineInput input{std::move(both[0]), std::nullopt};
  if (facts.knows_nace()) input.sme = std::move(both[1]);
  return input;
}

Result<HeadlineHoldings> CubeBuilder::headline_holdings(const Facts& facts,
                                                        const Catalogue& catalogue, int year) {
  TRY_VOID(require_year(year));
  TRY(const auto specs, headline_specs(catalogue));
  const auto holders = holders_in(Layout(catalogue, facts, specs, {year, year}));
  const auto ids = [&](const std::vector<std::uint32_t>& of) {
    std::vector<std::string> out;
    for (const std::uint32_t holder : of) out.emplace_back(facts.holder(holder));
    return HoldingSet(std::move(out));
  };
  HeadlineHoldings both{ids(holders[0]), {}};
  if (facts.knows_nace()) both.sme = ids(holders[1]);
  return both;
}

}  // namespace regions
