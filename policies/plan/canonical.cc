// The canonical bytes of a plan: protocol/spec/plan.md, field by field.
#include <set>

#include "policies/plan/plan.h"
#include "protocol/base/tagged.h"
#include "protocol/crypto/sha256.h"

namespace regions {
namespace {

std::uint32_t count(std::size_t n) { return static_cast<std::uint32_t>(n); }

void append_tiers(TaggedWriter& out, const Plan& plan) {
  out.number(plan.m_from);
  out.number(plan.l_from);
  out.number(count(plan.member_tiers.size()));
  for (const auto& [member, tier] : plan.member_tiers) {
    out.field(member);
    out.field(name(tier));
  }
}

void append_dimension(TaggedWriter& out, const Dimension& dimension, const CodeList& list) {
  out.field(dimension.id());
  out.field(list.id());
  out.field(list.version());
  // Without _U, which every dimension has.
  out.number(count(dimension.unknown()));
  for (std::size_t i = 0; i < dimension.unknown(); ++i) {
    out.field(dimension.categories()[i].code);
    out.fields(dimension.categories()[i].members);
  }
}

void append_table(TaggedWriter& out, const PlannedTable& table) {
  out.field(table.id);
  out.field(name(table.period));
  out.field(name(table.method));
  out.fields(table.by);
  out.fields(table.indicators);
  out.number(count(table.tiers.size()));
  for (Tier tier : table.tiers) out.field(name(tier));
}

}  // namespace

Bytes canonical_plan(const Plan& plan, const Catalogue& catalogue) {
  std::set<std::string> indicators, dimensions;
  for (const PlannedTable& table : plan.tables) {
    indicators.insert(table.indicators.begin(), table.indicators.end());
    dimensions.insert(table.by.begin(), table.by.end());
  }
  TaggedWriter out("plan");
  out.field(plan.id);
  out.number(static_cast<std::uint32_t>(plan.from));
  out.number(static_cast<std::uint32_t>(plan.until));
  out.field(plan.baseline.text());
  append_tiers(out, plan);
  out.number(plan.cell_key.d);
  out.number(plan.cell_key.variance_hundredths);
  out.number(count(indicators.size()));
  for (const std::string& code : indicators) {
    out.field(code);
    out.field(catalogue.definition(*catalogue.find(code)).view());
  }
  out.number(count(dimensions.size()));
  for (const std::string& id : dimensions) {
    const Dimension& dimension = *catalogue.dimension(id);
    append_dimension(out, dimension, catalogue.list(dimension.attribute()));
  }
  out.number(count(plan.tables.size()));
  for (const PlannedTable& table : plan.tables) append_table(out, table);
  return out.take();
}

Digest plan_digest(const Plan& plan, const Catalogue& catalogue) {
  return sha256(canonical_plan(plan, catalogue));
}

}  // namespace regions
