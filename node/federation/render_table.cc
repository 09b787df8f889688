// An answer as a table for a terminal: a row per region and category, a column per period.
#include <algorithm>
#include <map>
#include <set>

#include "node/federation/legend.h"
#include "node/federation/render.h"
#include "node/federation/text_parts.h"

namespace regions {
namespace {

constexpr std::size_t kFirstColumn = 12;
constexpr std::size_t kGap = 3;              // between columns of periods
constexpr std::size_t kCategoryColumn = 32;  // longer codes are cut

// What stands left of the figures, and the figures by period.
struct Row {
  std::string first;
  std::vector<std::string> categories;
  std::map<std::string, std::string> shown;
};

// "12", "12p" provisional, "c" withheld, "cp", "." not released.
std::string shown(const AnswerCell& cell, unsigned decimals) {
  if (cell.obs_status == 'O') return ".";
  const std::string value = cell.obs_status == 'Q' ? "c" : decimal(*cell.value, decimals);
  return value + (cell.provisional ? "p" : "");
}

// "30", ">=30", "~30", ">~30", each with "p" where it is provisional.
std::string shown(const AnswerTotal& total, unsigned decimals) {
  if (!total.value) return "-";
  const std::string value = decimal(*total.value, decimals) + (total.provisional ? "p" : "");
  if (total.bound == "exact") return value;
  if (total.bound == "approximate") return "~" + value;
  return (total.bound == "at_least" ? ">=" : ">~") + value;
}

// Cells and totals come by period, so a row is met again in every period.
class Rows {
 public:
  explicit Rows(const Answer& answer) {
    std::set<std::string> absent;
    for (const Coverage& coverage : answer.coverage) {
      if (coverage.state == "absent") absent.insert(coverage.region);
    }
    for (const AnswerCell& cell : answer.cells) {
      at(cell.region, cell.categories).shown[cell.period] =
          absent.contains(cell.region) ? "?" : shown(cell, answer.decimals);
    }
    add_sums(answer);
  }
  const std::vector<Row>& all() const { return rows_; }

 private:
  // Known of all members, whichever are asked for: a chosen region is not the federation.
  void add_sums(const Answer& answer) {
    for (const AnswerTotal& total : answer.totals) {
      at(answer.is_chosen() ? "chosen" : "federation", total.categories).shown[total.period] =
          shown(total, answer.decimals);
    }
    for (const AnswerTotal& total : answer.totals) {
      at("known", total.categories).shown[total.period] =
          std::to_string(total.known) + "/" + std::to_string(answer.members);
    }
    for (const AnswerTotal& total : answer.totals) {
      if (answer.error == 0) break;
      at("max error", total.categories).shown[total.period] =
          total.value ? decimal(static_cast<std::int64_t>(total.max_error), answer.decimals) : "-";
    }
  }
  Row& at(const std::string& first, const std::vector<std::string>& categories) {
    const auto [found, is_new] = index_.emplace(std::pair(first, categories), rows_.size());
    if (is_new) rows_.push_back({first, categories, {}});
    return rows_[found->second];
  }

  std::vector<Row> rows_;
  std::map<std::pair<std::string, std::vector<std::string>>, std::size_t> index_;
};

// Columns as wide as what stands in them, and as many periods to a block as a terminal holds.
struct Widths {
  std::vector<std::size_t> categories;
  std::size_t period = 0;
  std::size_t periods_per_block = 1;

  Widths(const Answer& answer, const std::vector<Row>& rows) {
    for (const std::string& dimension : answer.dimensions) categories.push_back(dimension.size());
    for (const Row& row : rows) {
      for (std::size_t i = 0; i < categories.size(); ++i) {
        categories[i] = std::max(categories[i], row.categories[i].size());
      }
      for (const auto& [text, figure] : row.shown) {
        period = std::max({period, text.size() + kGap, figure.size() + 1});
      }
    }
    std::size_t left = kFirstColumn;
    for (std::size_t& width : categories) {
      width = std::min(width + 2, kCategoryColumn);
      left += width;
    }
    if (left + period < kTerminalColumns) periods_per_block = (kTerminalColumns - left) / period;
  }
};

std::string labels(const std::string& first, const std::vector<std::string>& categories,
                   const Widths& widths) {
  std::string out = label(first, kFirstColumn);
  for (std::size_t i = 0; i < categories.size(); ++i) {
    out += label(categories[i], widths.categories[i]);
  }
  return out;
}

// The periods [from, to) of `periods`.
std::string block(const Answer& answer, const std::vector<Row>& rows, const Widths& widths,
                  const std::vector<std::string>& periods, std::size_t from, std::size_t to) {
  std::string out = labels("region", answer.dimensions, widths);
  for (std::size_t i = from; i < to; ++i) out += padded(periods[i], widths.period);
  out += '\n';
  for (const Row& row : rows) {
    out += labels(row.first, row.categories, widths);
    for (std::size_t i = from; i < to; ++i) out += padded(row.shown.at(periods[i]), widths.period);
    out += '\n';
  }
  return out + '\n';
}

}  // namespace

std::string render_table(const Answer& answer) {
  std::string out = answer.indicator + ": " + answer.title + " (" + answer.unit + ")\n" +
                    coverage_line(answer.coverage) + "\n";
  std::set<std::string> distinct;
  for (const AnswerTotal& total : answer.totals) distinct.insert(total.period);
  const std::vector<std::string> periods(distinct.begin(), distinct.end());
  if (periods.empty()) return out + "no member has released a period yet\n";
  const Rows rows(answer);
  const Widths widths(answer, rows.all());
  for (std::size_t from = 0; from < periods.size(); from += widths.periods_per_block) {
    const std::size_t to = std::min(periods.size(), from + widths.periods_per_block);
    out += block(answer, rows.all(), widths, periods, from, to);
  }
  return out + legend(answer);
}

}  // namespace regions
