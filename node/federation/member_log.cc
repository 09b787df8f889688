#include "node/federation/member_log.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "node/base/limits.h"
#include "node/exchange/verdict.h"
#include "policies/catalogue/period.h"
#include "protocol/statement/dsse.h"

namespace regions {
namespace {

using Wanted = std::function<bool(const Figure&)>;

// What was read of a log so far.
struct Reading {
  // The releases of one figure in log order, each superseding the one before.
  std::map<Figure, std::vector<Stated>> chains;
  std::set<Digest> withdrawn;
};

// In UTC.
int year_of(std::uint64_t seconds) {
  using namespace std::chrono;
  constexpr std::uint64_t kYear3000 = 32'503'680'000;  // later ones are no dates of ours
  const sys_seconds at{
      std::chrono::seconds(static_cast<std::int64_t>(std::min(seconds, kYear3000)))};
  return static_cast<int>(year_month_day(floor<days>(at)).year());
}

FigureKey key_of(const Figure& figure) {
  return {figure.indicator, figure.definition, figure.table, figure.period};
}

// Applies one verified statement, in log order.
void apply(Statement statement, const Digest& id, std::uint64_t index, const Wanted& wanted,
           Reading& reading) {
  if (auto* release = std::get_if<Release>(&statement)) {
    const Figure figure = about(*release).figure;
    if (!wanted(figure)) return;
    // `supersedes` names the one before, withdrawn or not; a first release names none.
    auto& chain = reading.chains[figure];
    const auto expected = chain.empty() ? std::nullopt : std::optional<Digest>(chain.back().id);
    if (release->supersedes == expected) chain.push_back({std::move(*release), id, index});
  } else if (const auto* withdrawal = std::get_if<Withdrawal>(&statement)) {
    reading.withdrawn.insert(withdrawal->release);
  }
}

void choose_current(Reading& reading, MemberLog& log) {
  for (auto& [figure, chain] : reading.chains) {
    for (Stated& one : chain) {
      if (reading.withdrawn.contains(one.id)) continue;
      const auto [at, first] = log.current.emplace(key_of(figure), one);
      if (!first && at->second.index < one.index) at->second = std::move(one);
    }
  }
}

Result<Statement> read_statement(const Reader& shared, const std::string& member,
                                 const Digest& id) {
  TRY(const auto bytes, shared.get(Area::envelopes, id.view()));
  if (!bytes) {
    return fail(Errc::corrupt, "envelope " + id.hex() + " of " + member + " is missing");
  }
  TRY(const auto envelope, decode_envelope(*bytes));
  // Stored bytes may have come to harm since they were judged; the digest tells.
  if (statement_id(envelope.payload_type, envelope.payload) != id) {
    return fail(Errc::corrupt, "envelope " + id.hex() + " of " + member + " is damaged");
  }
  return decode_payload(envelope.payload_type, envelope.payload);
}

}  // namespace

bool is_provisional(const Release& release, const Cell& cell) {
  if (cell.status == ObsStatus::P) return true;
  const auto period = Period::parse(release.period);
  return !cell.value && period && period->last_year() >= year_of(release.header.issued_at);
}

std::size_t members_of(const Membership& membership) {
  return membership.roster().roster().members.size();
}

const Stated* MemberLog::find(const FigureKey& key) const {
  const auto found = current.find(key);
  return found == current.end() ? nullptr : &found->second;
}

Result<MemberLog> read_member_log(const Reader& shared, const std::string& member,
                                  const Wanted& wanted) {
  MemberLog log;
  Reading reading;
  Result<void> problem;
  TRY_VOID(for_each_row(shared, member, 0, [&](std::uint64_t index, const StatementRow& row) {
    log.seen = true;
    if (row.state != StatementState::verified) {
      if (row.state != StatementState::undisclosed) log.whole = false;
      return true;
    }
    // A row without it is a withdrawal, an adoption, or an older build's: the envelope tells.
    if (const auto known = decode_about(row.about); known && !wanted(known->figure)) return true;
    problem = [&]() -> Result<void> {
      TRY(Statement statement, read_statement(shared, member, row.id));
      apply(std::move(statement), row.id, index, wanted, reading);
      return {};
    }();
    return problem.has_value();
  }));
  TRY_VOID(problem);
  choose_current(reading, log);
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
  } else if (now - coverage.as_of > kLateSeconds || coverage.as_of - now > kLateSeconds) {
    // A time to come was written under a clock that was ahead: when it was heard of nobody knows.
    coverage.state = "late";
  }
  return coverage;
}

Result<std::vector<std::string>> members_asked(const Membership& membership,
                                               const std::vector<std::string>& regions) {
  std::vector<std::string> all;
  for (const Member& member : membership.roster().roster().members) all.push_back(member.id);
  if (regions.empty()) return all;
  std::set<std::string> asked;
  for (const std::string& region : regions) {
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

}  // namespace regions
