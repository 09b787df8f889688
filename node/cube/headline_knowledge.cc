// Who knows which of the enterprises that the headlines of a year count.
#include "node/cube/cube.h"
#include "node/cube/headline_specs.h"
#include "node/cube/holdings.h"
#include "node/cube/knowers.h"
#include "node/cube/limits.h"

namespace regions {
namespace {

// Those of one table.
class Counted {
 public:
  Counted(const Facts& facts, const std::vector<KnownCooperation>& known, Knowers& knowers)
      : facts_(facts), known_(known), knowers_(knowers) {}

  // An enterprise that the table counts. It is known to whoever knows a cooperation by which alone
  // it would count, for everybody else knows what it is.
  Result<void> add(const YearTotals& totals, std::size_t table, std::uint32_t enterprise) {
    CountedEnterprise one{std::string(facts_.id(enterprise)), {}, false};
    const EnterpriseFacts& held = facts_.enterprises()[enterprise];
    for (std::uint32_t c = 0; c < held.cooperations; ++c) {
      const std::size_t at = std::size_t{held.first_cooperation} + c;
      if (!totals.counts_by(table, facts_.cooperations()[at])) continue;
      knowers_.add(enterprise, at, one.known_to);
      one.is_public |= known_[at].is_public;
    }
    make_unique(one.known_to);
    known_to_ += one.known_to.size();
    if (known_to_ > kKnownToMax) {
      return fail(Errc::too_large, "more than " + std::to_string(kKnownToMax) +
                                       " times somebody knows an enterprise of a headline");
    }
    enterprises_.push_back(std::move(one));
    return {};
  }

  std::vector<CountedEnterprise> take() { return std::move(enterprises_); }

 private:
  const Facts& facts_;
  const std::vector<KnownCooperation>& known_;
  Knowers& knowers_;
  std::vector<CountedEnterprise> enterprises_;
  std::size_t known_to_ = 0;
};

}  // namespace

Result<HeadlineKnowledge> CubeBuilder::headline_knowledge(const Knowledge& knowledge,
                                                          const Catalogue& catalogue, int year) {
  TRY_VOID(require_year(year));
  TRY(const auto specs, headline_specs(catalogue));
  const Facts& facts = knowledge.facts_;
  const Layout layout(catalogue, facts, specs, {year, year});
  YearTotals totals(layout);
  Knowers knowers(knowledge);
  Counted ent(facts, knowledge.cooperations_, knowers), sme = ent;
  for (std::uint32_t i = 0; i < facts.enterprises().size(); ++i) {
    if (!totals.look_at(i)) continue;
    if (totals.counts(0)) TRY_VOID(ent.add(totals, 0, i));
    if (totals.counts(1)) TRY_VOID(sme.add(totals, 1, i));
  }
  const std::string period = Period::of_year(year).text();
  HeadlineKnowledge out;
  out.ent = {specs[0].indicator->code, period, ent.take()};
  if (facts.knows_nace())
    out.sme = CountedEnterprises{specs[1].indicator->code, period, sme.take()};
  out.parties = knowers.take();
  return out;
}

}  // namespace regions
