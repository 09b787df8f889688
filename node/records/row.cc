#include "node/records/row.h"

#include <algorithm>

#include "node/records/limits.h"

namespace regions {
namespace {

records::Role stored(ImportRole role) {
  return role == ImportRole::own ? records::ROLE_OWN : records::ROLE_PARTNER;
}

}  // namespace

Result<RowReader> RowReader::make(const Mapping& mapping, const std::vector<std::string>& header,
                                  const TerritoryRule& rule, ImportRole role) {
  TRY(auto columns, mapping.bind(header));
  TRY(auto judge, PlaceJudge::make(rule, role));
  return RowReader(mapping, header, std::move(columns), std::move(judge), role);
}

std::string RowReader::column_of(std::size_t field) const {
  return columns_[field] ? (*header_)[*columns_[field]] : std::string();
}

void RowReader::begin(const CsvRecord& record, Row& out) {
  record_ = &record;
  nulls_ = 0;
  out.line = record.line;
  out.text.assign(record.text.substr(0, kRejectTextBytesMax));
}

std::optional<RowFault> RowReader::read(const CsvRecord& record, CooperationRow& out) {
  using F = CooperationField;
  begin(record, out);
  auto& row = out.record;
  row.Clear();
  row.set_role(stored(role_));
  const bool good =
      required_id(F::id, "a cooperation", row.mutable_id()) &&
      required_id(F::enterprise, "an enterprise", row.mutable_enterprise()) &&
      code(F::enterprise_kind, row.mutable_enterprise_kind()) &&
      judged_place(F::enterprise_place, row.mutable_enterprise_place()) &&
      id(F::actor, row.mutable_actor()) && code(F::actor_kind, row.mutable_actor_kind()) &&
      text(F::actor_country, row.mutable_actor_country()) &&
      place(F::actor_place, row.mutable_actor_place()) && period(&row) &&
      technologies(F::technology, &row) && status(F::status, &row) &&
      text(F::project, row.mutable_project()) && text(F::programme, row.mutable_programme()) &&
      text(F::topic, row.mutable_topic()) && public_source(F::public_source, &row);
  if (!good) return std::move(fault_);
  std::optional<std::int64_t> amount_cents, share_cents;
  if (!amount(F::amount, &amount_cents) || !amount(F::amount_share, &share_cents)) {
    return std::move(fault_);
  }
  if (amount_cents) row.set_amount(*amount_cents);
  if (share_cents) row.set_amount_share(*share_cents);
  // Here and not where the batch is applied, so that the two threads share the work.
  row.SerializeToString(&out.bytes);
  out.digest = sha256(out.bytes);
  out.nulls = nulls_;
  return std::nullopt;
}

bool RowReader::period(records::Cooperation* out) {
  std::optional<std::int32_t> start, end;
  if (!date(CooperationField::start, &start) || !date(CooperationField::end, &end)) return false;
  if (start && end && *end < *start) {
    return refuse(CooperationField::end, "ends before it starts; mend one of the two dates");
  }
  if (start) out->set_start(*start);
  if (end) out->set_end(*end);
  return true;
}

std::optional<RowFault> RowReader::read(const CsvRecord& record, OrganisationRow& out) {
  using F = OrganisationField;
  begin(record, out);
  auto& state = out.state;
  state.Clear();
  state.set_role(stored(role_));
  std::optional<std::int32_t> valid_from;
  const bool good =
      required_id(F::id, "an organisation", &out.id) && text(F::name, state.mutable_name()) &&
      code(F::kind, state.mutable_kind()) && judged_place(F::place, state.mutable_place()) &&
      text(F::city, state.mutable_city()) && text(F::country, state.mutable_country()) &&
      nace(F::nace, state.mutable_nace()) && code(F::size, state.mutable_size()) &&
      id(F::holding, state.mutable_holding()) && date(F::valid_from, &valid_from);
  if (!good) return std::move(fault_);
  if (valid_from) state.set_valid_from(*valid_from);
  out.enterprise = std::find(kEnterpriseKinds.begin(), kEnterpriseKinds.end(), state.kind()) !=
                   kEnterpriseKinds.end();
  out.nulls = nulls_;
  return std::nullopt;
}

}  // namespace regions
