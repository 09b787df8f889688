// Whoever would be recognised in a decision, erased from it: what it decided stands for good,
// because nobody can tell any more how many changed.
#include <algorithm>
#include <set>

#include "node/publish/publisher.h"
#include "policies/catalogue/tables.h"

namespace regions {
namespace {

// The figures of the releases that `is_of` picks, each once.
template <class IsOf>
std::vector<FigureName> figures(const std::vector<LedgerRelease>& releases, IsOf is_of) {
  std::vector<FigureName> out;
  for (const LedgerRelease& one : releases) {
    if (is_of(one)) out.push_back(one.figure);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// "; those of 2014, 2015 are": the years whose headlines were released.
std::string decided_years(const std::vector<LedgerRelease>& releases) {
  std::set<std::string> years;
  for (const LedgerRelease& one : releases) {
    if (one.figure.table == kHeadlineTable) years.insert(one.figure.period);
  }
  std::string text;
  for (const std::string& year : years) text += (text.empty() ? "" : ", ") + year;
  return text.empty() ? "; those of no year are" : "; those of " + text + " are";
}

// A wrong argument: the ledger is in order.
Error no_decision(const std::string& indicator, std::uint32_t number, std::size_t count) {
  const std::string have = count == 0   ? "none was made about it"
                           : count == 1 ? "there is decision 1"
                                        : "there are 1 to " + std::to_string(count);
  return fail(Errc::invalid_input, "--decision: " + indicator + " has no decision " +
                                       std::to_string(number) + "; " + have +
                                       " (regionctl ledger show)");
}

}  // namespace

Result<ErasedReport> Publisher::erase_members(const std::string& year, bool dry_run) {
  const std::lock_guard lock(mutex_);
  TRY(const auto decisions, ledger_.decisions(year));
  TRY(const auto releases, ledger_.all_releases());
  if (decisions.empty()) {
    return fail(Errc::not_found, "--period: the headlines of " + year + " were not decided" +
                                     decided_years(releases));
  }
  ErasedReport report;
  for (const Decision& one : decisions) {
    TRY(const auto members, ledger_.members(year, one.version));
    if (members) report.decisions.push_back({one.version, members->tags.ent.size()});
  }
  report.stand = figures(releases, [&](const LedgerRelease& one) {
    return one.figure.period == year && one.figure.table == kHeadlineTable;
  });
  if (!dry_run) TRY_VOID(ledger_.erase_members(year));
  return report;
}

Result<ErasedReport> Publisher::erase_amount_members(const std::string& indicator,
                                                     std::uint32_t decision, bool dry_run) {
  const std::lock_guard lock(mutex_);
  TRY(const Indicator* named, parts_.catalogue->require(indicator));
  TRY(const auto releases, ledger_.all_releases());
  if (!named->is_amount()) {
    return fail(Errc::invalid_input,
                "--indicator: " + indicator +
                    " is no amount; headlines are decided by year, use --period YEAR" +
                    decided_years(releases));
  }
  TRY(const auto decisions, ledger_.amounts(indicator));
  if (decision == 0 || decision > decisions.size()) {
    return no_decision(indicator, decision, decisions.size());
  }
  ErasedReport report;
  TRY(const auto members, ledger_.amount_members(indicator, decision));
  if (members) report.decisions.push_back({decision, members->parties.size()});
  report.stand = figures(releases, [&](const LedgerRelease& one) {
    return one.figure.indicator == indicator && one.decision == decision;
  });
  if (!dry_run) TRY_VOID(ledger_.erase_amount_members(indicator, decision));
  return report;
}

Result<ForgottenReport> Publisher::forget(const std::vector<std::string>& ids, bool dry_run) {
  const std::lock_guard lock(mutex_);
  TRY(const auto releases, ledger_.all_releases());
  TRY(ErasedHoldings erased, ledger_.erase_holdings(ids, dry_run));
  ForgottenReport report{std::move(erased.decisions), {}, {}};
  report.stand = figures(releases, [&](const LedgerRelease& one) {
    return erased.amounts.contains({one.figure.indicator, one.decision});
  });
  report.harder = figures(releases, [&](const LedgerRelease& one) {
    return one.figure.table == kHeadlineTable && erased.years.contains(one.figure.period);
  });
  return report;
}

}  // namespace regions
