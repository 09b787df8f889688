#include "node/federation/render_progress.h"

#include <algorithm>

#include "node/federation/json_parts.h"
#include "node/federation/text_parts.h"

namespace regions {
namespace {

namespace json = boost::json;

json::value value_json(const ProgressValue& value) {
  return {{"value", or_null(value.value)},
          {"obs_status", std::string(1, value.obs_status)},
          {"conf_status", std::string(1, value.conf_status)},
          {"provisional", value.provisional},
          {"release", value.release ? json::value(value.release->hex()) : json::value(nullptr)},
          {"log_index", or_null(value.log_index)}};
}

void add_change(json::object& out, const std::optional<Change>& change) {
  const bool aims = change && change->target;
  out["change"] = change ? json::value(change->change) : json::value(nullptr);
  out["change_permille"] = change ? or_null(change->permille) : json::value(nullptr);
  out["target"] = change ? or_null(change->target) : json::value(nullptr);
  out["reached"] = aims ? json::value(change->reached) : json::value(nullptr);
  out["reached_certain"] = aims ? json::value(change->certain) : json::value(nullptr);
  out["change_max_error"] = change ? json::value(change->max_error) : json::value(nullptr);
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
                      {"max_error", federation.max_error},
                      {"baseline_provisional", federation.baseline_provisional},
                      {"period_provisional", federation.period_provisional}};
  add_change(out, federation.change);
  return out;
}

// One row of the table, before it is laid out.
using Row = std::vector<std::string>;

// "12", "~12" with noise, each with "p" where it is provisional.
std::string shown(std::int64_t value, bool provisional, const Progress& progress) {
  return (progress.error > 0 ? "~" : "") + decimal(value, progress.decimals) +
         (provisional ? "p" : "");
}

std::string shown(const ProgressValue& value, const Progress& progress) {
  switch (value.state) {
    case ProgressState::withheld:
      return value.provisional ? "cp" : "c";
    case ProgressState::not_heard_of:
      return "?";
    case ProgressState::not_released:
      return ".";
    case ProgressState::not_computable:
      return "n";
    case ProgressState::not_comparable:
    case ProgressState::known:
      break;
  }
  return shown(*value.value, value.provisional, progress);
}

std::string with_sign(std::int64_t value, unsigned decimals) {
  return (value > 0 ? "+" : "") + decimal(value, decimals);
}

std::string reached(const Change& change) {
  if (!change.certain) return "not certain";
  return change.reached ? "yes" : "no";
}

void add_change(Row& row, const std::optional<Change>& change, unsigned decimals) {
  const std::string nothing = "-";
  const std::string about = change && change->max_error > 0 ? "~" : "";
  row.push_back(change ? about + with_sign(change->change, decimals) : nothing);
  row.push_back(change && change->permille ? about + with_sign(*change->permille, 1) + " %"
                                           : nothing);
  row.push_back(change && change->target ? about + decimal(*change->target, decimals) : nothing);
  row.push_back(change && change->target ? reached(*change) : nothing);
}

// The sums of some members must not pass for the federation's.
const char* sum_label(const Progress& progress) {
  return progress.is_chosen() ? "chosen" : "federation";
}

std::vector<Row> rows_of(const Progress& progress) {
  std::vector<Row> rows = {{"region", progress.baseline.text(), progress.period.text(), "change",
                            "per cent", "target", "reached"}};
  for (const MemberProgress& member : progress.members) {
    Row row = {member.region, shown(member.baseline, progress), shown(member.period, progress)};
    add_change(row, member.change, progress.decimals);
    rows.push_back(std::move(row));
  }
  const FederationProgress& federation = progress.federation;
  const bool any = federation.known > 0;
  Row row = {sum_label(progress),
             any ? shown(federation.baseline, federation.baseline_provisional, progress) : "-",
             any ? shown(federation.period, federation.period_provisional, progress) : "-"};
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
  const std::int64_t sum = progress.federation.max_error;
  std::string out = "~ about: a region's value " +
                    error_in_words(progress.method, progress.error, progress.decimals) +
                    ", its change twice that;\n";
  if (sum > 0) {
    out += std::string(sum_label(progress)) + ": a sum is off by at most " +
           decimal(sum, progress.decimals) + ", its change by at most " +
           decimal(2 * sum, progress.decimals) + "\n";
  }
  return out + "not certain: the error decides whether the target is reached\n";
}

// "federation: 2 of 3 regions, those known in both periods"
std::string sum_line(const Progress& progress) {
  const FederationProgress& federation = progress.federation;
  std::string out = std::string(sum_label(progress)) + ": " + std::to_string(federation.known) +
                    " of " + std::to_string(federation.regions);
  if (progress.is_chosen()) {
    out += " chosen regions, of " + std::to_string(progress.all_members) + " members";
  } else {
    out += " regions";
  }
  return out + ", those known in both periods\n";
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
      {"members", progress.all_members},
      {"max_error", progress.error},
      {"coverage", coverage_json(progress.coverage)},
      {"regions", members},
      {"federation", federation_json(progress.federation)}};
  return json::serialize(out) + "\n";
}

std::string render_progress_text(const Progress& progress) {
  std::string out = progress.indicator + ": " + progress.title + " (" + progress.unit + ")\n" +
                    coverage_line(progress.coverage) + "\n" + laid_out(rows_of(progress)) + "\n" +
                    sum_line(progress);
  if (progress.target_percent > 0) {
    out += "target: " + std::to_string(progress.target_percent) + " % above the baseline\n";
  }
  return out + notes(progress) + noise_line(progress) +
         "c withheld, . not released, ? not heard of, n not computable\n"
         "p, cp provisional: released before the period had ended\n"
         "no per cent below a baseline of " +
         std::to_string(kPercentBaselineMin) + "\n";
}

}  // namespace regions
