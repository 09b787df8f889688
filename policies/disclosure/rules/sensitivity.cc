#include "policies/disclosure/rules/sensitivity.h"

#include <array>
#include <string>

namespace regions {
namespace {

constexpr std::int64_t kMinimumMax = 1'000;

// ceil(a / b) for b > 0.
std::int64_t up(Wide a, Wide b) {
  const Wide quotient = a / b;
  return static_cast<std::int64_t>(quotient + (a % b > 0 ? 1 : 0));
}

Result<void> check_minimum(std::int64_t minimum) {
  if (minimum >= 1 && minimum <= kMinimumMax) return {};
  return fail(Errc::invalid_input, "a minimum from 1 to 1000 contributors expected");
}

Result<void> check_units(std::size_t units, std::string_view what) {
  if (units >= 1 && units <= kRuleUnitsMax) return {};
  return fail(Errc::invalid_input, std::string(what) + " from 1 to 16 contributors expected");
}

}  // namespace

Result<FrequencyRule> FrequencyRule::make(std::int64_t minimum) {
  TRY_VOID(check_minimum(minimum));
  return FrequencyRule(minimum);
}

Result<DominanceRule> DominanceRule::make(std::size_t n, Percent k) {
  TRY_VOID(check_units(n, "a dominance rule of"));
  return DominanceRule(n, k);
}

bool DominanceRule::is_sensitive(const Contributions& cell) const {
  return Wide{cell.top(n_)} * Percent::kWhole > Wide{cell.sum()} * k_.parts();
}

std::int64_t DominanceRule::level(const Contributions& cell) const {
  return up(Wide{cell.top(n_)} * Percent::kWhole - Wide{cell.sum()} * k_.parts(), k_.parts());
}

Result<PriorPosteriorRule> PriorPosteriorRule::p(Percent p, std::size_t coalition) {
  TRY_VOID(check_units(coalition, "a coalition of"));
  return PriorPosteriorRule(p.parts(), Percent::kWhole, coalition);
}

Result<PriorPosteriorRule> PriorPosteriorRule::pq(Percent p, std::int64_t q_parts,
                                                  std::size_t coalition) {
  TRY_VOID(check_units(coalition, "a coalition of"));
  if (q_parts <= p.parts() || q_parts > Percent::kWhole) {
    return fail(Errc::invalid_input, "a q above p and at most 100 expected");
  }
  return PriorPosteriorRule(p.parts(), q_parts, coalition);
}

Wide PriorPosteriorRule::distance(const Contributions& cell, std::size_t known) const {
  const Wide rest = Wide{cell.sum()} - cell.top(known);
  return Wide{cell.largest(0)} * p_ - rest * q_;
}

std::int64_t PriorPosteriorRule::level(const Contributions& cell) const {
  return up(distance(cell, coalition_ + 1), q_);
}

std::int64_t PriorPosteriorRule::level_without_one(const Contributions& rest) const {
  return up(distance(rest, coalition_), q_);
}

Result<RequestRule> RequestRule::make(Percent share, std::int64_t minimum) {
  TRY_VOID(check_minimum(minimum));
  return RequestRule(share, minimum);
}

bool RequestRule::is_sensitive(const Contributions& cell) const {
  if (cell.units().empty()) return false;
  bool anybody = false;
  for (const Contribution& unit : cell.units()) anybody = anybody || unit.requested;
  if (anybody && cell.count() < minimum_) return true;
  return cell.units().front().requested &&
         Wide{cell.largest(0)} * Percent::kWhole > Wide{cell.sum()} * share_.parts();
}

std::int64_t WaiverRule::level(const Contributions& cell) const {
  const std::vector<Contribution>& units = cell.units();
  std::size_t s = 0;
  while (s < units.size() && units[s].waived) ++s;
  if (s == units.size()) return 0;
  const std::int64_t r = s == 0 ? cell.largest(1) : cell.largest(0);
  const Wide rest = Wide{cell.sum()} - units[s].amount - r;
  return up(Wide{units[s].amount} * p_.parts() - rest * Percent::kWhole, Percent::kWhole);
}

std::string_view name(Reason reason) {
  constexpr std::array<std::string_view, 6> kNames{"dominance", "concentration", "request",
                                                   "frequency", "zero",          "manual"};
  return kNames[static_cast<std::size_t>(reason)];
}

}  // namespace regions
