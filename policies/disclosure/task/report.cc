#include "policies/disclosure/task/report.h"

#include <algorithm>
#include <map>

#include "policies/disclosure/table/value.h"

namespace regions {
namespace {

std::string field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

void append_codes(const BuiltTable& built, CellId cell, std::string& out) {
  const auto& codes = built.table.cells()[cell].codes;
  for (std::size_t k = 0; k < codes.size(); ++k) out += field(built.table.code(k, codes[k])) + ',';
}

void append_header(const BuiltTable& built, std::string_view rest, std::string& out) {
  for (const TableDimension& dimension : built.table.dimensions())
    out += field(dimension.name()) + ',';
  (out += rest) += '\n';
}

std::string_view status_of(const BuiltTable& built, const Assembly& assembly, CellId cell,
                           bool withheld, bool disclosed) {
  const CellState& state = assembly.states[cell];
  if (disclosed) return "disclosed";
  if (state.hidden) return "hidden";
  if (!withheld) return state.empty && !built.filled[cell] ? "empty" : "published";
  return state.verdict ? "primary" : "secondary";
}

class ReportWriter {
 public:
  ReportWriter(const BuiltTable& built, const Assembly& assembly, const CellReport& report)
      : built_(built), assembly_(assembly) {
    for (const CellInterval& interval : report.intervals) intervals_[interval.cell] = interval;
    for (const Finding& finding : report.findings) {
      std::string& who = who_[finding.cell];
      who += (who.empty() ? "" : "; ") + finding.who;
      if (finding.cells > 1) who += " (a sum of " + std::to_string(finding.cells) + ")";
    }
    disclosed_.insert(disclosed_.end(), report.disclosed.begin(), report.disclosed.end());
  }

  void append(CellId id, bool withheld, std::string& out) const {
    const TableCell& cell = built_.table.cells()[id];
    const CellState& state = assembly_.states[id];
    const bool disclosed = std::binary_search(disclosed_.begin(), disclosed_.end(), id);
    append_codes(built_, id, out);
    out += number(cell.value) + ',' + std::to_string(cell.who.count()) + ',';
    out += status_of(built_, assembly_, id, withheld, disclosed);
    out += ',';
    if (state.verdict) {
      const Level& level = state.verdict->level;
      out += std::string(name(state.verdict->reason)) + ',' + number(level.lower) + ',' +
             number(level.upper) + ',';
    } else {
      out += ",,,";
    }
    const auto interval = intervals_.find(id);
    if (interval == intervals_.end()) {
      out += withheld ? "," : number(cell.value) + ',' + number(cell.value);
    } else {
      const CellInterval& range = interval->second;
      out += (range.open_below ? "" : number(cell.value - range.below)) + ',';
      out += range.open_above ? "" : number(cell.value + range.above);
    }
    const auto who = who_.find(id);
    out += ',' + (who == who_.end() ? "" : field(who->second)) + '\n';
  }

 private:
  std::string number(std::int64_t value) const {
    return format_value(value, built_.table.decimals);
  }

  const BuiltTable& built_;
  const Assembly& assembly_;
  std::map<CellId, CellInterval> intervals_;
  std::map<CellId, std::string> who_;
  std::vector<CellId> disclosed_;
};

}  // namespace

std::string published_csv(const BuiltTable& built, const Pattern& withheld) {
  std::string out;
  append_header(built, "OBS_VALUE,OBS_STATUS,CONF_STATUS", out);
  for (CellId cell = 0; cell < withheld.size(); ++cell) {
    if (!built.table.cells()[cell].shown) continue;
    append_codes(built, cell, out);
    out += withheld[cell]
               ? "NaN,Q,C\n"
               : format_value(built.table.cells()[cell].value, built.table.decimals) + ",A,F\n";
  }
  return out;
}

std::string report_csv(const BuiltTable& built, const Assembly& assembly, const Pattern& withheld,
                       const CellReport& report) {
  std::string out;
  append_header(built, "value,count,status,reason,level_below,level_above,low,high,inferred_by",
                out);
  const ReportWriter writer(built, assembly, report);
  for (CellId cell = 0; cell < withheld.size(); ++cell) {
    writer.append(cell, withheld[cell] != 0, out);
  }
  return out;
}

}  // namespace regions
