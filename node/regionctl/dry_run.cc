#include "node/regionctl/dry_run.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "node/federation/text_parts.h"
#include "node/regionctl/rows.h"

namespace regions {
namespace {

namespace json = boost::json;

// One planned margin of one indicator: its periods are the columns.
using Periods = std::vector<const json::object*>;

std::vector<Periods> margins_of(const json::object& due) {
  std::vector<Periods> out;
  std::map<std::string, std::size_t> place;
  for (const json::value& line : due.at("lines").as_array()) {
    if (text_of(line, "state") != "due") continue;
    const std::string key = text_of(line, "table") + "/" + text_of(line, "indicator") + "/" +
                            text_of(line, "period_kind");
    const auto [at, is_new] = place.emplace(key, out.size());
    if (is_new) out.emplace_back();
    out[at->second].push_back(&line.as_object());
  }
  return out;
}

// "12", "12p", "c": the marks of answers (node/federation/answers.md).
std::string mark_of(const json::value& cell, unsigned decimals) {
  const std::string status = text_of(cell, "obs_status");
  if (status == "Q") return "c";
  return decimal(cell.at("value").as_int64(), decimals) + (status == "P" ? "p" : "");
}

// "nace_group, technology_group", and "_U, data-ai" of one of its cells.
std::string dimensions_of(const json::object& line) {
  std::string out;
  for (const json::value& one : line.at("by").as_array()) {
    out += (out.empty() ? "" : ", ") + std::string(one.as_string());
  }
  return out;
}
std::string categories_of(const json::value& cell) {
  std::string out;
  for (const auto& [dimension, category] : cell.at("dimensions").as_object()) {
    out += (out.empty() ? "" : ", ") + std::string(category.as_string());
  }
  return out.empty() ? "total" : out;
}

// The periods from `first` to before `last` beside each other.
std::string block(const Periods& periods, std::size_t first, std::size_t last, std::size_t wide,
                  std::size_t column) {
  const auto decimals = periods[first]->at("decimals").to_number<unsigned>();
  std::string out = "  " + label(dimensions_of(*periods[first]), wide);
  for (std::size_t i = first; i < last; ++i) out += padded(text_of(*periods[i], "period"), column);
  out += "\n";
  const json::array& rows = periods[first]->at("cells").as_array();
  for (std::size_t row = 0; row < rows.size(); ++row) {
    out += "  " + label(categories_of(rows[row]), wide);
    for (std::size_t i = first; i < last; ++i) {
      out += padded(mark_of(periods[i]->at("cells").as_array().at(row), decimals), column);
    }
    out += "\n";
  }
  return out;
}

// "withheld: 2 of 10 cells (for you alone: 2014, 2016 below the minimum)"; nothing when none is.
std::string withheld_line(const Periods& periods) {
  std::uint64_t withheld = 0, cells = 0;
  std::map<std::string, std::string> where;  // by reason
  for (const json::object* period : periods) {
    withheld += period->at("withheld").to_number<std::uint64_t>();
    cells += period->at("cells").as_array().size();
    for (const json::value& why : period->at("why").as_array()) {
      std::string& line = where[text_of(why, "reason")];
      line += (line.empty() ? "" : ", ") + text_of(*period, "period");
      const auto count = why.at("cells").to_number<std::uint64_t>();
      if (period->at("cells").as_array().size() > 1) line += " (" + std::to_string(count) + ")";
    }
  }
  if (withheld == 0) return "";
  std::string out =
      "  withheld: " + std::to_string(withheld) + " of " + std::to_string(cells) + " cells";
  for (const auto& [reason, periods_of] : where) out += "\n    " + reason + ": " + periods_of;
  return out + "\n";
}

std::string margin_text(const Periods& periods) {
  const json::object& one = *periods.front();
  std::string out = "\n" + text_of(one, "table") + " of " + text_of(one, "indicator") + " by " +
                    text_of(one, "period_kind") + ", " + text_of(one, "unit") + ", method " +
                    text_of(one, "method") + "\n";
  std::size_t wide = dimensions_of(one).size() + 1, column = 0;
  const auto decimals = one.at("decimals").to_number<unsigned>();
  for (const json::object* period : periods) {
    column = std::max(column, text_of(*period, "period").size() + 2);
    for (const json::value& cell : period->at("cells").as_array()) {
      wide = std::max(wide, categories_of(cell).size() + 1);
      column = std::max(column, mark_of(cell, decimals).size() + 2);
    }
  }
  const std::size_t room = kTerminalColumns > wide + 2 ? kTerminalColumns - wide - 2 : 0;
  const std::size_t beside = std::max<std::size_t>(1, room / column);
  for (std::size_t first = 0; first < periods.size(); first += beside) {
    out += block(periods, first, std::min(periods.size(), first + beside), wide, column);
  }
  return out + withheld_line(periods);
}

// Lines of a list that a terminal shows; --json has all of them.
constexpr std::size_t kLinesShown = 20;

class Lines {
 public:
  void add(const std::string& line) {
    if (++count_ <= kLinesShown) text_ += line + "\n";
  }
  std::string text() const {
    if (count_ <= kLinesShown) return text_;
    return text_ + "  and " + std::to_string(count_ - kLinesShown) + " more: --json\n";
  }

 private:
  std::string text_;
  std::size_t count_ = 0;
};

std::string joined(const json::array& words) {
  std::string out;
  for (const json::value& word : words) {
    out += (out.empty() ? "" : " + ") + std::string(word.as_string());
  }
  return out;
}

// "optimum", "incumbent, at most 12 % dearer than the cheapest".
std::string method_text(const json::value& amount) {
  const std::string method = text_of(amount, "method");
  const double cost = amount.at("cost").to_number<double>();
  const double bound = amount.at("bound").to_number<double>();
  if (method != "incumbent" || bound <= 0) return method;
  return method + ", at most " + std::to_string(static_cast<int>((cost / bound - 1) * 100 + 1)) +
         " % dearer than the cheapest";
}

std::string amount_text(const json::value& amount) {
  const auto decimals = amount.at("decimals").to_number<unsigned>();
  const auto money = [&](const char* key) { return decimal(amount.at(key).as_int64(), decimals); };
  std::string out =
      "\n" + text_of(amount, "indicator") + ": all tables together, against everybody and " +
      json::serialize(amount.at("observers")) +
      " observers\n  withheld: " + json::serialize(amount.at("withheld_by_rule")) +
      " cells by a rule, " + json::serialize(amount.at("withheld_for_others")) +
      " to protect others (" + method_text(amount) + ")\n  out: " + money("published") + " of " +
      money("safe") + " " + text_of(amount, "unit") + " that no rule withholds, over all cells\n";
  Lines lines;
  for (const json::value& one : amount.at("disclosed").as_array()) {
    lines.add("  told by earlier releases already, and by these no closer: " +
              joined(one.at("cells").as_array()) + " to " + text_of(one, "who"));
  }
  for (const json::value& one : amount.at("outdated").as_array()) {
    lines.add("  the records now give another amount than was released, which stands: " +
              std::string(one.as_string()));
  }
  return out + lines.text();
}

std::string observed_text(const json::object& due) {
  Lines lines;
  for (const json::value& line : due.at("lines").as_array()) {
    const json::value* figures = line.as_object().if_contains("withheld_figures");
    if (figures == nullptr) continue;
    for (const json::value& one : figures->as_array()) {
      if (!one.as_object().contains("who")) continue;
      lines.add("  " + text_of(line, "indicator") + " " + text_of(one, "figure") +
                " withheld because of " + text_of(one, "who"));
    }
  }
  return lines.text();
}

// Headlines that are decided with those that are shown, and that go out later or not at all.
std::string decided_besides(const json::object& due) {
  std::set<std::pair<std::string, std::string>> shown;
  for (const json::value& line : due.at("lines").as_array()) {
    if (text_of(line, "state") != "due") continue;
    shown.emplace(text_of(line, "indicator"), text_of(line, "period"));
  }
  Lines lines;
  for (const json::value& line : due.at("lines").as_array()) {
    const json::value* decides = line.as_object().if_contains("decides");
    if (decides == nullptr) continue;
    const auto is_shown = [&](const json::value& one) {
      return shown.contains({text_of(one, "indicator"), text_of(line, "period")});
    };
    const json::array& both = decides->as_array();
    if (std::all_of(both.begin(), both.end(), is_shown)) continue;
    lines.add("  the headlines of " + text_of(line, "period") +
              " are decided together: " + decided_text(both));
  }
  return lines.text();
}

}  // namespace

std::string decided_text(const json::array& decides) {
  std::string out;
  for (const json::value& one : decides) {
    const json::value& cell = one.at("cells").as_array().at(0);
    out += (out.empty() ? "" : ", ") + text_of(one, "indicator") + " ";
    out += cell.at("value").is_null() ? "withheld" : mark_of(cell, 0);
    for (const json::value& why : one.at("why").as_array()) {
      out += " (" + text_of(why, "reason") + ")";
    }
  }
  return decides.size() > 1 ? out : out + ", SME-COOP not computable";
}

std::string missing_text(const json::array& years) {
  if (years.empty()) return "";
  std::string which;
  for (const json::value& year : years) {
    which += (which.empty() ? "" : ", ") +
             (year.is_string() ? std::string(year.as_string()) : json::serialize(year));
  }
  return "warning: no record of " + which +
         " was imported (no cooperation of an own firm with start and end is active then); these "
         "figures say 0 or are withheld for that reason alone\n";
}

std::string near_text(const json::array& findings, bool waived) {
  Lines lines;
  for (const json::value& one : findings) {
    std::string who;
    for (const json::value& observer : one.at("observers").as_array()) {
      const std::string name = text_of(observer, "name");
      who += (who.empty() ? "" : " with ") + text_of(observer, "kind") + " " +
             (name.empty() ? "(erased)" : name);
    }
    lines.add((waived ? "  waived by the rules: " : "  withheld because: ") + who + " knows " +
              json::serialize(one.at("known")) + " of " + text_of(one, "figure") + " " +
              text_of(one, "period") + ", " + json::serialize(one.at("remains")) + " remain");
  }
  return lines.text();
}

std::string shown_amounts(const json::object& due) {
  std::string out;
  for (const json::value& amount : due.at("amounts").as_array()) out += amount_text(amount);
  out += observed_text(due) + decided_besides(due);
  json::array waived, forbidding;
  for (const json::value& line : due.at("lines").as_array()) {
    const json::value* near = line.as_object().if_contains("near");
    if (near == nullptr) continue;
    const bool is_out = line.at("withheld").to_number<std::uint64_t>() == 0;
    for (const json::value& one : near->as_array()) {
      // The findings of a year stand with both of its headlines.
      if (text_of(one, "figure").starts_with(text_of(line, "indicator"))) {
        (is_out ? waived : forbidding).push_back(one);
      }
    }
  }
  return out + near_text(waived, true) + near_text(forbidding, false);
}

std::string shown_tables(const json::object& due) {
  std::string out;
  for (const Periods& periods : margins_of(due)) out += margin_text(periods);
  return out;
}

}  // namespace regions
