#include "node/cube/cube.h"

#include <algorithm>

#include "node/cube/facts_update.h"
#include "policies/catalogue/tables.h"

namespace regions {
namespace {

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

}  // namespace

RawTable CubeBuilder::table(const Layout& layout, const Layout::Table& table, std::size_t period,
                            const Cells& cells) {
  const Indicator& indicator = *table.spec.indicator;
  std::vector<std::string> dimensions;
  for (const Dimension* dimension : table.spec.by) dimensions.push_back(dimension->id());
  std::vector<RawTable::Cell> out;
  const std::size_t base = table.first_cell + period * table.cells;
  for (std::size_t i = 0; i < table.cells; ++i) {
    RawTable::Cell cell{layout.categories(table, i)};
    if (indicator.is_amount()) {
      cell.amount = cells.booked[base + i].amount();
    } else {
      cell.count = cells.counted[base + i].count;
      cell.key.add(cells.counted[base + i].key);
    }
    out.push_back(std::move(cell));
  }
  std::sort(out.begin(), out.end(), [](const RawTable::Cell& a, const RawTable::Cell& b) {
    return a.categories < b.categories;
  });
  const int first =
      table.first_start + static_cast<int>(period) * static_cast<int>(table.spec.kind);
  return RawTable(indicator.code, layout.catalogue().definition(indicator),
                  Period::of(table.spec.kind, first).text(), std::move(dimensions), std::move(out));
}

std::vector<RawTable> CubeBuilder::tables(const Layout& layout, const Cells& cells) {
  std::vector<RawTable> out;
  for (const Layout::Table& one : layout.tables()) {
    for (std::size_t period = 0; period < one.periods; ++period) {
      out.push_back(table(layout, one, period, cells));
    }
  }
  return out;
}

std::vector<RawTable> CubeBuilder::tables(const Facts& facts, const Catalogue& catalogue,
                                          const std::vector<TableSpec>& specs, YearSpan span) {
  const Layout layout(catalogue, facts, specs, span);
  return tables(layout, Pass::run(layout));
}

Cube::Cube(Facts facts, const Catalogue& catalogue, const std::vector<TableSpec>& specs,
           YearSpan span)
    : facts_(std::move(facts)),
      layout_(catalogue, facts_, specs, span),
      cells_(Pass::run(layout_)) {}

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
  if (year < kYearMin || year > kYearMax) {
    return fail(Errc::invalid_input, "the year must lie between 1900 and 2999");
  }
  TRY(const auto specs, headline_specs(catalogue));
  auto both = tables(facts, catalogue, specs, {year, year});
  HeadlineInput input{std::move(both[0]), std::nullopt};
  if (facts.knows_nace()) input.sme = std::move(both[1]);
  return input;
}

}  // namespace regions
