#include "policies/plan/rules.h"

#include <algorithm>

#include "policies/catalogue/tables.h"

namespace regions {
namespace {

// One indicator of one planned table, with what the rules ask about it.
struct Request {
  const PlannedTable& table;
  const Indicator& indicator;
  std::vector<const Dimension*> by;
  bool headline;  // counts what SME-COOP or ENT-COOP counts
  const Catalogue& catalogue;

  bool is_yearly() const { return table.period == PeriodKind::year; }
  bool is_exact() const { return table.method == Method::exact; }
  bool is_rounded() const { return table.method == Method::rounded; }
  bool below_l() const { return table.is_for(Tier::S) || table.is_for(Tier::M); }
  bool is_by(bool (*asked)(const Request&, const Dimension&)) const {
    return std::any_of(by.begin(), by.end(), [&](const Dimension* d) { return asked(*this, *d); });
  }
};

bool additive(const Request& r, const Dimension& d) {
  return r.indicator.dimension(d.id())->combines == Combines::additive;
}
bool of_technology(const Request&, const Dimension& d) {
  return d.attribute() == Attribute::technology;
}
// The codes themselves, not a grouping of them.
bool nace_codes(const Request&, const Dimension& d) { return d.id() == name(Attribute::nace); }
bool technology_codes(const Request&, const Dimension& d) {
  return d.id() == name(Attribute::technology);
}

// A filter that names codes is a breakdown by them of which one category is shown. What a category
// of a grouping holds is no single code.
bool names_codes(const Request& r, Attribute attribute) {
  const Condition* condition = r.indicator.condition(attribute);
  if (condition == nullptr || condition->in.empty()) return false;
  for (const Dimension& dimension : r.catalogue.dimensions()) {
    if (dimension.attribute() != attribute || dimension.id() == name(attribute)) continue;
    for (const Category& category : dimension.categories()) {
      if (category.members == condition->in) return false;
    }
  }
  return true;
}
bool names_technologies(const Request& r) {
  const Condition* condition = r.indicator.condition(Attribute::technology);
  return condition != nullptr && !condition->in.empty();
}

bool unrounded_amount(const Request& r) { return r.indicator.is_amount() && !r.is_rounded(); }
bool rounded_count(const Request& r) { return !r.indicator.is_amount() && r.is_rounded(); }
bool exact_total_of_years(const Request& r) {
  return r.is_exact() && !r.is_yearly() && r.by.empty();
}
bool exact_beyond_headline(const Request& r) {
  const bool named = r.indicator.code == kHeadlineAll || r.indicator.code == kHeadlineSme;
  return r.is_exact() && !(named && r.is_yearly() && r.by.empty());
}
bool perturbed_headline(const Request& r) {
  return r.headline && r.is_yearly() && !r.is_exact() && r.by.empty();
}
bool adds_up_to_headline(const Request& r) {
  return r.headline && r.is_yearly() && !r.is_exact() && r.is_by(additive);
}
bool by_nace_codes(const Request& r) { return r.is_by(nace_codes); }
bool only_nace_codes(const Request& r) {
  if (!names_codes(r, Attribute::nace)) return false;
  const auto& codes = r.indicator.condition(Attribute::nace)->in;
  // A section is one letter.
  return std::any_of(codes.begin(), codes.end(), [](const auto& code) { return code.size() > 1; });
}
bool too_much_for_s(const Request& r) {
  const bool is_programme_total = r.table.period == PeriodKind::programme && r.by.empty();
  return r.table.is_for(Tier::S) && !r.is_exact() &&
         !(r.indicator.is_amount() && is_programme_total);
}
bool technology_by_year_below_l(const Request& r) {
  return r.below_l() && r.is_yearly() &&
         (r.is_by(technology_codes) || names_codes(r, Attribute::technology));
}
bool two_way_technology_below_l(const Request& r) {
  if (!r.below_l()) return false;
  return (r.by.size() > 1 && r.is_by(of_technology)) || (!r.by.empty() && names_technologies(r));
}
bool interregional_by_year_below_l(const Request& r) {
  return r.below_l() && r.is_yearly() &&
         r.indicator.condition(Attribute::partner_profile) != nullptr;
}

struct Rule {
  bool (*broken)(const Request&);
  std::string_view key;  // of the entry
  std::string_view says;
  std::string_view remedy;
};

// The first that is broken is told, so what an entry is comes before whom it is for.
constexpr Rule kRules[] = {
    {unrounded_amount, "method",
     "an amount is protected by the p % rule and rounded, never exact, never by cell key",
     "write method = \"rounded\""},
    {rounded_count, "method", "only amounts are rounded; a count is exact or by cell key",
     "write method = \"cell-key\""},
    {exact_total_of_years, "method", "the total of a window or programme is never released exactly",
     "write method = \"cell-key\""},
    {exact_beyond_headline, "method",
     "only ENT-COOP and SME-COOP by region and year are exact, every other count is by cell key",
     "write method = \"cell-key\""},
    {perturbed_headline, "method",
     "one figure, one method: the total of a year is the exact headline alone",
     "write period = \"window\", or leave it to the headline"},
    {adds_up_to_headline, "period",
     "exact and perturbed figures share no additive equation, and the parts of this dimension add "
     "up to the exact headline",
     "write period = \"window\""},
    {by_nace_codes, "by", "a breakdown by NACE division is never released", "write nace_group"},
    {only_nace_codes, "indicators",
     "a filter by NACE division is a breakdown by it, which is never released",
     "take an indicator whose filter names sections, or a group of nace_group"},
    {too_much_for_s, "tiers",
     "a region of tier S releases its headlines and the programme total of an amount, nothing else",
     "write tiers = [\"M\", \"L\"]"},
    {technology_by_year_below_l, "tiers",
     "region by technology by year is never released below tier L",
     "write tiers = [\"L\"], or technology_group"},
    {two_way_technology_below_l, "tiers",
     "two-way tables with technology are never released below tier L", "write tiers = [\"L\"]"},
    {interregional_by_year_below_l, "tiers",
     "interregional figures by year are never released below tier L",
     "write tiers = [\"L\"], or period = \"window\""},
};

// By what it counts, not by its name: another code for the same population is the same figure.
bool counts_a_headline(const Indicator& indicator, const Catalogue& catalogue) {
  for (std::string_view code : {kHeadlineAll, kHeadlineSme}) {
    const Indicator* headline = catalogue.find(code);
    if (headline == nullptr) continue;
    if (indicator.measure == headline->measure && indicator.filter == headline->filter) return true;
  }
  return false;
}

}  // namespace

Error forbidden(const TomlTable& table, std::string_view key, std::string_view what,
                std::string_view remedy) {
  const std::string rule = std::string(what) + " (" + std::string(kForbiddenSays) + ")";
  return fail(Errc::refused, table.error(key, rule, remedy).context);
}

Result<void> check_disclosure(const TomlTable& entry, const PlannedTable& table,
                              const Catalogue& catalogue) {
  for (const std::string& code : table.indicators) {
    const Indicator* indicator = catalogue.find(code);
    CHECK(indicator != nullptr);
    Request request{table, *indicator, {}, counts_a_headline(*indicator, catalogue), catalogue};
    for (const std::string& id : table.by) request.by.push_back(catalogue.dimension(id));
    for (const Rule& rule : kRules) {
      if (!rule.broken(request)) continue;
      return forbidden(entry, rule.key, code + ": " + std::string(rule.says), rule.remedy);
    }
  }
  return {};
}

}  // namespace regions
