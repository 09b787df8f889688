// The rules of each kind of statement, field by field (protocol/spec/statements.md).
#include <algorithm>

#include "protocol/base/ids.h"
#include "protocol/base/limits.h"
#include "protocol/statement/fields.h"
#include "protocol/statement/statement.h"

namespace regions {
namespace {

Error bad(std::string what) { return fail(Errc::malformed, std::move(what)); }

Result<void> check(const Audience& audience) {
  const bool named = audience.kind == AudienceKind::named;
  if (audience.kind < AudienceKind::public_audience || audience.kind > AudienceKind::named) {
    return bad("audience: unknown kind");
  }
  if (audience.members.size() > kAudienceMembersMax) {
    return fail(Errc::too_large, "audience: too many members");
  }
  if (named == audience.members.empty()) return bad("audience: members go with named, and only so");
  for (const std::string& member : audience.members) TRY_VOID(check_member_id(member));
  return check_ascending(audience.members, "audience members");
}

Result<void> check(const Header& header) {
  if (header.schema_version != kSchemaVersion) return bad("schema version: 1 expected");
  TRY_VOID(check_not_zero(header.federation, "federation"));
  TRY_VOID(check_member_id(header.author));
  if (header.sequence > kTreeSizeMax) return bad("sequence: out of range");
  TRY_VOID(check_minute(header.issued_at, "issued-at"));
  TRY_VOID(check(header.audience));
  return check_not_zero(header.blind, "blind");
}

// "2017", or "2018-2020" with the later year second; years 1900 to 2999.
Result<void> check_period(std::string_view period) {
  constexpr std::size_t kYear = 4, kRange = 9;
  const auto is_year = [](std::string_view text) {
    const bool digits =
        std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return digits && text >= "1900" && text <= "2999";
  };
  if (period.size() == kYear && is_year(period)) return {};
  if (period.size() == kRange && period[kYear] == '-') {
    const std::string_view from = period.substr(0, kYear), to = period.substr(kYear + 1);
    if (is_year(from) && is_year(to) && from < to) return {};
  }
  return bad("period: YYYY or YYYY-YYYY expected");
}

Result<void> check(const Cell& cell, std::size_t dimensions) {
  if (cell.categories.size() != dimensions) return bad("cell: one category per dimension expected");
  for (const std::string& category : cell.categories) TRY_VOID(check_code(category, "category"));
  if (cell.status < ObsStatus::A || cell.status > ObsStatus::Q) return bad("cell: unknown status");
  if (cell.value.has_value() == (cell.status == ObsStatus::Q)) {
    return bad("cell: the value is absent if and only if the status is Q");
  }
  return {};
}

Result<void> check(const Claim& claim) {
  TRY_VOID(check_code(claim.method, "claim method"));
  if (claim.method_version == 0) return bad("claim: method version 0");
  if (claim.minimum == 0) return bad("claim: minimum 0");
  TRY_VOID(check_not_zero(claim.rule_set, "claim rule set"));
  if (claim.witnesses) TRY_VOID(check_not_zero(*claim.witnesses, "claim witnesses"));
  return {};
}

Result<void> check_cells(const Release& release) {
  if (release.cells.empty()) return bad("release: no cells");
  if (release.cells.size() > kCellsMax) return fail(Errc::too_large, "release: over 50,000 cells");
  for (const Cell& cell : release.cells) TRY_VOID(check(cell, release.dimensions.size()));
  return check_ascending(release.cells, "cells",
                         [](const Cell& a, const Cell& b) { return a.categories < b.categories; });
}

Result<void> check(const Release& release) {
  TRY_VOID(check(release.header));
  TRY_VOID(check_code(release.indicator, "indicator"));
  TRY_VOID(check_not_zero(release.definition, "definition"));
  TRY_VOID(check_period(release.period));
  TRY_VOID(check_code(release.table, "table"));
  if (release.roster_version == 0) return bad("roster version 0");
  TRY_VOID(check_nuts_version(release.nuts_version, "NUTS version"));
  if (release.dimensions.size() > kDimensionsMax) {
    return fail(Errc::too_large, "release: over 8 dimensions");
  }
  for (auto at = release.dimensions.begin(); at != release.dimensions.end(); ++at) {
    TRY_VOID(check_code(*at, "dimension"));
    if (std::find(release.dimensions.begin(), at, *at) != at) return bad("dimension: one twice");
  }
  TRY_VOID(check_cells(release));
  TRY_VOID(check(release.claim));
  if (release.supersedes) TRY_VOID(check_not_zero(*release.supersedes, "supersedes"));
  return {};
}

Result<void> check(const Withdrawal& withdrawal) {
  TRY_VOID(check(withdrawal.header));
  TRY_VOID(check_not_zero(withdrawal.release, "release"));
  if (withdrawal.reason < WithdrawalReason::error_in_records ||
      withdrawal.reason > WithdrawalReason::legal_obligation) {
    return bad("reason: unknown code");
  }
  return {};
}

// Whoever follows the log needs these to judge the entries after them.
Result<void> check_for_all(const Header& header) {
  TRY_VOID(check(header));
  if (header.audience.kind == AudienceKind::named) return bad("audience: not for named members");
  return {};
}

Result<void> check(const KeysetAdopted& adopted) {
  TRY_VOID(check_for_all(adopted.header));
  if (adopted.number == 0) return bad("key set number 0");
  return check_not_zero(adopted.digest, "key set digest");
}

Result<void> check(const RosterAdopted& adopted) {
  TRY_VOID(check_for_all(adopted.header));
  if (adopted.version == 0) return bad("roster version 0");
  return check_not_zero(adopted.digest, "roster digest");
}

Result<void> check(const NotUnderstood&) { return bad("a statement that is not understood"); }

}  // namespace

Result<void> check(const Statement& statement) {
  return std::visit([](const auto& value) -> Result<void> { return check(value); }, statement);
}

}  // namespace regions
