// Whoever would be recognised in a decision, erased from it: what it decided stands for good,
// because nobody can tell any more how many changed.
#include <algorithm>

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

}  // namespace

Result<ErasedReport> Publisher::erase_members(const std::string& year, bool dry_run) {
  const std::lock_guard lock(mutex_);
  TRY(const auto decisions, ledger_.decisions(year));
  if (decisions.empty()) {
    return fail(Errc::not_found, year + ": no headline of that year was decided");
  }
  ErasedReport report;
  for (const Decision& one : decisions) {
    TRY(const auto members, ledger_.members(year, one.version));
    if (members) report.decisions.push_back({one.version, members->tags.ent.size()});
  }
  TRY(const auto releases, ledger_.all_releases());
  report.stand = figures(releases, [&](const LedgerRelease& one) {
    return one.figure.period == year && one.figure.table == kHeadlineTable;
  });
  if (!dry_run) TRY_VOID(ledger_.erase_members(year));
  return report;
}

Result<ErasedReport> Publisher::erase_amount_members(const std::string& indicator,
                                                     std::uint32_t decision, bool dry_run) {
  const std::lock_guard lock(mutex_);
  TRY(const auto decisions, ledger_.amounts(indicator));
  if (decision == 0 || decision > decisions.size()) {
    return fail(Errc::not_found, indicator + ": no decision " + std::to_string(decision) +
                                     "; regionctl ledger show lists them");
  }
  ErasedReport report;
  TRY(const auto members, ledger_.amount_members(indicator, decision));
  if (members) report.decisions.push_back({decision, members->parties.size()});
  TRY(const auto releases, ledger_.all_releases());
  report.stand = figures(releases, [&](const LedgerRelease& one) {
    return one.figure.indicator == indicator && one.decision == decision;
  });
  if (!dry_run) TRY_VOID(ledger_.erase_amount_members(indicator, decision));
  return report;
}

}  // namespace regions
