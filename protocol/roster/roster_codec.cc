// Rosters to and from their Protocol Buffers (protocol/proto/roster.proto).
#include "protocol/base/limits.h"
#include "protocol/proto/roster.pb.h"
#include "protocol/roster/key_record.h"
#include "protocol/roster/roster.h"
#include "protocol/statement/fields.h"
#include "protocol/statement/kinds.h"
#include "protocol/statement/strict_proto.h"

namespace regions {
namespace {

namespace wire = regions4::v1;

constexpr CountLimit kLimits[] = {{"board", kBoardMax},
                                  {"members", kMembersMax},
                                  {"territory", kNutsCodesPerMemberMax},
                                  {"governance", kGovernanceKeysPerMemberMax},
                                  {"role_algorithms", kRoles},
                                  {"algorithms", kAcceptedMax},
                                  {"accepted_schemas", kAcceptedMax},
                                  {"versions", kAcceptedMax},
                                  {"committees", kMembersMax},
                                  {"witnesses", kCommitteeMax}};

void write(const Quota& quota, wire::Quota& to) {
  to.set_entries_per_day(quota.entries_per_day);
  to.set_bytes_per_day(quota.bytes_per_day);
  to.set_heads_per_minute(quota.heads_per_minute);
}

Quota read(const wire::Quota& from) {
  return {from.entries_per_day(), from.bytes_per_day(), from.heads_per_minute()};
}

void write(const Member& member, wire::RosterMember& to) {
  to.set_id(member.id);
  to.set_status(static_cast<wire::MemberStatus>(member.status));
  for (const std::string& code : member.territory) to.add_territory(code);
  to.set_nuts_version(member.nuts_version);
  to.set_territory_from(member.territory_from);
  for (const PublicKey& key : member.governance) {
    auto& record = *to.add_governance();
    record.set_algorithm(static_cast<std::uint32_t>(key.algorithm));
    record.set_key(key.bytes);
  }
  if (member.quota) write(*member.quota, *to.mutable_quota());
}

Result<Member> read(const wire::RosterMember& from) {
  Member member;
  member.id = from.id();
  // An enum value outside a byte must not wrap round into a known one.
  if (from.status() > wire::STATUS_RETIRED) return fail(Errc::malformed, "unknown member status");
  member.status = static_cast<Status>(from.status());
  member.territory.assign(from.territory().begin(), from.territory().end());
  member.nuts_version = from.nuts_version();
  member.territory_from = from.territory_from();
  for (const auto& record : from.governance()) {
    TRY(PublicKey key, key_from(record.algorithm(), record.key(), "governance key"));
    member.governance.push_back(std::move(key));
  }
  if (from.has_quota()) member.quota = read(from.quota());
  return member;
}

Result<RoleAlgorithms> read(const wire::RoleAlgorithms& from) {
  if (from.role() == 0 || from.role() > kRoles) return fail(Errc::malformed, "unknown role");
  RoleAlgorithms row{static_cast<Role>(from.role()), {}};
  for (const std::uint32_t algorithm : from.algorithms()) {
    // A roster that demands what this build cannot verify must not be half obeyed.
    if (algorithm != static_cast<std::uint32_t>(Algorithm::ed25519)) {
      return fail(Errc::unsupported, "algorithm in the roster");
    }
    row.algorithms.push_back(Algorithm::ed25519);
  }
  return row;
}

Result<Committee> read(const wire::Committee& from) {
  if (!from.has_f()) return fail(Errc::malformed, "committee: f must be said");
  return Committee{
      from.log(), {from.witnesses().begin(), from.witnesses().end()}, from.f(), from.q()};
}

void write_rules(const Roster& roster, wire::Roster& to) {
  for (const RoleAlgorithms& row : roster.role_algorithms) {
    auto& row_to = *to.add_role_algorithms();
    row_to.set_role(static_cast<std::uint32_t>(row.role));
    for (const Algorithm algorithm : row.algorithms) {
      row_to.add_algorithms(static_cast<std::uint32_t>(algorithm));
    }
  }
  for (const AcceptedSchema& schema : roster.accepted_schemas) {
    auto& schema_to = *to.add_accepted_schemas();
    schema_to.set_kind(schema.kind);
    for (const std::uint32_t version : schema.versions) schema_to.add_versions(version);
  }
  write(roster.quota, *to.mutable_quota());
  for (const Committee& committee : roster.committees) {
    auto& committee_to = *to.add_committees();
    committee_to.set_log(committee.log);
    for (const std::string& witness : committee.witnesses) committee_to.add_witnesses(witness);
    committee_to.set_f(committee.f);
    committee_to.set_q(committee.q);
  }
}

Result<void> read_rules(const wire::Roster& from, Roster& roster) {
  roster.role_algorithms.clear();
  for (const auto& row_from : from.role_algorithms()) {
    TRY(RoleAlgorithms row, read(row_from));
    roster.role_algorithms.push_back(std::move(row));
  }
  roster.accepted_schemas.clear();
  for (const auto& schema : from.accepted_schemas()) {
    roster.accepted_schemas.push_back(
        {schema.kind(), {schema.versions().begin(), schema.versions().end()}});
  }
  roster.quota = read(from.quota());
  for (const auto& committee_from : from.committees()) {
    TRY(Committee committee, read(committee_from));
    roster.committees.push_back(std::move(committee));
  }
  return {};
}

Result<Roster> read(wire::Roster& from) {
  Roster roster;
  roster.charter = std::move(*from.mutable_charter());
  roster.version = from.version();
  if (!from.prev_sha256().empty()) {
    TRY(roster.prev, required_digest(from.prev_sha256(), "previous roster"));
  }
  roster.issued_at = from.issued_at();
  roster.expires_at = from.expires_at();
  roster.threshold = from.threshold();
  roster.board.assign(from.board().begin(), from.board().end());
  for (const auto& member_from : from.members()) {
    TRY(Member member, read(member_from));
    roster.members.push_back(std::move(member));
  }
  TRY_VOID(read_rules(from, roster));
  if (from.has_release_plan()) {
    TRY(roster.release_plan, required_digest(from.release_plan(), "release plan"));
  }
  roster.public_log = from.public_log();
  return roster;
}

}  // namespace

Bytes encode_payload(const Roster& roster) {
  wire::Roster to;
  to.set_schema_version(kSchemaVersion);
  to.set_charter(roster.charter);
  to.set_version(roster.version);
  if (!roster.prev.is_zero()) to.set_prev_sha256(std::string(roster.prev.view()));
  to.set_issued_at(roster.issued_at);
  to.set_expires_at(roster.expires_at);
  to.set_threshold(roster.threshold);
  for (const std::string& member : roster.board) to.add_board(member);
  for (const Member& member : roster.members) write(member, *to.add_members());
  write_rules(roster, to);
  if (roster.release_plan) to.set_release_plan(std::string(roster.release_plan->view()));
  to.set_public_log(roster.public_log);
  return serialize(to);
}

Result<Roster> decode_roster(ByteView payload) {
  TRY_VOID(check_schema_version(payload));
  wire::Roster message;
  TRY_VOID(parse_strict(payload, kLimits, message));
  TRY(Roster roster, read(message));
  TRY_VOID(check(roster));
  return roster;
}

}  // namespace regions
