#include "node/records/mapping.h"

#include <algorithm>

#include "node/records/limits.h"
#include "node/records/values.h"
#include "policies/catalogue/indicator.h"
#include "policies/catalogue/nace.h"
#include "policies/catalogue/nuts.h"
#include "policies/catalogue/toml_reader.h"

namespace regions {

namespace embedded {
extern const std::string_view mapping_cooperations;
extern const std::string_view mapping_organisations;
}  // namespace embedded

namespace {

constexpr std::string_view kFormat = "regions4.mapping/1";

std::vector<std::string_view> codes_of(Attribute attribute) {
  std::vector<std::string_view> codes;
  for (const Code& code : Catalogue::builtin().list(attribute).codes()) codes.push_back(code.code);
  return codes;
}

std::vector<FieldSpec> cooperation_fields() {
  return {
      {"id", FieldType::id, true},
      {"enterprise", FieldType::id, true},
      {"enterprise_kind", FieldType::code, false, kEnterpriseKinds},
      {"enterprise_place", FieldType::place, true},
      {"actor", FieldType::id, true},
      {"actor_kind", FieldType::code, false, codes_of(Attribute::actor_kind)},
      {"actor_country", FieldType::text, false},
      {"actor_place", FieldType::place, false},
      {"start", FieldType::date, true},
      {"end", FieldType::date, true},
      {"technology", FieldType::code, true, codes_of(Attribute::technology)},
      {"status", FieldType::code, false, {"planned", "running", "completed", "cancelled"}},
      {"amount", FieldType::amount, false},
      {"amount_share", FieldType::amount, false},
      {"project", FieldType::text, false},
      {"programme", FieldType::text, false},
      {"topic", FieldType::text, false},
      {"public_source", FieldType::code, false, {"yes", "no"}},
  };
}

std::vector<FieldSpec> organisation_fields() {
  std::vector<std::string_view> kinds = kEnterpriseKinds;
  for (const std::string_view kind : codes_of(Attribute::actor_kind)) kinds.push_back(kind);
  return {
      {"id", FieldType::id, true},
      {"name", FieldType::text, false},
      {"kind", FieldType::code, true, kinds},
      {"place", FieldType::place, true},
      {"city", FieldType::text, false},
      {"country", FieldType::text, false},
      {"nace", FieldType::code, false},
      {"size", FieldType::code, false, codes_of(Attribute::size)},
      {"holding", FieldType::id, false},
      {"valid_from", FieldType::date, false},
  };
}

Result<char> one_character(const TomlTable& table, std::string_view key, std::string_view absent,
                           std::string_view allowed) {
  TRY(const auto text, table.string_or(key, absent));
  if (text.size() != 1 || allowed.find(text[0]) == std::string_view::npos) {
    return table.error(key, "must be one of the characters " + std::string(allowed),
                       "for example " + std::string(key) + " = \"" + allowed[0] + "\"");
  }
  return text[0];
}

// Which keys a column may have: those that mean something for its type.
std::vector<std::string_view> keys_of(const FieldSpec& field) {
  std::vector<std::string_view> keys = {"from", "null", "optional"};
  if (field.type == FieldType::date) keys.push_back("date");
  if (field.type == FieldType::amount) keys.push_back("decimal");
  if (field.type == FieldType::code || field.type == FieldType::place) keys.push_back("values");
  if (field.name == "technology") keys.push_back("separator");
  return keys;
}

// A code that `values` maps to. One that no list holds would reject every row it stands for.
Result<std::string> parse_code(const TomlTable& values, std::string_view key,
                               const FieldSpec& field) {
  if (!field.codes.empty()) return values.one_of(key, field.codes);
  TRY(auto code, values.string(key));
  const bool place = field.type == FieldType::place;
  const auto& nuts = NutsCodes::version_2021();
  const auto& nace = NaceCodes::rev2();
  if (place ? nuts.contains(code) : nace.contains(code)) return code;
  return values.error(
      key, "'" + code + "' is no code of " + (place ? "NUTS 2021" : "NACE Rev. 2"),
      "nearest: " + std::string(nearest(code, place ? nuts.codes() : nace.codes())));
}

Result<ColumnMapping> parse_column(const TomlTable& table, const FieldSpec& field) {
  TRY_VOID(table.refuse_unknown_keys(keys_of(field)));
  ColumnMapping column;
  TRY(column.from, table.string("from"));
  TRY(column.null, table.strings_or("null", {""}));
  TRY(column.optional, table.boolean_or("optional", false));
  TRY(column.date, table.string_or("date", "%Y-%m-%d"));
  if (!is_date_format(column.date)) {
    return table.error("date", "needs %Y, %m and %d once each and nothing else after a %",
                       "for example date = \"%d.%m.%Y\"");
  }
  TRY(column.decimal, one_character(table, "decimal", ".", ".,"));
  if (table.has("separator")) {
    TRY(column.separator, one_character(table, "separator", "", ";/|, "));
  }
  TRY(const auto values, table.optional_table("values"));
  if (values) {
    for (const auto& key : values->keys()) {
      TRY(column.values[key], parse_code(*values, key, field));
    }
  }
  return column;
}

}  // namespace

std::string_view name(RecordKind kind) {
  return kind == RecordKind::cooperation ? "cooperation" : "organisation";
}

const std::vector<FieldSpec>& fields_of(RecordKind kind) {
  static const std::vector<FieldSpec> kCooperation = cooperation_fields();
  static const std::vector<FieldSpec> kOrganisation = organisation_fields();
  return kind == RecordKind::cooperation ? kCooperation : kOrganisation;
}

bool ColumnMapping::is_null(std::string_view value) const {
  return std::find(null.begin(), null.end(), value) != null.end();
}

Result<Mapping> Mapping::parse(std::string_view file, std::string_view text) {
  TRY(const auto top, TomlTable::parse(file, text));
  TRY_VOID(check_format(top, kFormat));
  TRY_VOID(top.refuse_unknown_keys({"format", "record", "delimiter", "columns"}));
  Mapping mapping;
  mapping.file = file;
  TRY(const auto record, top.one_of("record", {"cooperation", "organisation"}));
  mapping.record = record == "cooperation" ? RecordKind::cooperation : RecordKind::organisation;
  TRY(mapping.delimiter, one_character(top, "delimiter", ",", ",;\t|"));
  TRY(const auto columns, top.table("columns"));
  std::vector<std::string_view> known;
  for (const auto& field : fields_of(mapping.record)) known.push_back(field.name);
  TRY_VOID(columns.refuse_unknown_keys(known));
  for (const auto& field : fields_of(mapping.record)) {
    mapping.columns.emplace_back();
    if (!field.required && !columns.has(field.name)) continue;
    TRY(const auto table, columns.table(field.name));
    TRY(mapping.columns.back(), parse_column(table, field));
    if (field.required && mapping.columns.back()->optional) {
      return table.error("optional", "this column must be there", "leave the key out");
    }
  }
  return mapping;
}

const Mapping& Mapping::builtin(RecordKind kind) {
  // value() cannot fail: a test parses both files.
  static const Mapping kCooperations =
      parse("built-in mapping cooperations.toml", embedded::mapping_cooperations).value();
  static const Mapping kOrganisations =
      parse("built-in mapping organisations.toml", embedded::mapping_organisations).value();
  return kind == RecordKind::cooperation ? kCooperations : kOrganisations;
}

Result<std::vector<std::optional<std::size_t>>> Mapping::bind(
    const std::vector<std::string>& header) const {
  std::vector<std::optional<std::size_t>> bound;
  const std::vector<std::string_view> present(header.begin(), header.end());
  std::string missing;
  for (const auto& column : columns) {
    bound.emplace_back();
    if (!column) continue;
    const auto found = std::find(header.begin(), header.end(), column->from);
    if (found != header.end()) {
      bound.back() = static_cast<std::size_t>(found - header.begin());
      if (std::find(found + 1, header.end(), column->from) != header.end()) {
        return fail(Errc::invalid_input, "the header names column '" + column->from + "' twice");
      }
    } else if (!column->optional) {
      if (!missing.empty()) missing += "; ";
      missing += "column '" + column->from + "' is missing from the header";
      if (const auto there = near(column->from, present); !there.empty()) {
        missing += " (nearest there: '" + std::string(there) + "')";
      }
    }
  }
  if (!missing.empty() && header.size() == 1) {
    missing += "; the header is one field where '" + std::string(1, delimiter) +
               "' separates: is that the file's delimiter (in a mapping: delimiter = \";\")?";
  }
  if (!missing.empty()) {
    return fail(Errc::invalid_input,
                missing + "; mend the header or name the columns in a mapping");
  }
  return bound;
}

}  // namespace regions
