#include "policies/disclosure/perturbation_generator.h"

#include <algorithm>
#include <cmath>

#include "policies/disclosure/decimal.h"
#include "policies/disclosure/limits.h"
#include "policies/disclosure/maximum_entropy.h"
#include "policies/disclosure/rule_set.h"

namespace regions {
namespace {

using Support = std::vector<std::int32_t>;

constexpr std::int32_t kSmallMaxMin = kMinimumFloor - 1;

std::int32_t last_row_of(const PerturbationParameters& p) { return p.max_noise + p.small_max + 1; }

Support support_of(std::int32_t count, const PerturbationParameters& p) {
  Support support;
  for (std::int32_t v = -std::min(count, p.max_noise); v <= p.max_noise; ++v) {
    if (count + v < 1 || count + v > p.small_max) support.push_back(v);
  }
  return support;
}

Error bad(const PerturbationParameters& p, const std::string& what, const std::string& remedy) {
  return fail(Errc::invalid_input, "perturbation table of D = " + std::to_string(p.max_noise) +
                                       ", variance " + decimal(p.variance) + ", js = " +
                                       std::to_string(p.small_max) + ": " + what + "; " + remedy);
}

// What to choose instead of parameters for which a row has no solution.
std::string remedy_for(const PerturbationParameters& p) {
  VarianceRange all{0, std::int64_t{kMaxNoiseMax} * kMaxNoiseMax};
  for (std::int32_t i = 1; i <= last_row_of(p); ++i) {
    const auto row = variance_range(support_of(i, p)).value_or(VarianceRange{0, 0});
    all = {std::max(all.least, row.least), std::min(all.greatest, row.greatest)};
  }
  if (all.least > all.greatest || all.greatest == 0) return "no variance fits; choose a greater D";
  return "choose a variance from " + std::to_string(all.least) + " to " +
         std::to_string(all.greatest);
}

Result<void> check_row(std::int32_t i, const PerturbationParameters& p) {
  const auto range = variance_range(support_of(i, p));
  const std::string no_solution = "row " + std::to_string(i) + " has no solution: ";
  if (!range) return bad(p, no_solution + "no noise of mean 0 fits", remedy_for(p));
  if (p.variance < range->least) {
    return bad(p, no_solution + "its least variance is " + std::to_string(range->least),
               remedy_for(p));
  }
  if (p.variance > range->greatest) {
    return bad(p, no_solution + "its greatest variance is " + std::to_string(range->greatest),
               remedy_for(p));
  }
  return {};
}

Result<void> check_range(const PerturbationParameters& p, std::int32_t value, const char* name,
                         std::int32_t min, std::int32_t max) {
  if (value >= min && value <= max) return {};
  return bad(p, std::string(name) + " is out of range",
             "choose one from " + std::to_string(min) + " to " + std::to_string(max));
}

Result<void> check(const PerturbationParameters& p) {
  TRY_VOID(check_range(p, p.max_noise, "D", 1, kMaxNoiseMax));
  TRY_VOID(check_range(p, p.small_max, "js", kSmallMaxMin, kSmallMaxMax));
  if (!std::isfinite(p.variance)) return bad(p, "the variance is no number", remedy_for(p));
  for (std::int32_t i = 1; i <= last_row_of(p); ++i) TRY_VOID(check_row(i, p));
  return {};
}

// Numbers of keys for the values of a row, and how far each is from what its probability says.
class KeyShares {
 public:
  KeyShares(const Support& support, const std::vector<double>& probabilities) {
    for (std::size_t k = 0; k < support.size(); ++k) {
      if (probabilities[k] > 0) parts_.push_back({support[k], probabilities[k] * kCellKeys, 0});
    }
    for (Part& part : parts_) {
      part.keys = static_cast<std::int64_t>(part.exact);
      left_ -= part.keys;
      moment_ += part.v * part.keys;
    }
  }

  void hand_out_the_rest() {
    for (; left_ > 0; --left_) {
      Part& most =
          *std::min_element(parts_.begin(), parts_.end(),
                            [](const Part& a, const Part& b) { return a.off() < b.off(); });
      ++most.keys;
      moment_ += most.v;
    }
  }

  // Moves single keys while that brings the mean nearer to 0.
  void centre() {
    while (const auto best = best_move()) {
      --best->from->keys;
      ++best->to->keys;
      moment_ += best->to->v - best->from->v;
    }
  }

  PerturbationTable::Row row() const {
    PerturbationTable::Row row;
    std::uint64_t bound = 0;
    for (const Part& part : parts_) {
      if (part.keys == 0) continue;
      bound += static_cast<std::uint64_t>(part.keys);
      row.push_back({part.v, bound});
    }
    return row;
  }

 private:
  struct Part {
    std::int32_t v;
    double exact;
    std::int64_t keys;

    double off() const { return static_cast<double>(keys) - exact; }
  };
  struct Move {
    Part* from;
    Part* to;
    // What the move adds to the sum of squares of off(), halved and less 1.
    double cost() const { return to->off() - from->off(); }
  };

  std::optional<Move> best_move() {
    std::optional<Move> best;
    for (Part& from : parts_) {
      if (from.keys == 0) continue;
      for (Part& to : parts_) {
        if (std::abs(moment_ + to.v - from.v) >= std::abs(moment_)) continue;
        const Move move{&from, &to};
        if (!best || move.cost() < best->cost()) best = move;
      }
    }
    return best;
  }

  std::vector<Part> parts_;
  std::int64_t left_ = kCellKeys;
  std::int64_t moment_ = 0;  // the sum of v over the keys
};

PerturbationTable::Row row_of(std::int32_t count, const PerturbationParameters& p) {
  const Support support = support_of(count, p);
  KeyShares shares(support, maximum_entropy(support, p.variance));
  shares.hand_out_the_rest();
  shares.centre();
  return shares.row();
}

}  // namespace

Result<PerturbationTable> generate_perturbation_table(const PerturbationParameters& parameters) {
  TRY_VOID(check(parameters));
  std::vector<PerturbationTable::Row> rows{{{0, kCellKeys}}};
  for (std::int32_t i = 1; i <= last_row_of(parameters); ++i) rows.push_back(row_of(i, parameters));
  return PerturbationTable::make(std::move(rows));
}

}  // namespace regions
