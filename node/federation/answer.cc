#include "node/federation/answer.h"

#include <algorithm>
#include <map>
#include <set>

#include "node/federation/margin.h"

namespace regions {
namespace {

using Categories = std::vector<std::string>;

// What the release says of one cell; it is not released where there is no such cell.
void fill(AnswerCell& cell, const Stated& stated) {
  const auto& cells = stated.release.cells;
  const auto at = std::lower_bound(
      cells.begin(), cells.end(), cell.categories,
      [](const Cell& one, const Categories& wanted) { return one.categories < wanted; });
  if (at == cells.end() || at->categories != cell.categories) return;
  cell.method = stated.release.claim.method;
  cell.value = at->value;
  cell.obs_status = !at->value ? 'Q' : (at->status == ObsStatus::P ? 'P' : 'A');
  cell.conf_status = at->value ? 'F' : 'C';
  cell.provisional = is_provisional(stated.release, *at);
  cell.release = stated.id;
  cell.log_index = stated.index;
}

void add(AnswerTotal& total, const AnswerCell& cell, const Margin& margin) {
  ++total.regions;
  total.provisional = total.provisional || cell.provisional;
  if (!cell.value) return;
  ++total.known;
  total.value = total.value.value_or(0) + *cell.value;
  total.max_error += static_cast<std::uint64_t>(margin.error);
}

void close(AnswerTotal& total, const Margin& margin) {
  const bool all = total.known == total.regions;
  if (all) {
    total.bound = margin.error == 0 ? "exact" : "approximate";
  } else {
    total.bound = total.max_error == 0 ? "at_least" : "at_least_approximate";
  }
}

// One period of the answer.
void add_period(Answer& answer, const std::string& period, const Margin& margin,
                const std::vector<Categories>& categories, const std::vector<std::string>& members,
                const std::map<std::string, MemberLog>& logs) {
  std::vector<AnswerTotal> totals;
  for (const Categories& one : categories) totals.push_back({period, one, {}, {}, 0, 0, 0, false});
  const FigureKey key{answer.indicator, answer.definition, margin.table, period};
  for (const std::string& member : members) {
    const Stated* stated = logs.at(member).find(key);
    for (std::size_t i = 0; i < categories.size(); ++i) {
      AnswerCell cell{member, period, categories[i], {}, margin.method, 'O', 'F', false, {}, {}};
      // Under another plan the same id may have been another margin.
      if (stated != nullptr && stated->release.dimensions == margin.by) fill(cell, *stated);
      add(totals[i], cell, margin);
      answer.cells.push_back(std::move(cell));
    }
  }
  for (AnswerTotal& total : totals) {
    close(total, margin);
    answer.totals.push_back(std::move(total));
  }
}

Result<void> check_kind(const std::vector<std::string>& periods, PeriodKind kind) {
  for (const std::string& text : periods) {
    TRY(const Period period, Period::parse(text));
    if (period.kind() == kind) continue;
    return fail(Errc::invalid_input,
                "--period " + text + ": a " + std::string(name(period.kind())) +
                    ", but --by asks for a " + std::string(name(kind)) + " such as " +
                    Period::of(kind, period.first_year()).text());
  }
  return {};
}

// A dimension that the indicator does not name is never added up.
std::vector<DimensionDef> combines_of(const Indicator& indicator,
                                      const std::vector<std::string>& by) {
  std::vector<DimensionDef> out;
  for (const std::string& id : by) {
    const DimensionDef* dimension = indicator.dimension(id);
    out.push_back({id, dimension ? dimension->combines : Combines::overlapping});
  }
  return out;
}

}  // namespace

Result<Answer> ask(const Reader& shared, const Membership& membership, const Catalogue& catalogue,
                   const Question& question, const std::string& self, std::int64_t now,
                   const Plan* plan) {
  TRY(const Indicator* indicator, catalogue.require(question.indicator));
  TRY(const By by, parse_by(question.by, catalogue));
  TRY(const Margin margin, require_margin(catalogue, plan, *indicator, by.period, by.dimensions));
  TRY_VOID(check_kind(question.periods, by.period));
  TRY(const auto members, members_asked(membership, question.regions));
  Answer answer{indicator->code,
                indicator->title,
                catalogue.definition(*indicator),
                indicator->unit,
                indicator->decimals,
                question.by,
                margin.by,
                margin.method,
                margin.error,
                combines_of(*indicator, question.by),
                members_of(membership),
                {},
                {},
                {}};
  std::map<std::string, MemberLog> logs;
  std::set<std::string> periods(question.periods.begin(), question.periods.end());
  // Every period that any member released, those left out by --region included. Unequal definitions
  // never add up: releases under another one are not in the answer.
  for (const Member& member : membership.roster().roster().members) {
    TRY(MemberLog log, read_member_log(shared, member.id, [&](const Figure& figure) {
          return figure.definition == answer.definition && margin.holds(figure);
        }));
    if (question.periods.empty()) {
      for (const auto& [key, current] : log.current) periods.insert(key.period);
    }
    logs.emplace(member.id, std::move(log));
  }
  for (const std::string& member : members) {
    TRY(answer.coverage.emplace_back(), coverage_of(shared, member, logs.at(member), self, now));
  }
  const auto categories = margin.categories(catalogue);
  for (const std::string& period : periods) {
    add_period(answer, period, margin, categories, members, logs);
  }
  // Without `region` the margin is the sum over regions, and sums stand in totals.
  if (!by.region) answer.cells.clear();
  return answer;
}

}  // namespace regions
