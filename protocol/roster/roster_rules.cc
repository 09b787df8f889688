// The rules of a roster, field by field (protocol/spec/roster.md); those of its members are in
// roster_members.cc.
#include <algorithm>
#include <set>

#include "protocol/base/limits.h"
#include "protocol/roster/roster_members.h"
#include "protocol/statement/fields.h"

namespace regions {
namespace {

Error bad(std::string what) { return fail(Errc::malformed, std::move(what)); }

// A strict majority, and never all: one lost key must not freeze the federation. Of two, both.
Result<void> check_threshold(std::uint32_t threshold, std::size_t seats) {
  const std::size_t least = seats / 2 + 1;
  const std::size_t most = seats >= 3 ? seats - 1 : seats;
  if (threshold < least || threshold > most) {
    return fail(Errc::refused, "threshold: " + std::to_string(least) + " to " +
                                   std::to_string(most) + " expected for " + std::to_string(seats) +
                                   " seats");
  }
  return {};
}

Result<void> check_votes(const Roster& roster) {
  std::set<std::string_view> voters;
  for (const Member& member : roster.members) {
    if (member.status == Status::member) voters.insert(member.id);
  }
  if (voters.empty()) return fail(Errc::refused, "roster: nobody votes");
  if (voters.size() <= kBoardMax) {
    if (!roster.board.empty()) return fail(Errc::refused, "board: only above 15 members");
    return check_threshold(roster.threshold, voters.size());
  }
  if (roster.board.size() < kBoardMin || roster.board.size() > kBoardMax) {
    return fail(Errc::refused, "board: 5 to 15 seats expected above 15 members");
  }
  TRY_VOID(check_ascending(roster.board, "board"));
  for (const std::string& seat : roster.board) {
    if (!voters.contains(seat)) return fail(Errc::refused, "board: a seat that is no member's");
  }
  return check_threshold(roster.threshold, roster.board.size());
}

Result<void> check_committee(const Committee& committee, const std::set<std::string_view>& voters) {
  TRY_VOID(check_ascending(committee.witnesses, "witnesses"));
  for (const std::string& witness : committee.witnesses) {
    if (!voters.contains(witness) || witness == committee.log) {
      return fail(Errc::refused, "a witness that is no other member");
    }
  }
  const std::uint64_t n = committee.witnesses.size(), f = committee.f, q = committee.q;
  if (n == 0 || n > kCommitteeMax) return fail(Errc::refused, "1 to 15 witnesses expected");
  // Two quorums share an honest witness, and the honest ones alone make a quorum (PROTOCOL 5).
  if (f > n || q > n || 2 * q <= n + f || q > n - f) {
    return fail(Errc::refused, "2q - n > f and q <= n - f must hold");
  }
  return {};
}

Result<void> check_committees(const Roster& roster) {
  std::set<std::string_view> voters;
  for (const Member& member : roster.members) {
    if (member.status == Status::member) voters.insert(member.id);
  }
  for (const Committee& committee : roster.committees) {
    if (!voters.contains(committee.log)) {
      return fail(Errc::refused, "committee of a log that is no member's");
    }
    if (auto ok = check_committee(committee, voters); !ok) {
      return ok.error().in("committee of " + committee.log);
    }
  }
  return check_ascending(roster.committees, "committees",
                         [](const Committee& a, const Committee& b) { return a.log < b.log; });
}

Result<void> check_accepted(const Roster& roster) {
  if (roster.role_algorithms.size() != kRoles) return bad("algorithms: one row per role expected");
  for (unsigned i = 0; i < kRoles; ++i) {
    const RoleAlgorithms& row = roster.role_algorithms[i];
    if (static_cast<unsigned>(row.role) != i + 1) return bad("algorithms: roles in order expected");
    if (row.algorithms.empty()) return bad("algorithms: a role without any");
    TRY_VOID(check_ascending(row.algorithms, "algorithms"));
    for (const Algorithm algorithm : row.algorithms) {
      if (algorithm != Algorithm::ed25519)
        return fail(Errc::unsupported, "algorithm in the roster");
    }
  }
  if (roster.accepted_schemas.size() > kAcceptedMax) return fail(Errc::too_large, "schemas");
  for (const AcceptedSchema& schema : roster.accepted_schemas) {
    TRY_VOID(check_code(schema.kind, "schema kind"));
    if (schema.versions.empty() || schema.versions.front() == 0) return bad("schema versions");
    if (schema.versions.size() > kAcceptedMax) return fail(Errc::too_large, "schema versions");
    TRY_VOID(check_ascending(schema.versions, "schema versions"));
  }
  return check_ascending(
      roster.accepted_schemas, "accepted schemas",
      [](const AcceptedSchema& a, const AcceptedSchema& b) { return a.kind < b.kind; });
}

// Roster 1 is the founders and nobody else; their signatures on it prove their governance keys.
Result<void> check_founders(const Roster& roster, const Charter& charter) {
  const bool same =
      std::equal(roster.members.begin(), roster.members.end(), charter.founders.begin(),
                 charter.founders.end(), [](const Member& member, const Founder& founder) {
                   return member.id == founder.member && member.governance == founder.governance &&
                          member.status == Status::member;
                 });
  if (!same) return fail(Errc::mismatch, "the members of roster 1 are not the charter's founders");
  return {};
}

}  // namespace

Result<void> check(const Roster& roster) {
  TRY(const Charter charter, decode_charter(roster.charter));
  if (roster.version == 0) return bad("roster version 0");
  if ((roster.version == 1) != roster.prev.is_zero()) {
    return bad("previous roster: named from version 2 on, and only then");
  }
  TRY_VOID(check_minute(roster.issued_at, "issued-at"));
  TRY_VOID(check_minute(roster.expires_at, "expires-at"));
  if (roster.expires_at <= roster.issued_at) return bad("expires-at: not after issued-at");
  TRY_VOID(check_members(roster));
  TRY_VOID(check_votes(roster));
  TRY_VOID(check_accepted(roster));
  TRY_VOID(check(roster.quota));
  TRY_VOID(check_committees(roster));
  if (roster.release_plan) TRY_VOID(check_not_zero(*roster.release_plan, "release plan"));
  return roster.version == 1 ? check_founders(roster, charter) : Result<void>();
}

}  // namespace regions
