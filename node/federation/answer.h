// A federated answer: what verified statements say about one indicator, with coverage. The same at
// every node that holds the same statements, but for `as_of` (DESIGN 6 and 7).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "node/federation/member_log.h"
#include "policies/plan/plan.h"

namespace regions {

struct Question {
  std::string indicator;
  // All of the kind that `by` names. Empty: every one that any member released of that margin.
  std::vector<std::string> periods = {};
  // As parse_by() reads it.
  std::vector<std::string> by = {"region", "year"};
  std::vector<std::string> regions = {};  // empty: every member
};

struct AnswerCell {
  std::string region;
  std::string period;
  std::vector<std::string> categories;  // one per dimension of the answer, in its order
  std::optional<std::int64_t> value;
  std::string method;
  char obs_status = 'O';   // A | P | Q | O
  char conf_status = 'F';  // F | C
  // Released before the period had ended; of a withheld value too, which keeps its Q.
  bool provisional = false;
  std::optional<Digest> release;
  std::optional<std::uint64_t> log_index;
};

// Sum over the regions asked for, per period and category.
struct AnswerTotal {
  std::string period;
  std::vector<std::string> categories;
  std::optional<std::int64_t> value;  // nullopt: no region's value is known
  // `exact` and `approximate` only where every region asked for published its cell (DISCLOSURE 4);
  // else `at_least`, below which the true sum never is, or `at_least_approximate`, where it is at
  // least value - max_error.
  std::string bound;
  std::uint64_t max_error = 0;  // of `value`: sum over the inputs of the margin's error
  std::uint64_t known = 0;      // regions with a value, of `regions`
  std::uint64_t regions = 0;
  bool provisional = false;  // one of the regions' cells is
};

struct Answer {
  std::string indicator;
  std::string title;
  Digest definition;
  std::string unit;
  unsigned decimals = 0;
  std::vector<std::string> by;          // as asked
  std::vector<std::string> dimensions;  // those besides region and period, bytewise order
  std::string method;                   // the planned one
  std::int64_t error = 0;               // of one value at most; see Margin::error
  // Of everything in `by`, in its order: whether its parts add up.
  std::vector<DimensionDef> combines;
  std::uint64_t members = 0;  // of the federation; coverage has those asked for
  std::vector<Coverage> coverage;
  std::vector<AnswerCell> cells;    // by period, region, categories, bytewise
  std::vector<AnswerTotal> totals;  // by period, categories, bytewise

  // The sums are of some members alone, not of the federation.
  bool is_chosen() const { return coverage.size() < members; }
};

// `now`: POSIX seconds, against which lateness is judged. `self`: this node, never late. `plan`:
// the one in force, parsed with `catalogue`; nullptr: there is none, headlines only.
// invalid_input: unknown indicator, dimension or region, with the known ones; a period of another
// kind. refused: a margin that is not planned, always in the same words (DISCLOSURE 3).
Result<Answer> ask(const Reader& shared, const Membership& membership, const Catalogue& catalogue,
                   const Question& question, const std::string& self, std::int64_t now,
                   const Plan* plan = nullptr);

}  // namespace regions
