#include "node/api_operator/shown.h"

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

json::array strings(const std::vector<std::string>& all) {
  json::array out;
  for (const std::string& one : all) out.push_back(json::value(one));
  return out;
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
      {"published", line.shown ? line.shown->table.published() : 0},
      {"withheld", line.shown ? line.shown->table.withheld() : 0},
      {"reason", line.reason},
      {"release", logged ? json::value(line.release->id.hex()) : json::value(nullptr)},
      {"log_index", logged ? json::value(line.release->index) : json::value(nullptr)}};
  if (line.supersedes) out["supersedes"] = line.supersedes->hex();
  if (!line.shown) return out;
  out["by"] = strings(line.shown->table.dimensions());
  out["why"] = why_json(line.why);
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

// Line by line: a plan may ask for a million cells, of which no tree of JSON need be held.
std::string due_json(const DueReport& report, const Catalogue& catalogue, bool dry_run) {
  std::string out = R"({"format":"regions4.due/1","tier":)" +
                    json::serialize(json::value(std::string(name(report.tier)))) +
                    R"(,"dry_run":)" + (dry_run ? "true" : "false") + R"(,"digest":")" +
                    report.digest.hex() + R"(","lines":[)";
  for (const DueLine& line : report.lines) {
    if (&line != &report.lines.front()) out += ',';
    out += json::serialize(line_json(line, catalogue));
  }
  return out + "]}\n";
}

}  // namespace regions
