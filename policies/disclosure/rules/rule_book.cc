#include "policies/disclosure/rules/rule_book.h"

#include <algorithm>

namespace regions {
namespace {

std::int64_t share_of(std::int64_t value, std::int64_t parts) {
  const Wide product = Wide{value} * parts;
  return static_cast<std::int64_t>((product + Percent::kWhole - 1) / Percent::kWhole);
}

// Symmetric by convention (handbook 4.2.2); nobody expects amounts below 0.
Level symmetric(std::int64_t distance, std::int64_t value) {
  const std::int64_t upper = std::max<std::int64_t>(distance, 1);
  return {std::min(upper, value), upper, 0};
}

}  // namespace

std::optional<CellVerdict> RuleBook::judge(const Contributions& cell) const {
  if (cell.count() == 0) return std::nullopt;
  // The farthest level of all that fire; the reason is the first.
  std::optional<Reason> reason;
  std::int64_t distance = 0;
  const auto fires = [&](Reason why, std::int64_t level) {
    if (!reason) reason = why;
    distance = std::max(distance, level);
  };
  for (const auto& rule : dominance) {
    if (rule.is_sensitive(cell)) fires(Reason::dominance, rule.level(cell));
  }
  for (const auto& rule : concentration) {
    if (rule.is_sensitive(cell)) fires(Reason::concentration, rule.level(cell));
  }
  for (const auto& rule : waivers) {
    if (rule.is_sensitive(cell)) fires(Reason::concentration, rule.level(cell));
  }
  const std::int64_t range = share_of(cell.sum(), frequency_range);
  for (const auto& rule : requests) {
    if (rule.is_sensitive(cell)) fires(Reason::request, range);
  }
  for (const auto& rule : frequency) {
    if (rule.is_sensitive(cell)) fires(Reason::frequency, range);
  }
  if (!reason && zero_unsafe && cell.sum() == 0) {
    return CellVerdict{Reason::zero, {0, zero_range, 0}};
  }
  if (!reason) return std::nullopt;
  if (manual_levels) return CellVerdict{*reason, manual_level(cell.sum())};
  return CellVerdict{*reason, symmetric(distance, cell.sum())};
}

Level RuleBook::level_against_insider(const Contributions& rest) const {
  std::int64_t distance = 1;
  for (const auto& rule : concentration) {
    distance = std::max(distance, rule.level_without_one(rest));
  }
  for (const auto& rule : dominance) {
    if (rule.is_sensitive(rest)) distance = std::max(distance, rule.level(rest));
  }
  for (const auto& rule : frequency) {
    if (rule.is_sensitive(rest)) {
      distance = std::max(distance, share_of(rest.sum(), frequency_range));
    }
  }
  return symmetric(distance, rest.sum());
}

Level RuleBook::manual_level(std::int64_t value) const {
  return symmetric(share_of(value, manual_range), value);
}

std::size_t RuleBook::needs() const {
  std::size_t most = 0;
  for (const auto& rule : dominance) most = std::max(most, rule.needs());
  for (const auto& rule : concentration) most = std::max(most, rule.needs());
  if (!waivers.empty() || !requests.empty()) most = std::max<std::size_t>(most, 2);
  return most;
}

bool RuleBook::empty() const {
  return dominance.empty() && concentration.empty() && waivers.empty() && requests.empty() &&
         frequency.empty() && !zero_unsafe;
}

}  // namespace regions
