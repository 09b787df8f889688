#include "protocol/roster/roster_members.h"

#include <algorithm>
#include <set>

#include "protocol/base/ids.h"
#include "protocol/base/limits.h"
#include "protocol/roster/dates.h"
#include "protocol/statement/fields.h"

namespace regions {
namespace {

Error bad(std::string what) { return fail(Errc::malformed, std::move(what)); }

// NUTS: two letters and up to three letters or digits. Which codes exist is the catalogue's matter.
bool is_nuts_code(std::string_view code) {
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (code.size() < 2 || code.size() > 5 || !is_upper(code[0]) || !is_upper(code[1])) return false;
  return std::all_of(code.begin() + 2, code.end(),
                     [&](char c) { return is_upper(c) || is_digit(c); });
}

Result<void> check_territory(const Member& member) {
  const bool needed = member.status == Status::member || member.status == Status::suspended;
  if (needed && member.territory.empty()) return bad("territory: none");
  if (member.territory.size() > kNutsCodesPerMemberMax) {
    return fail(Errc::too_large, "territory: over 64 codes");
  }
  for (const std::string& code : member.territory) {
    if (!is_nuts_code(code)) return bad("territory: not a NUTS code");
  }
  TRY_VOID(check_ascending(member.territory, "territory"));
  TRY_VOID(check_nuts_version(member.nuts_version, "NUTS version"));
  if (!is_date(member.territory_from)) return bad("territory: date YYYY-MM-DD expected");
  return {};
}

Result<void> check(const Member& member) {
  if (member.status < Status::member || member.status > Status::retired) {
    return bad("unknown member status");
  }
  TRY_VOID(check_territory(member));
  if (member.governance.empty() || member.governance.size() > kGovernanceKeysPerMemberMax) {
    return bad("one or two governance keys expected");
  }
  for (const PublicKey& key : member.governance) TRY_VOID(check_admissible(key));
  return member.quota ? check(*member.quota) : Result<void>();
}

Result<void> check_keys_distinct(const Roster& roster) {
  std::set<PublicKey> keys;
  for (const Member& member : roster.members) {
    for (const PublicKey& key : member.governance) {
      if (!keys.insert(key).second) {
        return fail(Errc::conflict, member.id + ": a governance key stands twice");
      }
    }
  }
  return {};
}

// Two codes overlap when one is a prefix of the other; that, over sorted codes, is a matter of
// neighbours only.
Result<void> check_territories_apart(const Roster& roster) {
  std::vector<std::pair<std::string_view, std::string_view>> codes;  // code, member
  for (const Member& member : roster.members) {
    if (member.status == Status::retired) continue;
    for (const std::string& code : member.territory) codes.emplace_back(code, member.id);
  }
  std::sort(codes.begin(), codes.end());
  for (std::size_t i = 1; i < codes.size(); ++i) {
    const auto& [wide, owner] = codes[i - 1];
    const auto& [narrow, other] = codes[i];
    if (narrow.starts_with(wide)) {
      return fail(Errc::conflict, "territories overlap: " + std::string(owner) + " has " +
                                      std::string(wide) + ", " + std::string(other) + " has " +
                                      std::string(narrow));
    }
  }
  return {};
}

}  // namespace

Result<void> check(const Quota& quota) {
  if (quota.entries_per_day == 0 || quota.bytes_per_day == 0 || quota.heads_per_minute == 0) {
    return bad("quota: a limit of 0");
  }
  return {};
}

Result<void> check_members(const Roster& roster) {
  if (roster.members.empty()) return bad("roster: no members");
  if (roster.members.size() > kMembersMax) return fail(Errc::too_large, "roster: over 512 members");
  for (const Member& member : roster.members) {
    // Before it is named in an error: it is a peer's bytes until then.
    TRY_VOID(check_member_id(member.id));
    if (auto ok = check(member); !ok) return ok.error().in("member " + member.id);
    // Codes of two NUTS versions cannot be compared, so overlaps could not be seen.
    if (member.nuts_version != roster.members.front().nuts_version) {
      return fail(Errc::conflict, "member " + member.id + ": another NUTS version");
    }
  }
  TRY_VOID(check_ascending(roster.members, "members",
                           [](const Member& a, const Member& b) { return a.id < b.id; }));
  TRY_VOID(check_keys_distinct(roster));
  return check_territories_apart(roster);
}

}  // namespace regions
