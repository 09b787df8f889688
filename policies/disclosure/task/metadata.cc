#include "policies/disclosure/task/metadata.h"

#include <algorithm>

#include "policies/catalogue/toml_reader.h"

namespace regions {
namespace {

Error wrong(const DisclosureSpec& spec, std::string_view what, std::string_view remedy) {
  std::string text = spec.file + ": input.metadata: " + spec.input.metadata + ": ";
  ((text += what) += "; ") += remedy;
  return fail(Errc::invalid_input, std::move(text));
}

Result<void> apply_columns(const TauMetadata& metadata, DisclosureSpec& spec) {
  InputSpec& input = spec.input;
  if (!input.columns.empty()) {
    return wrong(spec, "columns are named there and in the specification",
                 "leave input.columns out");
  }
  for (const TauVariable& variable : metadata.variables) {
    input.columns.push_back(variable.name);
    if (!metadata.separator) input.places.push_back({variable.start, variable.width});
    if (variable.role == TauRole::numeric && !variable.missing.empty()) {
      input.missing.push_back({variable.name, variable.missing});
    }
  }
  if (!input.separator) input.separator = metadata.separator;
  return {};
}

Result<void> apply_dimension(const TauMetadata& metadata, const DisclosureSpec& spec,
                             DimensionSpec& dimension) {
  const auto& variables = metadata.variables;
  const auto found = std::find_if(variables.begin(), variables.end(), [&](const auto& variable) {
    return variable.name == dimension.column;
  });
  if (found == variables.end()) {
    std::vector<std::string_view> names;
    for (const TauVariable& variable : variables) names.push_back(variable.name);
    return wrong(spec, "no variable '" + dimension.column + "', which dimension.column names",
                 "nearest: '" + std::string(nearest(dimension.column, names)) + "'");
  }
  if (!found->total.empty() && !dimension.own_total) dimension.total = found->total;
  if (!dimension.hierarchies.empty()) return {};
  HierarchySpec hierarchy;
  if (!found->hierarchy.empty()) {
    hierarchy.file = found->hierarchy;
    hierarchy.leading = found->leading;
  } else if (!found->digits.empty()) {
    hierarchy.digits = found->digits;
  } else {
    return {};
  }
  hierarchy.missing = found->missing;
  dimension.hierarchies.push_back(std::move(hierarchy));
  return {};
}

// The letters that a status may have, whatever the file calls them.
Result<void> check_codes(const TauMetadata& metadata, const DisclosureSpec& spec) {
  using Codes = std::vector<std::string_view>;
  for (const auto& [code, known] : {std::pair(&metadata.safe, Codes{"S", "s", "V"}),
                                    {&metadata.unsafe, Codes{"U", "u", "A", "B", "C"}},
                                    {&metadata.published, Codes{"P", "Z", "z"}}}) {
    if (code->empty() || std::find(known.begin(), known.end(), *code) != known.end()) continue;
    return wrong(spec, "status code '" + *code + "' is not read",
                 "write S for safe, U for unsafe, P or Z for published cells");
  }
  return {};
}

Result<void> apply_roles(const TauMetadata& metadata, DisclosureSpec& spec) {
  InputSpec& input = spec.input;
  const bool own_status = !input.status.empty();
  const bool own_largest = !input.largest.empty();
  for (const TauVariable& variable : metadata.variables) {
    if (variable.role == TauRole::frequency && input.count.empty()) input.count = variable.name;
    if (variable.role == TauRole::largest && !own_largest) input.largest.push_back(variable.name);
    // Rules of the specification are not overruled by statuses that it does not name.
    if (own_status || spec.own_rules) continue;
    if (variable.role == TauRole::status) input.status = variable.name;
    if (variable.role == TauRole::lower) input.lower_level = variable.name;
    if (variable.role == TauRole::upper) input.upper_level = variable.name;
  }
  if (input.status.empty()) return {};
  return check_codes(metadata, spec);
}

}  // namespace

Result<void> apply_metadata(const TauMetadata& metadata, DisclosureSpec& spec) {
  TRY_VOID(apply_columns(metadata, spec));
  for (DimensionSpec& dimension : spec.dimensions) {
    TRY_VOID(apply_dimension(metadata, spec, dimension));
  }
  if (spec.input.kind == InputKind::records) return {};
  return apply_roles(metadata, spec);
}

}  // namespace regions
