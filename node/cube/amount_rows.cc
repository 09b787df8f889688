// Rows of amounts, booked exactly as the pass books them (pass_amounts.cc): in the year of start,
// under what the enterprise was at its end, in equal parts over the technologies.
#include <algorithm>

#include "node/cube/cube.h"
#include "node/cube/knowers.h"
#include "node/cube/limits.h"
#include "node/cube/union_find.h"
#include "node/records/values.h"
#include "policies/disclosure/amounts/limits.h"

namespace regions {
namespace {

// Who contributes. The pass takes the holding on each period's last day; a row has one for all its
// periods. So holdings that an enterprise with a cooperation had at the ends of periods of its are
// one contributor: no cell then has more of them than the pass finds, and the largest is no
// smaller, so that the rules are not milder.
class Contributing {
 public:
  Contributing(const Facts& facts, YearSpan span) : together_(facts.record_keys().size()) {
    for (const EnterpriseFacts& enterprise : facts.enterprises()) {
      if (enterprise.states < 2) continue;
      const CooperationFacts* one = facts.cooperations().data() + enterprise.first_cooperation;
      for (const CooperationFacts* end = one + enterprise.cooperations; one != end; ++one) {
        if (one->first_year < span.first || one->first_year > span.last) continue;
        const auto holder_at = [&](PeriodKind kind) {
          const int year = Period::of(kind, one->first_year).last_year();
          return facts.state_on(enterprise, last_day_of(year)).holder;
        };
        together_.join(holder_at(PeriodKind::year), holder_at(PeriodKind::window));
        together_.join(holder_at(PeriodKind::year), holder_at(PeriodKind::programme));
      }
    }
    groups_.resize(facts.record_keys().size());
    for (std::uint32_t i = 0; i < groups_.size(); ++i) {
      Group& group = groups_[together_.root(i)];
      ++group.members;
      if (group.members == 1 || facts.holder(i) < facts.holder(group.first)) group.first = i;
    }
  }

  PartyId party(const Facts& facts, std::uint32_t holder, Knowers& knowers) {
    const Group& group = groups_[together_.root(holder)];
    if (group.members == 1) return knowers.holding(holder);
    return knowers.party({PartyKind::holding, std::string(facts.holder(group.first)) + " and " +
                                                  std::to_string(group.members - 1) + " more"});
  }

 private:
  struct Group {
    std::uint32_t members = 0, first = 0;
  };
  UnionFind together_;
  std::vector<Group> groups_;  // at the place of their root
};

// One dimension a table, so that a cell is a category; a last one by nothing, where every part is.
std::vector<TableSpec> specs_of(const Indicator& indicator,
                                const std::vector<const Dimension*>& by) {
  std::vector<TableSpec> specs;
  for (const Dimension* dimension : by)
    specs.push_back({&indicator, PeriodKind::year, {dimension}});
  specs.push_back({&indicator, PeriodKind::year, {}});
  return specs;
}

class RowMaker {
 public:
  RowMaker(const Layout& layout, Knowers& knowers)
      : layout_(layout),
        facts_(layout.facts()),
        knowers_(knowers),
        contributing_(layout.facts(), layout.span()) {}

  Result<std::vector<AmountRow>> rows(const std::vector<KnownCooperation>& known) {
    for (std::uint32_t i = 0; i < facts_.enterprises().size(); ++i) {
      const EnterpriseFacts& enterprise = facts_.enterprises()[i];
      for (std::uint32_t c = 0; c < enterprise.cooperations; ++c) {
        const std::size_t at = std::size_t{enterprise.first_cooperation} + c;
        TRY_VOID(add(i, at, known[at].is_public));
      }
    }
    return std::move(rows_);
  }

 private:
  Result<void> add(std::uint32_t enterprise, std::size_t at, bool is_public) {
    const CooperationFacts& cooperation = facts_.cooperations()[at];
    const int year = cooperation.first_year;
    if (year < layout_.span().first || year > layout_.span().last) return {};
    const StateFacts& state = facts_.state_on(facts_.enterprises()[enterprise], last_day_of(year));
    const std::uint32_t* const places = layout_.places(state.standing);
    const std::size_t total = layout_.tables().size() - 1;
    const auto parts = layout_.pieces(cooperation.shape, total);
    if (places[total] == Layout::kNowhere || parts.begin == parts.end) return {};
    AmountRow row;
    row.holding = contributing_.party(facts_, state.holder, knowers_);
    row.is_public = is_public;
    row.year = year;
    if (!is_public) {
      knowers_.add(enterprise, at, row.known_to);
      std::erase(row.known_to, row.holding);
      make_unique(row.known_to);
    }
    const auto count = static_cast<std::size_t>(parts.end - parts.begin);
    TRY_VOID(bound(count, row.known_to.size()));
    const std::int64_t cents = std::max<std::int64_t>(0, cooperation.cents);
    const std::int64_t of = layout_.parts(cooperation.shape);
    for (std::size_t p = 0; p < count; ++p) {
      row.cents = cents / of + (parts.begin[p].part < cents % of ? 1 : 0);
      row.categories.clear();
      for (std::size_t d = 0; d < total; ++d) {
        row.categories.push_back(places[d] + layout_.pieces(cooperation.shape, d).begin[p].place);
      }
      rows_.push_back(row);
    }
    return {};
  }

  Result<void> bound(std::size_t parts, std::size_t known_to) {
    if (rows_.size() + parts > kAmountRowsMax) {
      return fail(Errc::too_large, "more than " + std::to_string(kAmountRowsMax) +
                                       " shares of amounts; plan fewer years");
    }
    known_ += parts * known_to;
    if (known_ <= kKnownToMax) return {};
    return fail(Errc::too_large,
                "more than " + std::to_string(kKnownToMax) +
                    " times somebody knows a share of an amount; plan fewer years");
  }

  const Layout& layout_;
  const Facts& facts_;
  Knowers& knowers_;
  Contributing contributing_;
  std::vector<AmountRow> rows_;
  std::size_t known_ = 0;
};

}  // namespace

Result<RawAmounts> CubeBuilder::amounts(const Knowledge& knowledge, const Catalogue& catalogue,
                                        const Indicator& indicator,
                                        const std::vector<const Dimension*>& by, YearSpan span) {
  CHECK(indicator.is_amount());
  std::vector<const Dimension*> dimensions = by;
  std::sort(dimensions.begin(), dimensions.end(),
            [](const Dimension* a, const Dimension* b) { return a->id() < b->id(); });
  std::vector<std::string> ids;
  for (const Dimension* dimension : dimensions) ids.push_back(dimension->id());
  const Layout layout(catalogue, knowledge.facts_, specs_of(indicator, dimensions), span);
  Knowers knowers(knowledge);
  TRY(auto rows, RowMaker(layout, knowers).rows(knowledge.cooperations_));
  return RawAmounts(indicator.code, catalogue.definition(indicator), std::move(ids), knowers.take(),
                    std::move(rows));
}

}  // namespace regions
