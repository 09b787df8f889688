#include "node/api_operator/shown.h"

#include <array>

namespace regions {
namespace json = boost::json;
namespace {

const char* name_of(DueLine::State state) {
  switch (state) {
    case DueLine::State::released:
      return "released";
    case DueLine::State::existing:
      return "existing";
    case DueLine::State::not_computable:
      return "not_computable";
    case DueLine::State::refused:
      return "refused";
    case DueLine::State::withdrawn:
      return "withdrawn";
    case DueLine::State::would_release:
      break;
  }
  return "due";
}

const char* status_of(const SafeTable::Cell& cell, bool provisional) {
  if (!cell.value) return "Q";
  return provisional ? "P" : "A";
}

json::array withheld_json(const std::vector<WithheldAmount>& withheld) {
  json::array out;
  for (const WithheldAmount& one : withheld) {
    json::object figure = {{"figure", one.cell}, {"reason", std::string(in_words(one.reason))}};
    if (!one.who.empty()) figure["who"] = one.who;
    out.push_back(std::move(figure));
  }
  return out;
}

json::object amounts_json(const AmountReport& report, const Catalogue& catalogue) {
  const Indicator* indicator = catalogue.find(report.indicator);
  CHECK(indicator != nullptr);  // the plan was parsed with this catalogue
  json::array outdated;
  for (const AmountCell& cell : report.outdated) outdated.push_back(json::value(text_of(cell)));
  return {{"indicator", report.indicator},
          {"unit", indicator->unit},
          {"decimals", indicator->decimals},
          {"method", std::string(name(report.method))},
          {"cost", report.cost},
          {"bound", report.bound},
          {"withheld_by_rule", report.unsafe},
          {"withheld_for_others", report.besides},
          {"safe", report.safe_cents},
          {"published", report.published_cents},
          {"observers", report.observers},
          {"programs", report.programs},
          {"disclosed", disclosed_json(report.disclosed)},
          {"outdated", outdated}};
}

json::object line_json(const DueLine& line, const Catalogue& catalogue) {
  const Indicator* indicator = catalogue.find(line.indicator);
  CHECK(indicator != nullptr);  // the plan was parsed with this catalogue
  const bool logged = line.release.has_value();
  json::object out = {
      {"table", line.table},
      {"indicator", line.indicator},
      {"unit", indicator->unit},
      {"decimals", indicator->decimals},
      {"period_kind", std::string(name(line.kind))},
      {"period", line.period},
      {"method", line.method},
      {"state", name_of(line.state)},
      {"reason", line.reason},
      {"release", logged ? json::value(line.release->id.hex()) : json::value(nullptr)},
      {"log_index", logged ? json::value(line.release->index) : json::value(nullptr)}};
  if (line.shown || logged) {
    out["published"] = line.shown ? line.shown->table.published() : line.published;
    out["withheld"] = line.shown ? line.shown->table.withheld() : line.withheld;
  }
  if (line.supersedes) out["supersedes"] = line.supersedes->hex();
  if (!line.shown) return out;
  out["by"] = json::value_from(line.shown->table.dimensions());
  out["why"] = why_json(line.why);
  if (line.decided) out["decides"] = decided_json(*line.decided, line.shown->provisional);
  if (!line.near.empty()) out["near"] = near_json(line.near);
  if (!line.withheld_figures.empty()) {
    out["withheld_figures"] = withheld_json(line.withheld_figures);
  }
  out["cells"] = cells_json(line.shown->table, line.shown->provisional);
  return out;
}

}  // namespace

json::array cells_json(const SafeTable& table, bool provisional) {
  json::array out;
  for (const SafeTable::Cell& cell : table.cells()) {
    json::object dimensions;
    for (std::size_t i = 0; i < cell.categories.size(); ++i) {
      dimensions[table.dimensions().at(i)] = cell.categories[i];
    }
    out.push_back({{"dimensions", dimensions},
                   {"value", cell.value ? json::value(*cell.value) : json::value(nullptr)},
                   {"method", table.method()},
                   {"obs_status", status_of(cell, provisional)},
                   {"conf_status", cell.value ? "F" : "C"}});
  }
  return out;
}

json::array why_json(const WithheldCounts& why) {
  json::array out;
  for (const auto& [reason, cells] : why) {
    out.push_back({{"reason", std::string(in_words(reason))}, {"cells", cells}});
  }
  return out;
}

json::array near_json(const std::vector<HeadlineFinding>& findings) {
  constexpr std::array kKinds{"holding", "actor", "member"};
  json::array out;
  for (const HeadlineFinding& one : findings) {
    json::array observers;
    for (const Party& party : one.observers) {
      observers.push_back(
          {{"kind", kKinds.at(static_cast<std::size_t>(party.kind))}, {"name", party.name}});
    }
    out.push_back({{"figure", one.indicator},
                   {"period", one.period},
                   {"observers", observers},
                   {"known", one.known},
                   {"remains", one.remains}});
  }
  return out;
}

json::array decided_json(const DecidedHeadlines& decided, bool provisional) {
  json::array out;
  const auto add = [&](const SafeTable& table, const WithheldCounts& why) {
    out.push_back({{"indicator", table.indicator()},
                   {"cells", cells_json(table, provisional)},
                   {"why", why_json(why)}});
  };
  if (decided.both.sme()) add(*decided.both.sme(), decided.why_sme);
  add(decided.both.ent(), decided.why_ent);
  return out;
}

json::array disclosed_json(const std::vector<AmountFinding>& findings) {
  json::array out;
  for (const AmountFinding& one : findings) {
    out.push_back({{"cells", json::value_from(one.cells)},
                   {"who", one.who},
                   {"asked_below", one.asked.lower},
                   {"asked_above", one.asked.upper},
                   {"below", one.below},
                   {"above", one.above}});
  }
  return out;
}

std::string text_of(const AmountCell& cell) {
  std::string text = cell.period;
  for (const auto& [dimension, category] : cell.categories) {
    text += " " + dimension + "=" + category;
  }
  return text;
}

// Line by line: a plan may ask for a million cells, of which no tree of JSON need be held.
std::string due_json(const DueReport& report, const Catalogue& catalogue, bool dry_run) {
  std::string out = R"({"format":"regions4.due/1","tier":)" +
                    json::serialize(json::value(std::string(name(report.tier)))) +
                    R"(,"dry_run":)" + (dry_run ? "true" : "false") + R"(,"digest":")" +
                    report.digest.hex() + R"(","years_without_records":)" +
                    json::serialize(json::value_from(report.years_without_records)) +
                    R"(,"lines":[)";
  for (const DueLine& line : report.lines) {
    if (&line != &report.lines.front()) out += ',';
    out += json::serialize(line_json(line, catalogue));
  }
  json::array amounts;
  for (const AmountReport& one : report.amounts) amounts.push_back(amounts_json(one, catalogue));
  return out + R"(],"amounts":)" + json::serialize(amounts) + "}\n";
}

}  // namespace regions
