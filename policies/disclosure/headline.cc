#include "policies/disclosure/headline.h"

#include "policies/catalogue/tables.h"

namespace regions {
namespace {

// Where both are n or more: would their difference be a cell below n?
bool too_close(std::int64_t ent, std::int64_t sme, std::int64_t n) { return ent - sme < n; }

bool is_headline(const SafeTable& table) {
  return table.table() == kHeadlineTable && table.method() == kMethodExact &&
         table.method_version() == kMethodVersion && table.minimum() >= kMinimumFloor &&
         table.cells().size() == 1 &&
         table.cells()[0].categories.size() == table.dimensions().size() &&
         table.cells()[0].value.value_or(table.minimum()) >= table.minimum();
}

bool same_figure(const SafeTable& a, const SafeTable& b) {
  return a.indicator() == b.indicator() && a.definition() == b.definition() &&
         a.period() == b.period() && a.dimensions() == b.dimensions() && a.cells() == b.cells();
}

}  // namespace

Result<std::int64_t> HeadlineControl::count_of(const RawTable& table) {
  if (table.cells_.size() != 1 || table.cells_[0].categories.size() != table.dimensions_.size() ||
      table.cells_[0].count < 0) {
    return fail(Errc::corrupt, "headline " + table.indicator_ + " " + table.period_ +
                                   ": one cell with a count expected");
  }
  return table.cells_[0].count;
}

SafeTable HeadlineControl::protect(const RawTable& table, bool publish, const RuleSet& rules) {
  SafeTable safe;
  safe.indicator_ = table.indicator_;
  safe.definition_ = table.definition_;
  safe.period_ = table.period_;
  safe.table_ = kHeadlineTable;
  safe.dimensions_ = table.dimensions_;
  for (const RawTable::Cell& cell : table.cells_) {
    safe.cells_.push_back({cell.categories, publish ? std::optional(cell.count) : std::nullopt});
  }
  safe.method_ = kMethodExact;
  safe.method_version_ = kMethodVersion;
  safe.minimum_ = rules.minimum;
  return safe;
}

Result<FixedHeadlines> HeadlineControl::decide(const HeadlineInput& input, const RuleSet& rules) {
  if (!rules.headline_waives_observer_rule) {
    return fail(
        Errc::refused,
        "headline: the rules do not waive the observer rule, which this version cannot apply "
        "to exact counts; set headline_waives_observer_rule = true, or release no headline");
  }
  return decide(input, rules, Forbidden());
}

Result<RuledHeadlines> HeadlineControl::decide(const HeadlineInput& input, const RuleSet& rules,
                                               const HeadlineKnowledge& knowledge) {
  TRY_VOID(check_counted(input.ent, knowledge.ent));
  if (input.sme.has_value() != knowledge.sme.has_value()) {
    return fail(Errc::corrupt, "headline: one figure without those who know it");
  }
  const auto find = [&](const CountedEnterprises& counted) {
    return find_headline_observers(counted, knowledge.parties, rules.minimum, rules.coalition);
  };
  std::vector<HeadlineFinding> sme, between;
  TRY(const std::vector<HeadlineFinding> ent, find(knowledge.ent));
  if (knowledge.sme) {
    TRY_VOID(check_counted(*input.sme, *knowledge.sme));
    TRY(sme, find(*knowledge.sme));
    TRY(const CountedEnterprises rest, difference(knowledge.ent, *knowledge.sme));
    TRY(between, find(rest));
  }
  const bool waived = rules.headline_waives_observer_rule;
  const Forbidden forbidden{!waived && !ent.empty(), !waived && !sme.empty(),
                            !waived && !between.empty()};
  TRY(FixedHeadlines headlines, decide(input, rules, forbidden));
  RuledHeadlines ruled{std::move(headlines), {}, {}};
  const bool has_ent = ruled.headlines.ent().published() > 0;
  const bool has_sme = ruled.headlines.sme() && ruled.headlines.sme()->published() > 0;
  const auto list = [&](bool asked, const std::vector<HeadlineFinding>& findings) {
    auto& listed = waived ? ruled.waived : ruled.forbidding;
    if (asked) listed.insert(listed.end(), findings.begin(), findings.end());
  };
  const auto is_enough = [&](const CountedEnterprises& counted) {
    return counted.enterprises.size() >= rules.minimum;
  };
  list(waived ? has_ent : is_enough(knowledge.ent), ent);
  list(waived ? has_sme : knowledge.sme && is_enough(*knowledge.sme), sme);
  list(has_sme && (waived ? has_ent : is_enough(knowledge.ent)), between);
  return ruled;
}

Result<void> HeadlineControl::check_counted(const RawTable& table,
                                            const CountedEnterprises& counted) {
  TRY(const std::int64_t count, count_of(table));
  if (counted.indicator == table.indicator_ && counted.period == table.period_ &&
      static_cast<std::int64_t>(counted.enterprises.size()) == count) {
    return {};
  }
  return fail(Errc::corrupt, "headline " + table.indicator_ + " " + table.period_ +
                                 ": those who know it know another figure");
}

Result<FixedHeadlines> HeadlineControl::decide(const HeadlineInput& input, const RuleSet& rules,
                                               const Forbidden& forbidden) {
  CHECK(rules.minimum >= kMinimumFloor);  // parse_rule_set refuses less
  const std::int64_t n = rules.minimum;
  TRY(const std::int64_t ent, count_of(input.ent));
  if (!input.sme) {
    return FixedHeadlines(protect(input.ent, ent >= n && !forbidden.ent, rules), std::nullopt);
  }

  TRY(const std::int64_t sme, count_of(*input.sme));
  if (input.sme->period_ != input.ent.period_ || input.sme->dimensions_ != input.ent.dimensions_ ||
      input.sme->cells_[0].categories != input.ent.cells_[0].categories) {
    return fail(Errc::corrupt, "headline: the two figures are not of one period and place");
  }
  if (sme > ent) {
    // The counts themselves are confidential and stay out of the message.
    return fail(Errc::corrupt, "headline " + input.ent.period_ +
                                   ": more SMEs than enterprises; the records are inconsistent");
  }
  const bool publish_sme = sme >= n && !forbidden.sme;
  const bool told = too_close(ent, sme, n) || forbidden.difference;
  const bool publish_ent = ent >= n && !forbidden.ent && !(publish_sme && told);
  return FixedHeadlines(protect(input.ent, publish_ent, rules),
                        protect(*input.sme, publish_sme, rules));
}

bool FixedHeadlines::could_be_decided() const {
  if (!is_headline(ent_)) return false;
  if (!sme_) return true;
  if (!is_headline(*sme_) || sme_->minimum() != ent_.minimum() || sme_->period() != ent_.period() ||
      sme_->dimensions() != ent_.dimensions() ||
      sme_->cells()[0].categories != ent_.cells()[0].categories) {
    return false;
  }
  const auto ent = ent_.cells()[0].value, sme = sme_->cells()[0].value;
  return !ent || !sme || !too_close(*ent, *sme, ent_.minimum());
}

bool FixedHeadlines::operator==(const FixedHeadlines& other) const {
  if (sme_.has_value() != other.sme_.has_value()) return false;
  return same_figure(ent_, other.ent_) && (!sme_ || same_figure(*sme_, *other.sme_));
}

}  // namespace regions
