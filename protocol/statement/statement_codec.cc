// Statements to and from their Protocol Buffers (protocol/proto/statement.proto).
#include "protocol/base/limits.h"
#include "protocol/proto/statement.pb.h"
#include "protocol/statement/fields.h"
#include "protocol/statement/statement.h"
#include "protocol/statement/strict_proto.h"

namespace regions {
namespace {

namespace wire = regions4::v1;

constexpr CountLimit kLimits[] = {{"members", kAudienceMembersMax},
                                  {"dimensions", kDimensionsMax},
                                  {"cells", kCellsMax},
                                  {"categories", kDimensionsMax}};

std::string to_string(const Digest& digest) { return std::string(digest.view()); }

Result<std::optional<Digest>> optional_digest(bool present, ByteView bytes, std::string_view what) {
  if (!present) return std::optional<Digest>();
  TRY(const Digest digest, required_digest(bytes, what));
  return std::optional<Digest>(digest);
}

void write(const Header& header, wire::Header& to) {
  to.set_federation(to_string(header.federation));
  to.set_author(header.author);
  to.set_sequence(header.sequence);
  to.set_issued_at(header.issued_at);
  to.mutable_audience()->set_kind(static_cast<wire::AudienceKind>(header.audience.kind));
  for (const std::string& member : header.audience.members)
    to.mutable_audience()->add_members(member);
  to.set_blind(to_string(header.blind));
}

Result<Header> read(const wire::Header& from, std::uint32_t schema_version) {
  Header header;
  TRY(header.federation, required_digest(from.federation(), "federation"));
  header.author = from.author();
  header.sequence = from.sequence();
  header.issued_at = from.issued_at();
  header.schema_version = schema_version;
  // An enum value outside a byte must not wrap round into a known one.
  if (from.audience().kind() > wire::AUDIENCE_NAMED) {
    return fail(Errc::malformed, "audience: unknown kind");
  }
  header.audience.kind = static_cast<AudienceKind>(from.audience().kind());
  header.audience.members.assign(from.audience().members().begin(),
                                 from.audience().members().end());
  TRY(header.blind, required_digest(from.blind(), "blind"));
  return header;
}

void write(const Claim& claim, wire::Claim& to) {
  to.set_method(claim.method);
  to.set_method_version(claim.method_version);
  to.set_minimum(claim.minimum);
  to.set_rule_set(to_string(claim.rule_set));
  if (claim.witnesses) to.set_witnesses(to_string(*claim.witnesses));
}

Result<Claim> read(const wire::Claim& from) {
  Claim claim;
  claim.method = from.method();
  claim.method_version = from.method_version();
  claim.minimum = from.minimum();
  TRY(claim.rule_set, required_digest(from.rule_set(), "claim rule set"));
  TRY(claim.witnesses, optional_digest(from.has_witnesses(), from.witnesses(), "claim witnesses"));
  return claim;
}

Result<Cell> read(const wire::Cell& from) {
  Cell cell;
  cell.categories.assign(from.categories().begin(), from.categories().end());
  if (from.has_value()) cell.value = from.value();
  if (from.status() > wire::OBS_Q) return fail(Errc::malformed, "cell: unknown status");
  cell.status = static_cast<ObsStatus>(from.status());
  return cell;
}

Bytes encode(const Release& release) {
  wire::Release to;
  to.set_schema_version(release.header.schema_version);
  write(release.header, *to.mutable_header());
  to.set_indicator(release.indicator);
  to.set_definition(to_string(release.definition));
  to.set_period(release.period);
  to.set_table(release.table);
  to.set_roster_version(release.roster_version);
  to.set_nuts_version(release.nuts_version);
  for (const std::string& dimension : release.dimensions) to.add_dimensions(dimension);
  for (const Cell& cell : release.cells) {
    auto& cell_to = *to.add_cells();
    for (const std::string& category : cell.categories) cell_to.add_categories(category);
    if (cell.value) cell_to.set_value(*cell.value);
    cell_to.set_status(static_cast<wire::ObsStatus>(cell.status));
  }
  write(release.claim, *to.mutable_claim());
  if (release.supersedes) to.set_supersedes(to_string(*release.supersedes));
  return serialize(to);
}

Result<Release> read(const wire::Release& from) {
  Release release;
  TRY(release.header, read(from.header(), from.schema_version()));
  release.indicator = from.indicator();
  TRY(release.definition, required_digest(from.definition(), "definition"));
  release.period = from.period();
  release.table = from.table();
  release.roster_version = from.roster_version();
  release.nuts_version = from.nuts_version();
  release.dimensions.assign(from.dimensions().begin(), from.dimensions().end());
  release.cells.reserve(static_cast<std::size_t>(from.cells_size()));
  for (const auto& cell_from : from.cells()) {
    TRY(Cell cell, read(cell_from));
    release.cells.push_back(std::move(cell));
  }
  TRY(release.claim, read(from.claim()));
  TRY(release.supersedes, optional_digest(from.has_supersedes(), from.supersedes(), "supersedes"));
  return release;
}

Bytes encode(const Withdrawal& withdrawal) {
  wire::Withdrawal to;
  to.set_schema_version(withdrawal.header.schema_version);
  write(withdrawal.header, *to.mutable_header());
  to.set_release(to_string(withdrawal.release));
  to.set_reason(static_cast<std::uint32_t>(withdrawal.reason));
  return serialize(to);
}

Result<Withdrawal> read(const wire::Withdrawal& from) {
  Withdrawal withdrawal;
  TRY(withdrawal.header, read(from.header(), from.schema_version()));
  TRY(withdrawal.release, required_digest(from.release(), "release"));
  withdrawal.reason = static_cast<WithdrawalReason>(from.reason());
  return withdrawal;
}

Bytes encode(const KeysetAdopted& adopted) {
  wire::KeysetAdopted to;
  to.set_schema_version(adopted.header.schema_version);
  write(adopted.header, *to.mutable_header());
  to.set_number(adopted.number);
  to.set_digest(to_string(adopted.digest));
  return serialize(to);
}

Result<KeysetAdopted> read(const wire::KeysetAdopted& from) {
  KeysetAdopted adopted;
  TRY(adopted.header, read(from.header(), from.schema_version()));
  adopted.number = from.number();
  TRY(adopted.digest, required_digest(from.digest(), "key set digest"));
  return adopted;
}

Bytes encode(const RosterAdopted& adopted) {
  wire::RosterAdopted to;
  to.set_schema_version(adopted.header.schema_version);
  write(adopted.header, *to.mutable_header());
  to.set_version(adopted.version);
  to.set_digest(to_string(adopted.digest));
  return serialize(to);
}

Result<RosterAdopted> read(const wire::RosterAdopted& from) {
  RosterAdopted adopted;
  TRY(adopted.header, read(from.header(), from.schema_version()));
  adopted.version = from.version();
  TRY(adopted.digest, required_digest(from.digest(), "roster digest"));
  return adopted;
}

Bytes encode(const NotUnderstood&) {
  CHECK(false && "a statement that is not understood has no encoding");
  return {};
}

template <class Message>
Result<Statement> decode_as(ByteView payload) {
  Message message;
  TRY_VOID(parse_strict(payload, kLimits, message));
  TRY(auto value, read(message));
  Statement statement(std::move(value));
  TRY_VOID(check(statement));
  return statement;
}

}  // namespace

Bytes encode_payload(const Statement& statement) {
  return std::visit([](const auto& value) { return encode(value); }, statement);
}

Result<Statement> decode_payload(std::string_view payload_type, ByteView payload) {
  const std::uint32_t version = schema_version_of(payload);
  if (version <= kSchemaVersion) {
    if (payload_type == payload_type_for("release")) return decode_as<wire::Release>(payload);
    if (payload_type == payload_type_for("withdrawal")) return decode_as<wire::Withdrawal>(payload);
    if (payload_type == payload_type_for("keyset-adopted")) {
      return decode_as<wire::KeysetAdopted>(payload);
    }
    if (payload_type == payload_type_for("roster-adopted")) {
      return decode_as<wire::RosterAdopted>(payload);
    }
  }
  return Statement(NotUnderstood{std::string(payload_type), version});
}

}  // namespace regions
