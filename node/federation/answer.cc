#include "node/federation/answer.h"

#include <algorithm>
#include <map>
#include <set>

#include "node/base/limits.h"
#include "node/exchange/verdict.h"
#include "node/log/log_store.h"
#include "policies/catalogue/tables.h"
#include "policies/catalogue/toml_reader.h"
#include "protocol/statement/dsse.h"
#include "protocol/statement/statement.h"

namespace regions {
namespace {

struct Current {
  Release release;
  Digest id;
  std::uint64_t index = 0;
};

struct MemberLog {
  // The releases of one period and audience in log order, each superseding the one before.
  std::map<std::pair<std::string, AudienceKind>, std::vector<Current>> chains;
  std::set<Digest> withdrawn;
  // By period: the last release in log order that is not withdrawn (PROTOCOL 3).
  std::map<std::string, Current> current;
  bool whole = true;  // every payload we may see is here, understood and valid
  bool seen = false;
};

bool is_headline(const Release& release, const Question& question, const Digest& definition) {
  return release.indicator == question.indicator && release.definition == definition &&
         release.table == kHeadlineTable;
}

// Applies one verified statement, in log order.
void apply(const Statement& statement, const Digest& id, std::uint64_t index,
           const Question& question, const Digest& definition, MemberLog& log) {
  if (const auto* release = std::get_if<Release>(&statement)) {
    if (!is_headline(*release, question, definition)) return;
    // `supersedes` names the one before, withdrawn or not; a first release names none.
    auto& chain = log.chains[{release->period, release->header.audience.kind}];
    const auto expected = chain.empty() ? std::nullopt : std::optional<Digest>(chain.back().id);
    if (release->supersedes == expected) chain.push_back({*release, id, index});
  } else if (const auto* withdrawal = std::get_if<Withdrawal>(&statement)) {
    log.withdrawn.insert(withdrawal->release);
  }
}

void choose_current(MemberLog& log) {
  for (auto& [key, chain] : log.chains) {
    for (Current& one : chain) {
      if (log.withdrawn.contains(one.id)) continue;
      const auto [at, first] = log.current.emplace(key.first, one);
      if (!first && at->second.index < one.index) at->second = std::move(one);
    }
  }
}

Result<MemberLog> read_log(const Reader& shared, const std::string& member,
                           const Question& question, const Digest& definition) {
  MemberLog log;
  Result<void> problem;
  TRY_VOID(for_each_row(shared, member, 0, [&](std::uint64_t index, const StatementRow& row) {
    log.seen = true;
    if (row.state != StatementState::verified) {
      if (row.state != StatementState::undisclosed) log.whole = false;
      return true;
    }
    problem = [&]() -> Result<void> {
      TRY(const auto bytes, shared.get(Area::envelopes, row.id.view()));
      if (!bytes)
        return fail(Errc::corrupt, "envelope " + row.id.hex() + " of " + member + " is missing");
      TRY(const auto envelope, decode_envelope(*bytes));
      // Stored bytes may have come to harm since they were judged; the digest tells.
      if (statement_id(envelope.payload_type, envelope.payload) != row.id) {
        return fail(Errc::corrupt, "envelope " + row.id.hex() + " of " + member + " is damaged");
      }
      TRY(const Statement statement, decode_payload(envelope.payload_type, envelope.payload));
      apply(statement, row.id, index, question, definition, log);
      return {};
    }();
    return problem.has_value();
  }));
  TRY_VOID(problem);
  choose_current(log);
  return log;
}

Result<Coverage> coverage_of(const Reader& shared, const std::string& member, const MemberLog& log,
                             const std::string& self, std::int64_t now) {
  Coverage coverage{member, "complete", log.current.size(), 0};
  TRY(const auto as_of, shared.get(Area::peers, member));
  if (as_of && as_of->size() == 8) coverage.as_of = static_cast<std::int64_t>(read_u64(*as_of));
  if (member == self) coverage.as_of = now;
  if (!log.seen) {
    coverage.state = "absent";
  } else if (!log.whole) {
    coverage.state = "partial";
  } else if (now - coverage.as_of > kLateSeconds) {
    coverage.state = "late";
  }
  return coverage;
}

AnswerCell cell_of(const std::string& member, const std::string& period, const MemberLog& log) {
  AnswerCell cell;
  cell.region = member;
  cell.period = period;
  cell.method = kMethodExact;
  const auto found = log.current.find(period);
  if (found == log.current.end()) return cell;
  const Current& current = found->second;
  const Cell& released = current.release.cells.front();
  cell.method = current.release.claim.method;
  cell.value = released.value;
  cell.obs_status = !released.value ? 'Q' : (released.status == ObsStatus::P ? 'P' : 'A');
  cell.conf_status = released.value ? 'F' : 'C';
  cell.release = current.id;
  cell.log_index = current.index;
  return cell;
}

// Exact only where every region published its cell, otherwise "at least" (DISCLOSURE 4).
AnswerTotal total_of(const std::string& period, const std::vector<AnswerCell>& cells) {
  AnswerTotal total;
  total.period = period;
  for (const AnswerCell& cell : cells) {
    if (cell.period != period) continue;
    ++total.regions;
    if (!cell.value) continue;
    ++total.known;
    total.value = total.value.value_or(0) + *cell.value;
  }
  total.bound = total.known == total.regions ? "exact" : "at_least";
  return total;
}

Result<void> check_by(const std::vector<std::string>& by) {
  static const std::vector<std::vector<std::string>> kKnown = {{"region", "year"}, {"year"}};
  if (std::find(kKnown.begin(), kKnown.end(), by) != kKnown.end()) return {};
  return fail(
      Errc::invalid_input,
      "--by: \"region,year\" or \"year\" expected; other margins are not in the release plan, and "
      "distinct enterprises do not add up over years");
}

Result<std::vector<std::string>> members_asked(const Membership& membership,
                                               const Question& question) {
  std::vector<std::string> all;
  for (const Member& member : membership.roster().roster().members) all.push_back(member.id);
  if (question.regions.empty()) return all;
  std::set<std::string> asked;
  for (const std::string& region : question.regions) {
    if (std::find(all.begin(), all.end(), region) == all.end()) {
      std::string known;
      for (const std::string& member : all) known += (known.empty() ? "" : ", ") + member;
      return fail(Errc::invalid_input,
                  "--region " + region + ": no such member; there are " + known);
    }
    asked.insert(region);
  }
  return std::vector<std::string>(asked.begin(), asked.end());
}

}  // namespace

Result<Answer> ask(const Reader& shared, const Membership& membership, const Catalogue& catalogue,
                   const Question& question, const std::string& self, std::int64_t now) {
  TRY(const Indicator* indicator, catalogue.require(question.indicator));
  TRY_VOID(check_by(question.by));
  TRY(const auto members, members_asked(membership, question));
  Answer answer{indicator->code,
                indicator->title,
                catalogue.definition(*indicator),
                indicator->unit,
                indicator->decimals,
                question.by,
                {},
                {},
                {}};
  std::map<std::string, MemberLog> logs;
  std::set<std::string> periods(question.periods.begin(), question.periods.end());
  // Every period that any member released, those left out by --region included.
  for (const Member& member : membership.roster().roster().members) {
    TRY(MemberLog log, read_log(shared, member.id, question, answer.definition));
    if (question.periods.empty()) {
      for (const auto& [period, current] : log.current) periods.insert(period);
    }
    logs.emplace(member.id, std::move(log));
  }
  for (const std::string& member : members) {
    TRY(answer.coverage.emplace_back(), coverage_of(shared, member, logs.at(member), self, now));
  }
  for (const std::string& period : periods) {
    for (const std::string& member : members) {
      answer.cells.push_back(cell_of(member, period, logs.at(member)));
    }
    answer.totals.push_back(total_of(period, answer.cells));
  }
  // Without `region` the margin is the sum over regions, and sums stand in totals.
  if (question.by.front() != "region") answer.cells.clear();
  return answer;
}

}  // namespace regions
