#include "node/federation/render.h"

#include <algorithm>
#include <boost/json.hpp>
#include <set>

namespace regions {
namespace {

namespace json = boost::json;

template <class Value>
json::value or_null(const std::optional<Value>& value) {
  return value ? json::value(*value) : json::value(nullptr);
}

json::value coverage_json(const Answer& answer) {
  json::array out;
  for (const Coverage& coverage : answer.coverage) {
    out.push_back(
        {{"region", coverage.region},
         {"state", coverage.state},
         {"releases", coverage.releases},
         {"as_of", coverage.as_of == 0 ? json::value(nullptr) : json::value(coverage.as_of)}});
  }
  return out;
}

json::value cells_json(const Answer& answer) {
  json::array out;
  for (const AnswerCell& cell : answer.cells) {
    out.push_back(
        {{"region", cell.region},
         {"period", cell.period},
         {"dimensions", json::object()},
         {"value", or_null(cell.value)},
         {"method", cell.method},
         {"obs_status", std::string(1, cell.obs_status)},
         {"conf_status", std::string(1, cell.conf_status)},
         {"release", cell.release ? json::value(cell.release->hex()) : json::value(nullptr)},
         {"log_index", or_null(cell.log_index)}});
  }
  return out;
}

json::value totals_json(const Answer& answer) {
  json::array out;
  for (const AnswerTotal& total : answer.totals) {
    out.push_back({{"period", total.period},
                   {"dimensions", json::object()},
                   {"value", or_null(total.value)},
                   {"bound", total.bound},
                   {"max_error", total.max_error},
                   {"known", total.known},
                   {"regions", total.regions}});
  }
  return out;
}

std::string padded(const std::string& text, std::size_t width) {
  return std::string(width > text.size() ? width - text.size() : 0, ' ') + text;
}

// "12", "12p" provisional, "c" withheld, "." not released.
std::string shown(const AnswerCell& cell) {
  if (cell.obs_status == 'Q') return "c";
  if (cell.obs_status == 'O') return ".";
  return std::to_string(*cell.value) + (cell.obs_status == 'P' ? "p" : "");
}

std::string shown(const AnswerTotal& total) {
  if (!total.value) return "-";
  return (total.bound == "exact" ? "" : ">=") + std::to_string(*total.value);
}

constexpr std::size_t kYearsPerBlock = 12;  // keeps a block within 100 columns
constexpr std::size_t kColumn = 7;
constexpr std::size_t kFirstColumn = 12;

// The periods [from, from + kYearsPerBlock) as one block of rows.
std::string table_block(const Answer& answer, const std::vector<std::string>& periods,
                        std::size_t from) {
  const std::size_t to = std::min(periods.size(), from + kYearsPerBlock);
  std::string out = "region      ";
  for (std::size_t i = from; i < to; ++i) out += padded(periods[i], kColumn);
  out += '\n';
  const auto in_block = [&](const std::string& period) {
    return period >= periods[from] && period <= periods[to - 1];
  };
  for (const Coverage& coverage : answer.coverage) {
    std::string row = coverage.region + std::string(kFirstColumn - coverage.region.size(), ' ');
    for (const AnswerCell& cell : answer.cells) {
      if (cell.region == coverage.region && in_block(cell.period))
        row += padded(shown(cell), kColumn);
    }
    if (!answer.cells.empty()) out += row + '\n';
  }
  out += "federation  ";
  for (const AnswerTotal& total : answer.totals) {
    if (in_block(total.period)) out += padded(shown(total), kColumn);
  }
  out += "\nknown       ";
  for (const AnswerTotal& total : answer.totals) {
    if (in_block(total.period)) {
      out += padded(std::to_string(total.known) + "/" + std::to_string(total.regions), kColumn);
    }
  }
  return out + "\n\n";
}

std::string coverage_lines(const Answer& answer) {
  std::string out = "coverage:";
  for (const Coverage& coverage : answer.coverage) {
    out += " " + coverage.region + " " + coverage.state + " (" + std::to_string(coverage.releases) +
           ")";
    if (&coverage != &answer.coverage.back()) out += ",";
  }
  return out + "\n";
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
  const json::value out = {{"format", "regions4.answer/1"},         {"indicator", answer.indicator},
                           {"definition", answer.definition.hex()}, {"unit", answer.unit},
                           {"decimals", answer.decimals},           {"by", by},
                           {"coverage", coverage_json(answer)},     {"cells", cells_json(answer)},
                           {"totals", totals_json(answer)}};
  return json::serialize(out) + "\n";
}

std::string render_csv(const Answer& answer) {
  std::string out = "region,period,value,method,obs_status,conf_status,release,log_index\n";
  for (const AnswerCell& cell : answer.cells) {
    out += cell.region + "," + cell.period + "," + (cell.value ? std::to_string(*cell.value) : "") +
           "," + cell.method + "," + cell.obs_status + "," + cell.conf_status + "," +
           (cell.release ? cell.release->hex() : "") + "," +
           (cell.log_index ? std::to_string(*cell.log_index) : "") + "\n";
  }
  return out;
}

std::string render_table(const Answer& answer) {
  std::string out = answer.indicator + ": " + answer.title + " (" + answer.unit + ")\n" +
                    coverage_lines(answer) + "\n";
  std::set<std::string> distinct;
  for (const AnswerTotal& total : answer.totals) distinct.insert(total.period);
  const std::vector<std::string> periods(distinct.begin(), distinct.end());
  if (periods.empty()) return out + "no member has released a period yet\n";
  for (std::size_t from = 0; from < periods.size(); from += kYearsPerBlock) {
    out += table_block(answer, periods, from);
  }
  return out +
         "c withheld, . not released, - known nowhere, p provisional (the year has not ended), >= "
         "at least\n";
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
