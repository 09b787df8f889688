#include "node/federation/render.h"

#include <algorithm>
#include <boost/json.hpp>

#include "node/federation/json_parts.h"
#include "node/federation/text_parts.h"

namespace regions {
namespace {

namespace json = boost::json;

json::object dimensions_json(const Answer& answer, const std::vector<std::string>& categories) {
  json::object out;
  for (std::size_t i = 0; i < categories.size(); ++i) out[answer.dimensions[i]] = categories[i];
  return out;
}

json::value cells_json(const Answer& answer) {
  json::array out;
  for (const AnswerCell& cell : answer.cells) {
    out.push_back(
        {{"region", cell.region},
         {"period", cell.period},
         {"dimensions", dimensions_json(answer, cell.categories)},
         {"value", or_null(cell.value)},
         {"method", cell.method},
         {"obs_status", std::string(1, cell.obs_status)},
         {"conf_status", std::string(1, cell.conf_status)},
         {"provisional", cell.provisional},
         {"release", cell.release ? json::value(cell.release->hex()) : json::value(nullptr)},
         {"log_index", or_null(cell.log_index)}});
  }
  return out;
}

json::value combines_json(const Answer& answer) {
  json::object out;
  for (const DimensionDef& one : answer.combines) {
    out[one.id] = one.combines == Combines::additive ? "additive" : "overlapping";
  }
  return out;
}

json::value totals_json(const Answer& answer) {
  json::array out;
  for (const AnswerTotal& total : answer.totals) {
    out.push_back({{"period", total.period},
                   {"dimensions", dimensions_json(answer, total.categories)},
                   {"value", or_null(total.value)},
                   {"bound", total.bound},
                   {"max_error", total.max_error},
                   {"known", total.known},
                   {"regions", total.regions},
                   {"provisional", total.provisional}});
  }
  return out;
}

}  // namespace

Result<Format> parse_format(std::string_view text) {
  if (text == "table") return Format::table;
  if (text == "json") return Format::json;
  if (text == "csv") return Format::csv;
  return fail(Errc::invalid_input,
              "--format " + std::string(text) + ": table, json or csv expected");
}

std::string render_json(const Answer& answer) {
  json::array by;
  for (const std::string& dimension : answer.by) by.push_back(json::value(dimension));
  const json::value out = {{"format", "regions4.answer/1"},
                           {"indicator", answer.indicator},
                           {"definition", answer.definition.hex()},
                           {"unit", answer.unit},
                           {"decimals", answer.decimals},
                           {"by", by},
                           {"combines", combines_json(answer)},
                           {"members", answer.members},
                           {"coverage", coverage_json(answer.coverage)},
                           {"cells", cells_json(answer)},
                           {"totals", totals_json(answer)}};
  return json::serialize(out) + "\n";
}

namespace {

// What ends every row: in which unit the values are, with how many decimals.
std::string row_end(const Answer& answer, bool provisional) {
  return "," + std::string(provisional ? "true" : "false") + "," + answer.unit + "," +
         std::to_string(answer.decimals) + "\n";
}
constexpr const char* kRowEnd = ",provisional,unit_measure,decimals\n";

// An answer without regions is its sums.
std::string render_totals_csv(const Answer& answer) {
  std::string out = "period,";
  for (const std::string& dimension : answer.dimensions) out += dimension + ",";
  out += std::string("value,bound,max_error,known,regions,members") + kRowEnd;
  for (const AnswerTotal& total : answer.totals) {
    out += total.period + ",";
    for (const std::string& category : total.categories) out += category + ",";
    out += (total.value ? decimal(*total.value, answer.decimals) : "") + "," + total.bound + "," +
           decimal(static_cast<std::int64_t>(total.max_error), answer.decimals) + "," +
           std::to_string(total.known) + "," + std::to_string(total.regions) + "," +
           std::to_string(answer.members) + row_end(answer, total.provisional);
  }
  return out;
}

}  // namespace

std::string render_csv(const Answer& answer) {
  if (std::find(answer.by.begin(), answer.by.end(), kRegionDimension) == answer.by.end()) {
    return render_totals_csv(answer);
  }
  std::string out = "region,period,";
  for (const std::string& dimension : answer.dimensions) out += dimension + ",";
  out += std::string("value,method,obs_status,conf_status,release,log_index") + kRowEnd;
  for (const AnswerCell& cell : answer.cells) {
    out += cell.region + "," + cell.period + ",";
    for (const std::string& category : cell.categories) out += category + ",";
    out += (cell.value ? decimal(*cell.value, answer.decimals) : "") + "," + cell.method + "," +
           cell.obs_status + "," + cell.conf_status + "," +
           (cell.release ? cell.release->hex() : "") + "," +
           (cell.log_index ? std::to_string(*cell.log_index) : "") +
           row_end(answer, cell.provisional);
  }
  return out;
}

std::string render(const Answer& answer, Format format) {
  switch (format) {
    case Format::json:
      return render_json(answer);
    case Format::csv:
      return render_csv(answer);
    case Format::table:
      break;
  }
  return render_table(answer);
}

}  // namespace regions
