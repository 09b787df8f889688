#include "node/federation/render_progress.h"

#include <algorithm>

#include "node/federation/json_parts.h"
#include "node/federation/text_parts.h"
#include "policies/catalogue/tables.h"

namespace regions {
namespace {

namespace json = boost::json;

json::value value_json(const ProgressValue& value) {
  return {{"value", or_null(value.value)},
          {"obs_status", std::string(1, value.obs_status)},
          {"conf_status", std::string(1, value.conf_status)},
          {"release", value.release ? json::value(value.release->hex()) : json::value(nullptr)},
          {"log_index", or_null(value.log_index)}};
}

void add_change(json::object& out, const std::optional<Change>& change) {
  const bool aims = change && change->target;
  out["change"] = change ? json::value(change->change) : json::value(nullptr);
  out["change_permille"] = change ? or_null(change->permille) : json::value(nullptr);
  out["target"] = change ? or_null(change->target) : json::value(nullptr);
  out["reached"] = aims ? json::value(change->reached) : json::value(nullptr);
}

json::value member_json(const MemberProgress& member) {
  json::object out = {{"region", member.region},
                      {"state", name(member.state)},
                      {"reason", member.reason},
                      {"baseline", value_json(member.baseline)},
                      {"period", value_json(member.period)},
                      {"located", nullptr}};
  if (member.located) {
    out["located"] = {{"baseline", member.located->baseline}, {"period", member.located->period}};
  }
  add_change(out, member.change);
  return out;
}

json::value federation_json(const FederationProgress& federation) {
  const bool any = federation.known > 0;
  json::object out = {{"known", federation.known},
                      {"regions", federation.regions},
                      {"baseline", any ? json::value(federation.baseline) : json::value(nullptr)},
                      {"period", any ? json::value(federation.period) : json::value(nullptr)},
                      {"max_error", federation.max_error}};
  add_change(out, federation.change);
  return out;
}

// One row of the table, before it is laid out.
using Row = std::vector<std::string>;

std::string shown(const ProgressValue& value, unsigned decimals) {
  switch (value.state) {
    case ProgressState::withheld:
      return "c";
    case ProgressState::not_released:
      return ".";
    case ProgressState::not_computable:
      return "n";
    case ProgressState::not_comparable:
    case ProgressState::known:
      break;
  }
  return decimal(*value.value, decimals) + (value.obs_status == 'P' ? "p" : "");
}

std::string with_sign(std::int64_t value, unsigned decimals) {
  return (value > 0 ? "+" : "") + decimal(value, decimals);
}

void add_change(Row& row, const std::optional<Change>& change, unsigned decimals) {
  const std::string nothing = "-";
  row.push_back(change ? with_sign(change->change, decimals) : nothing);
  row.push_back(change && change->permille ? with_sign(*change->permille, 1) + " %" : nothing);
  row.push_back(change && change->target ? decimal(*change->target, decimals) : nothing);
  row.push_back(change && change->target ? (change->reached ? "yes" : "no") : nothing);
}

std::vector<Row> rows_of(const Progress& progress) {
  std::vector<Row> rows = {{"region", progress.baseline.text(), progress.period.text(), "change",
                            "per cent", "target", "reached"}};
  for (const MemberProgress& member : progress.members) {
    Row row = {member.region, shown(member.baseline, progress.decimals),
               shown(member.period, progress.decimals)};
    add_change(row, member.change, progress.decimals);
    rows.push_back(std::move(row));
  }
  const FederationProgress& federation = progress.federation;
  const bool any = federation.known > 0;
  Row row = {"federation", any ? decimal(federation.baseline, progress.decimals) : "-",
             any ? decimal(federation.period, progress.decimals) : "-"};
  add_change(row, federation.change, progress.decimals);
  rows.push_back(std::move(row));
  return rows;
}

std::string laid_out(const std::vector<Row>& rows) {
  constexpr std::size_t kFirstColumn = 12;
  constexpr std::size_t kColumnMin = 10;
  std::vector<std::size_t> widths(rows.front().size(), kColumnMin);
  for (const Row& row : rows) {
    for (std::size_t i = 1; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size() + 2);
  }
  std::string out;
  for (const Row& row : rows) {
    out += label(row.front(), kFirstColumn);
    for (std::size_t i = 1; i < row.size(); ++i) out += padded(row[i], widths[i]);
    out += '\n';
  }
  return out;
}

// "  ES: not comparable: ... (80.0 % and 95.0 %)"
std::string notes(const Progress& progress) {
  std::string out;
  for (const MemberProgress& member : progress.members) {
    if (member.reason.empty()) continue;
    out += "  " + member.region + ": " + member.reason;
    if (member.located) {
      out += " (" + decimal(member.located->baseline, 1) + " % and " +
             decimal(member.located->period, 1) + " %)";
    }
    out += '\n';
  }
  return out;
}

std::string noise_line(const Progress& progress) {
  if (progress.error == 0) return {};
  const std::string error = decimal(progress.error, progress.decimals);
  return progress.method == kMethodCellKey
             ? "every value carries noise of at most " + error +
                   " (cell key), so that values do not add up exactly\n"
             : "every value is rounded, by at most " + error + "\n";
}

}  // namespace

std::string render_progress_json(const Progress& progress) {
  json::array members;
  for (const MemberProgress& member : progress.members) members.push_back(member_json(member));
  const json::value out = {
      {"format", "regions4.progress/1"},
      {"indicator", progress.indicator},
      {"definition", progress.definition.hex()},
      {"unit", progress.unit},
      {"decimals", progress.decimals},
      {"method", progress.method},
      {"baseline", progress.baseline.text()},
      {"period", progress.period.text()},
      {"target_percent",
       progress.target_percent > 0 ? json::value(progress.target_percent) : json::value(nullptr)},
      {"coverage", coverage_json(progress.coverage)},
      {"regions", members},
      {"federation", federation_json(progress.federation)}};
  return json::serialize(out) + "\n";
}

std::string render_progress_text(const Progress& progress) {
  const FederationProgress& federation = progress.federation;
  std::string out = progress.indicator + ": " + progress.title + " (" + progress.unit + ")\n" +
                    coverage_line(progress.coverage) + "\n" + laid_out(rows_of(progress)) +
                    "\nfederation: " + std::to_string(federation.known) + " of " +
                    std::to_string(federation.regions) + " regions, those known in both periods\n";
  if (progress.target_percent > 0) {
    out += "target: " + std::to_string(progress.target_percent) + " % above the baseline\n";
  }
  return out + notes(progress) + noise_line(progress) +
         "c withheld, . not released, n not computable, p provisional (the year has not ended); no "
         "per cent\nbelow a baseline of " +
         std::to_string(kPercentBaselineMin) + "\n";
}

}  // namespace regions
