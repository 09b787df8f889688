#include "ops/bench.d/margins.h"

#include <cstdio>

#include "node/records/mapping.h"
#include "ops/sample/assumptions.h"
#include "policies/catalogue/nace.h"

namespace regions::bench {
namespace {

constexpr std::string_view kCubed[] = {"technology", "actor_group", "nace_group", "size"};

const Catalogue& catalogue() { return Catalogue::builtin(); }

std::vector<std::string> codes_of(Attribute attribute) {
  std::vector<std::string> codes;
  if (attribute == Attribute::nace) {
    for (const auto code : NaceCodes::rev2().codes()) codes.emplace_back(code);
  } else {
    for (const Code& code : catalogue().list(attribute).codes()) codes.push_back(code.code);
  }
  return codes;
}

void print_dimensions() {
  for (const Dimension& dimension : catalogue().dimensions()) {
    for (const std::string& code : codes_of(dimension.attribute())) {
      const auto& category = dimension.categories()[dimension.category_of(code)];
      std::printf("dimension\t%s\t%s\t%s\t%s\n", name(dimension.attribute()).data(),
                  dimension.id().c_str(), code.c_str(), category.code.c_str());
    }
  }
}

void print_filters() {
  for (const Indicator& indicator : catalogue().indicators()) {
    for (const Condition& condition : indicator.filter) {
      for (const std::string& code : codes_of(condition.attribute)) {
        if (!catalogue().admits(indicator, condition.attribute, code)) continue;
        std::printf("admits\t%s\t%s\t%s\n", name(condition.attribute).data(),
                    indicator.code.c_str(), code.c_str());
      }
    }
  }
}

void print_tables(const char* which) {
  for (const TableSpec& spec : margins(which)) {
    std::string by;
    for (const Dimension* dimension : spec.by) by += (by.empty() ? "" : ",") + dimension->id();
    std::printf("table\t%s\t%s\t%s\t%s\t%s\n", which, spec.indicator->code.c_str(),
                spec.indicator->measure.c_str(), name(spec.kind).data(), by.c_str());
  }
}

}  // namespace

Territories members() {
  Territories all;
  all.self = kSelf;
  for (const sample::Region& region : sample::kRegions) {
    all.members.push_back({std::string(region.nuts), {std::string(region.nuts)}});
  }
  return all;
}

std::vector<TableSpec> planned() {
  // value() cannot fail: a test parses the default plan.
  static const Plan plan = parse_plan("default.toml", default_plan_toml(), catalogue()).value();
  std::vector<TableSpec> specs;
  for (const PlannedTable& table : plan.tables) {
    for (const std::string& indicator : table.indicators) {
      specs.push_back({catalogue().find(indicator), table.period, {}});
      for (const std::string& id : table.by) {
        specs.back().by.push_back(catalogue().dimension(id));
      }
    }
  }
  return specs;
}

std::vector<TableSpec> cubed() {
  std::vector<TableSpec> specs;
  for (unsigned subset = 0; subset < 1u << std::size(kCubed); ++subset) {
    specs.push_back({catalogue().find("ENT-COOP"), PeriodKind::year, {}});
    for (unsigned bit = 0; bit < std::size(kCubed); ++bit) {
      if ((subset >> bit & 1) == 0) continue;
      specs.back().by.push_back(catalogue().dimension(kCubed[bit]));
    }
  }
  return specs;
}

std::vector<TableSpec> margins(const std::string& which) {
  if (which == "planned") return planned();
  if (which == "cubed") return cubed();
  return {};
}

void print_codes() {
  print_dimensions();
  print_filters();
  const auto& kinds =
      Mapping::builtin(RecordKind::cooperation).columns[CooperationField::actor_kind];
  for (const auto& [kind, code] : kinds->values)
    std::printf("said\t%s\t%s\n", kind.c_str(), code.c_str());
  for (const auto& [id, nuts] : members().members) std::printf("member\t%s\n", id.c_str());
  print_tables("planned");
  print_tables("cubed");
}

}  // namespace regions::bench
