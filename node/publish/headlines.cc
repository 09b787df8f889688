// The headlines of a year: decided together, stated one by one, corrected where that tells of
// nobody.
#include <algorithm>

#include "node/cube/cube.h"
#include "node/publish/confirmation.h"
#include "node/publish/day.h"
#include "node/publish/publisher.h"
#include "node/publish/versions.h"
#include "policies/catalogue/period.h"
#include "policies/catalogue/tables.h"

namespace regions {
namespace {

// The protected table of one of the two headlines.
Result<SafeTable> table_of(const FixedHeadlines& headlines, const std::string& code) {
  if (headlines.ent().indicator() == code) return headlines.ent();
  if (headlines.sme() && headlines.sme()->indicator() == code) return *headlines.sme();
  return fail(Errc::not_computable, code + " " + headlines.period() +
                                        ": no enterprise has a known NACE code, so none can be "
                                        "told to be in manufacturing; import "
                                        "organisations with their NACE code. Nothing was stated");
}

bool same_cells(const SafeTable& a, const SafeTable& b) {
  return a.definition() == b.definition() && a.cells() == b.cells();
}

bool same_figure(const FixedHeadlines& fixed, const FixedHeadlines& now, const std::string& code) {
  const auto one = table_of(fixed, code), other = table_of(now, code);
  return one && other && same_cells(*one, *other);
}

// Whether a figure that was decided would be another; one that was not computable then is none.
bool is_revision(const FixedHeadlines& before, const FixedHeadlines& now) {
  if (!same_cells(before.ent(), now.ent())) return true;
  return before.sme() && (!now.sme() || !same_cells(*before.sme(), *now.sme()));
}

// Where SME-COOP is published, ENT-COOP is no smaller: only its nearness, or somebody who knows a
// part, can withhold it.
WithheldCounts why_withheld(const FixedHeadlines& headlines, const SafeTable& table,
                            const std::vector<HeadlineFinding>& forbidding) {
  if (table.withheld() == 0) return {};
  const auto& sme = headlines.sme();
  const bool close =
      table.indicator() == headlines.ent().indicator() && sme && sme->published() > 0;
  const bool known =
      std::any_of(forbidding.begin(), forbidding.end(), [&](const HeadlineFinding& finding) {
        return finding.indicator == table.indicator() || close;
      });
  if (known) return {{Withheld::observer, table.withheld()}};
  return {{close ? Withheld::close : Withheld::minimum, table.withheld()}};
}

DecidedHeadlines told_of(const FixedHeadlines& both,
                         const std::vector<HeadlineFinding>& forbidding) {
  return {both, why_withheld(both, both.ent(), forbidding),
          both.sme() ? why_withheld(both, *both.sme(), forbidding) : WithheldCounts()};
}

}  // namespace

Result<void> Publisher::require_planned(const std::string& code, const Period& year,
                                        const Facts& facts) const {
  if (!parts_.plan) return {};
  const Plan& plan = parts_.plan->plan;
  const PlannedTable* table = plan.find(code, PeriodKind::year, {});
  TRY(const OwnTier own, tier(facts));
  const bool planned = table != nullptr && table->method == Method::exact &&
                       table->is_for(own.tier) && plan.covers(year);
  return planned ? Result<void>() : fail(Errc::refused, std::string(kNotPlanned));
}

Result<std::string> Publisher::why_it_stands(const Period& year, const Facts& facts,
                                             const std::vector<Decision>& earlier,
                                             const FixedHeadlines& now) const {
  const Decision& last = earlier.back();
  if (is_revision(last.headlines, now)) {
    if (parts_.plan && parts_.plan->plan.baseline.contains(year.first_year())) {
      return std::string("it is part of the baseline, which is frozen");
    }
    if (last.version > 1 && day_of(last.decided_at).year() == day_of(parts_.clock->now()).year()) {
      return std::string("it was corrected this year already, and once a year is enough");
    }
  }
  TRY(const auto holdings,
      CubeBuilder::headline_holdings(facts, *parts_.catalogue, year.first_year()));
  std::vector<EarlierHeadlines> versions;
  for (const Decision& one : earlier) {
    TRY(auto members, ledger_.members(year.text(), one.version));
    if (!members) return std::string("who was in it has been erased");
    versions.push_back({one.headlines, std::move(members->tags), holdings.tags(members->secret),
                        static_cast<std::size_t>(members->erased)});
  }
  return std::string(reason(judge_correction(versions, now, parts_.rules.minimum)));
}

Result<Publisher::Standing> Publisher::standing(const Period& year, const Facts& facts,
                                                FixedHeadlines now) const {
  TRY(auto earlier, ledger_.decisions(year.text()));
  if (!earlier.empty() && earlier.back().headlines == now) {
    return Standing{std::move(earlier.back()), false, ""};
  }
  std::uint32_t version = 1;
  if (!earlier.empty()) {
    TRY(std::string because, why_it_stands(year, facts, earlier, now));
    if (!because.empty()) return Standing{std::move(earlier.back()), false, std::move(because)};
    version = earlier.back().version + 1;
  }
  return Standing{{std::move(now), parts_.clock->now(), parts_.rule_set, version}, true, ""};
}

// What was decided of a figure is out, or can never be; until then it goes out as it was decided,
// whatever became of the records.
Result<bool> Publisher::has_stated(const std::vector<LedgerRelease>& versions,
                                   const Decision& decision, const std::string& code) const {
  const auto table = table_of(decision.headlines, code);
  const bool stated = std::any_of(versions.begin(), versions.end(), [&](const LedgerRelease& one) {
    return one.decision == decision.version;
  });
  if (!table || stated) return true;
  const LedgerRelease* holds = current(versions);
  return holds != nullptr ? says(holds->ref, *table) : Result<bool>(false);
}

Result<RuledHeadlines> Publisher::rule(int year, const RecordsNow& records) const {
  TRY(const HeadlineInput input, CubeBuilder::headline(records.facts(), *parts_.catalogue, year));
  TRY(const Knowledge* knowledge, records.knowledge());
  TRY(const HeadlineKnowledge known,
      CubeBuilder::headline_knowledge(*knowledge, *parts_.catalogue, year));
  return HeadlineControl::decide(input, parts_.rules, known);
}

Result<FixedHeadlines> Publisher::decided_with(const LedgerRelease& release) const {
  TRY(const auto decisions, ledger_.decisions(release.figure.period));
  if (release.decision == 0 || release.decision > decisions.size()) {
    return fail(Errc::corrupt, "the ledger: what release " + release.ref.id.hex() +
                                   " of a headline was decided with");
  }
  return decisions[release.decision - 1].headlines;
}

Result<Publisher::Decided> Publisher::decide(const std::string& code, const std::string& period,
                                             const RecordsNow& records) const {
  const Facts& facts = records.facts();
  TRY_VOID(parts_.catalogue->require(code));
  TRY(const Period asked, Period::parse(period));
  if (asked.kind() != PeriodKind::year || (code != kHeadlineAll && code != kHeadlineSme)) {
    return fail(Errc::refused, std::string(kNotPlanned));
  }
  TRY_VOID(require_planned(code, asked, facts));
  TRY(RuledHeadlines ruled, rule(asked.first_year(), records));
  const FixedHeadlines& now = ruled.headlines;
  auto& near = parts_.rules.headline_waives_observer_rule ? ruled.waived : ruled.forbidding;
  const bool provisional =
      static_cast<int>(day_of(parts_.clock->now()).year()) <= asked.first_year();
  TRY(const auto versions, ledger_.releases({code, period, std::string(kHeadlineTable)}));
  // A figure that holds stays while it itself is what the records give, whatever became of the
  // other headline.
  const LedgerRelease* holds = current(versions);
  if (const auto table = table_of(now, code); table && holds != nullptr) {
    TRY(const bool same, says(holds->ref, *table));
    if (same) {
      TRY(const FixedHeadlines with, decided_with(*holds));
      return Decided{{*table,
                      parts_.rule_set,
                      {},
                      0,
                      provisional,
                      why_withheld(now, *table, ruled.forbidding),
                      {},
                      std::move(near),
                      {},
                      told_of(with, ruled.forbidding)},
                     holds->ref};
    }
  }
  TRY(Standing standing, this->standing(asked, facts, now));
  const FixedHeadlines& decided = standing.decision.headlines;
  const bool other = !standing.because.empty() && !same_figure(decided, now, code);
  TRY(const bool is_out, has_stated(versions, standing.decision, code));
  if (other && is_out) {
    return fail(Errc::refused,
                code + " " + period + ": the headlines of this year were decided on " +
                    day_text(standing.decision.decided_at) +
                    " and the records, or the rules, now give others, but " + standing.because +
                    (holds != nullptr ? ". What was released stands; nothing was stated"
                                      : ". What was withdrawn does not come back"));
  }
  TRY(SafeTable table, table_of(decided, code));
  WithheldCounts why = why_withheld(decided, table, ruled.forbidding);
  DecidedHeadlines both = told_of(decided, ruled.forbidding);
  auto before = superseded(versions, table.definition());
  const Digest rule_set = standing.decision.rule_set;
  return Decided{{std::move(table),
                  rule_set,
                  std::move(standing),
                  0,
                  provisional,
                  std::move(why),
                  before,
                  std::move(near),
                  {},
                  std::move(both)},
                 {}};
}

Result<ReleaseReport> Publisher::report_of(const Decided& decided,
                                           const RecordsNow& records) const {
  const Intent& intent = decided.intent;
  const auto& standing = intent.standing;
  ReleaseReport report{
      intent.table, intent.provisional, false,          false, false, intent.why, {}, {},
      {},           intent.near,        *intent.decided};
  report.existing = decided.existing.has_value();
  report.decided_before = !standing || !standing->is_new;
  report.behind = standing && !standing->because.empty();
  report.release = decided.existing;
  report.supersedes = intent.supersedes;
  Release content = draft(intent);
  if (decided.existing) {
    TRY(content, stated_release(*decided.existing));
    report.supersedes = content.supersedes;
    report.provisional = std::any_of(content.cells.begin(), content.cells.end(),
                                     [](const Cell& cell) { return cell.status == ObsStatus::P; });
  }
  Confirmation confirmation(parts_.confirmation_key, parts_.plan.get());
  confirmation.add(std::move(content), report.decided.both);
  report.digest = confirmation.digest();
  TRY(const Period year, Period::parse(intent.table.period()));
  report.without_records = !records.years_without({year}).empty();
  return report;
}

Error Publisher::refused(const FigureName& figure, const Error& error, const std::string& by) {
  if (error.code != Errc::refused && error.code != Errc::not_computable) return error;
  const auto filed = ledger_.refuse({{figure, error.context}}, parts_.clock->now(), by);
  return filed ? error : filed.error().in("filing a refusal");
}

Result<ReleaseReport> Publisher::dry_run(const std::string& indicator, const std::string& period) {
  const std::lock_guard lock(mutex_);
  TRY(const RecordsNow records, RecordsNow::read(parts_.facts, parts_.knowledge));
  TRY(const Decided decided, decide(indicator, period, records));
  return report_of(decided, records);
}

Result<ReleaseReport> Publisher::release(const std::string& indicator, const std::string& period,
                                         const std::optional<Digest>& confirmed,
                                         const std::string& by) {
  const std::lock_guard lock(mutex_);
  TRY_VOID(ready());
  TRY(const RecordsNow records, RecordsNow::read(parts_.facts, parts_.knowledge));
  const auto decided = decide(indicator, period, records);
  if (!decided) {
    return refused({indicator, period, std::string(kHeadlineTable)}, decided.error(), by);
  }
  TRY(ReleaseReport report, report_of(*decided, records));
  TRY_VOID(require_confirmed(confirmed, report.digest));
  if (!report.existing) {
    TRY(report.release, state(decided->intent, records.facts(), by));
  }
  TRY_VOID(judge_own());
  return report;
}

}  // namespace regions
