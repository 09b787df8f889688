// Progress of an indicator from a baseline to a later period, like with like (DESIGN 6). The reader
// computes it from released values; where an input is missing it shows nothing and says why.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "node/federation/member_log.h"
#include "policies/plan/plan.h"

namespace regions {

// Below this baseline a change of a count is told in enterprises, not per cent (DESIGN 6).
inline constexpr std::int64_t kPercentBaselineMin = 20;
// Located coverage of the two periods may differ by this much, in points (DESIGN 6).
inline constexpr std::int64_t kLocatedPointsMax = 5;

struct ProgressQuestion {
  std::string indicator;
  // Of one kind, the baseline first. nullopt: as the catalogue says.
  std::optional<Period> baseline = {};
  std::optional<Period> period = {};
  std::vector<std::string> regions = {};  // empty: every member
};

// How one member's figure stands. The order is that in which a state of one period decides for
// both: what can never be known comes first.
enum class ProgressState : std::uint8_t {
  not_computable,  // it released the other headline of the period, but never this indicator
  not_heard_of,    // nothing of its log ever came
  not_released,
  withheld,
  not_comparable,  // both are known; definition, NUTS version or located coverage differ
  known,
};
// "known", "not_computable", ...
std::string_view name(ProgressState state);

// One member's figure of one period. Never not_comparable.
struct ProgressValue {
  ProgressState state = ProgressState::not_released;
  std::optional<std::int64_t> value;
  char obs_status = 'O';  // as in an answer
  char conf_status = 'F';
  bool provisional = false;  // released before the period had ended
  std::optional<Digest> release;
  std::optional<std::uint64_t> log_index;
};

// Computed from two published values as they stand, noise and all; `max_error` and `certain` say
// what the noise leaves of it.
struct Change {
  std::int64_t change = 0;
  // Of the baseline, rounded half away from zero; nullopt below kPercentBaselineMin, and where an
  // amount starts from 0.
  std::optional<std::int64_t> permille;
  // ceil((100 + target_percent) / 100 x baseline); nullopt: the catalogue names no aim, or the
  // baseline is 0.
  std::optional<std::int64_t> target;
  bool reached = false;
  std::uint64_t max_error = 0;  // of `change`: both values may be off
  bool certain = true;          // `reached` is so whatever the true values are
};

// Share of ENT-COOP's enterprises whose place is known, per mille, in the windows that hold the
// last years of the periods.
struct LocatedShares {
  std::int64_t baseline = 0;
  std::int64_t period = 0;
};

struct MemberProgress {
  std::string region;
  ProgressState state = ProgressState::not_released;
  // Why it is not known; beside a known one that the share with known place is not.
  std::string reason;
  ProgressValue baseline;
  ProgressValue period;
  std::optional<LocatedShares> located;  // nullopt: unknown
  std::optional<Change> change;          // when known
};

// Over the regions known in both periods.
struct FederationProgress {
  std::uint64_t known = 0;    // k of
  std::uint64_t regions = 0;  // n
  std::int64_t baseline = 0;  // sums; meaningless while no region is known
  std::int64_t period = 0;
  std::int64_t max_error = 0;         // of either sum
  bool baseline_provisional = false;  // one of the values in the sum is
  bool period_provisional = false;
  std::optional<Change> change;  // nullopt: no region is known in both
};

struct Progress {
  std::string indicator;
  std::string title;
  Digest definition;
  std::string unit;
  unsigned decimals = 0;
  std::string method;
  std::int64_t error = 0;  // of one value at most; see Margin::error
  Period baseline;
  Period period;
  std::uint32_t target_percent = 0;  // 0: no aim
  std::uint64_t all_members = 0;     // of the federation; `members` has those asked for
  std::vector<Coverage> coverage;
  std::vector<MemberProgress> members;  // by region
  FederationProgress federation;

  // The sums are of some members alone, not of the federation.
  bool is_chosen() const { return members.size() < all_members; }
};

// `self`, `now`, `plan` as for ask(). invalid_input: unknown indicator or region; no period, or two
// that cannot be compared. refused: the figure is not in the plan.
Result<Progress> progress(const Reader& shared, const Membership& membership,
                          const Catalogue& catalogue, const ProgressQuestion& question,
                          const std::string& self, std::int64_t now, const Plan* plan = nullptr);

// The change between two published values of the indicator, each within `error` of the true one.
Change change_of(const Indicator& indicator, std::int64_t baseline, std::int64_t period,
                 std::int64_t error = 0);

}  // namespace regions
