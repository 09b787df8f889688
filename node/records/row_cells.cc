// The cells of a row: null markers, code lists, places, dates, amounts.
#include <algorithm>

#include "node/records/limits.h"
#include "node/records/row.h"
#include "node/records/values.h"
#include "policies/catalogue/indicator.h"
#include "policies/catalogue/nace.h"

namespace regions {
namespace {

std::string quoted(std::string_view value) { return "'" + std::string(value.substr(0, 40)) + "'"; }

std::string not_one_of(std::string_view value, const std::vector<std::string_view>& allowed) {
  return quoted(value) + " is not a known code; nearest: " + std::string(nearest(value, allowed)) +
         "; map it with values = { } in a mapping";
}

}  // namespace

bool RowReader::refuse(std::size_t field, std::string reason) {
  fault_ = {column_of(field), std::move(reason)};
  return false;
}

std::optional<std::string_view> RowReader::cell(std::size_t field) {
  const auto& column = columns_[field];
  if (!column) return std::nullopt;
  const std::string_view value = record_->fields[*column];
  if (!mapping_->columns[field]->is_null(value)) return value;
  nulls_ |= std::uint32_t{1} << field;
  return std::nullopt;
}

bool RowReader::id(std::size_t field, std::string* out) {
  out->clear();
  const auto value = cell(field);
  if (!value) return true;
  if (!is_record_id(*value)) {
    return refuse(field,
                  "an identifier has 1 to 200 bytes, no control character and no blank at "
                  "an end");
  }
  *out = *value;
  return true;
}

bool RowReader::required_id(std::size_t field, std::string_view whose, std::string* out) {
  if (!id(field, out)) return false;
  if (!out->empty()) return true;
  return refuse(field, "names nobody; " + std::string(whose) + " needs its identifier");
}

bool RowReader::text(std::size_t field, std::string* out) {
  out->clear();
  const auto value = cell(field);
  if (!value) return true;
  if (value->size() > kRecordTextBytesMax) return refuse(field, "longer than 1,024 bytes");
  *out = *value;
  return true;
}

std::string_view RowReader::mapped(std::size_t field, std::string_view value) {
  const auto& values = mapping_->columns[field]->values;
  if (values.empty()) return value;
  if (const auto found = values.find(value); found != values.end()) return found->second;
  return value;  // a code of ours may stand in the file as it is
}

bool RowReader::code(std::size_t field, std::string* out) {
  const auto& allowed = fields_of(mapping_->record)[field].codes;
  out->clear();
  const auto value = cell(field);
  if (!value) return true;
  const std::string_view meant = mapped(field, *value);
  if (std::find(allowed.begin(), allowed.end(), meant) == allowed.end()) {
    return refuse(field, not_one_of(meant, allowed));
  }
  *out = meant;
  return true;
}

bool RowReader::date(std::size_t field, std::optional<std::int32_t>* out) {
  out->reset();
  const auto value = cell(field);
  if (!value) return true;
  auto day = parse_date(*value, mapping_->columns[field]->date);
  if (!day) return refuse(field, std::move(day).error().context);
  *out = *day;
  return true;
}

bool RowReader::amount(std::size_t field, std::optional<std::int64_t>* out) {
  out->reset();
  const auto value = cell(field);
  if (!value) return true;
  auto cents = parse_amount(*value, mapping_->columns[field]->decimal);
  if (!cents) return refuse(field, std::move(cents).error().context);
  *out = *cents;
  return true;
}

bool RowReader::place(std::size_t field, std::string* out) {
  out->clear();
  const auto value = cell(field);
  if (!value) return true;
  const std::string_view meant = mapped(field, *value);
  if (!judge_.is_nuts(meant)) return refuse(field, judge_.unknown_code(meant).context);
  *out = meant;
  return true;
}

bool RowReader::judged_place(std::size_t field, records::Place* out) {
  out->set_home(records::HOME_UNKNOWN);
  const auto value = cell(field);
  if (!value) return true;
  const std::string_view meant = mapped(field, *value);
  auto home = judge_.judge(meant);
  if (!home) return refuse(field, std::move(home).error().context);
  out->mutable_nuts()->assign(meant);
  out->set_home(*home);
  return true;
}

bool RowReader::nace(std::size_t field, std::string* out) {
  out->clear();
  const auto value = cell(field);
  if (!value) return true;
  const std::string_view meant = mapped(field, *value);
  const auto canonical = NaceCodes::rev2().canonical(meant);
  if (!canonical) {
    return refuse(field, quoted(meant) + " is no code of NACE Rev. 2, such as C, 10, 10.1, 10.11");
  }
  *out = *canonical;
  return true;
}

bool RowReader::technologies(std::size_t field, records::Cooperation* out) {
  out->clear_technologies();
  const auto value = cell(field);
  if (!value) return true;
  const CodeList& known = Catalogue::builtin().technologies();
  const auto separator = mapping_->columns[field]->separator;
  std::vector<std::string_view> codes;
  for (std::string_view rest = *value;;) {
    const std::size_t at = separator ? rest.find(*separator) : std::string_view::npos;
    const std::string_view meant = mapped(field, rest.substr(0, at));
    if (!known.contains(meant)) {
      return refuse(field, quoted(meant) + " is not a known technology; nearest: " +
                               std::string(known.nearest_to(meant)) +
                               "; map it with values = { } in a mapping");
    }
    codes.push_back(meant);
    if (codes.size() > kListValuesMax) return refuse(field, "more than 64 values");
    if (at == std::string_view::npos) break;
    rest.remove_prefix(at + 1);
  }
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  for (const auto& one : codes) out->add_technologies()->assign(one);
  return true;
}

bool RowReader::status(std::size_t field, records::Cooperation* out) {
  std::string value;
  if (!code(field, &value)) return false;
  out->set_status(value.empty()          ? records::STATUS_UNKNOWN
                  : value == "cancelled" ? records::STATUS_CANCELLED
                                         : records::STATUS_ACTIVE);
  return true;
}

// Unknown is not public.
bool RowReader::public_source(std::size_t field, records::Cooperation* out) {
  std::string value;
  if (!code(field, &value)) return false;
  out->set_public_source(value == "yes");
  return true;
}

}  // namespace regions
