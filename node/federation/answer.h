// A federated answer: what verified statements say about one indicator, with coverage. The same at
// every node that holds the same statements, but for `as_of` (DESIGN 6 and 7).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "node/log/membership.h"
#include "policies/catalogue/indicator.h"

namespace regions {

struct Question {
  std::string indicator;
  std::vector<std::string> periods = {};  // empty: every period that any member released
  std::vector<std::string> by = {"region", "year"};
  std::vector<std::string> regions = {};  // empty: every member
};

// One member's part in the answer.
struct Coverage {
  std::string region;
  std::string state;  // complete | partial | late | absent
  std::uint64_t releases = 0;
  std::int64_t as_of = 0;  // POSIX seconds; 0 never
};

struct AnswerCell {
  std::string region;
  std::string period;
  std::optional<std::int64_t> value;
  std::string method;
  char obs_status = 'O';   // A | P | Q | O
  char conf_status = 'F';  // F | C
  std::optional<Digest> release;
  std::optional<std::uint64_t> log_index;
};

// Sum over the regions asked for, per period.
struct AnswerTotal {
  std::string period;
  std::optional<std::int64_t> value;  // nullopt: no region's value is known
  std::string bound;                  // exact | at_least
  std::uint64_t max_error = 0;        // sum of D over perturbed inputs; 0 while all are exact
  std::uint64_t known = 0;            // regions with a value, of `regions`
  std::uint64_t regions = 0;
};

struct Answer {
  std::string indicator;
  std::string title;
  Digest definition;
  std::string unit;
  unsigned decimals = 0;
  std::vector<std::string> by;
  std::vector<Coverage> coverage;
  std::vector<AnswerCell> cells;
  std::vector<AnswerTotal> totals;
};

// `now`: POSIX seconds, against which lateness is judged. `self`: this node, never late.
// invalid_input: unknown indicator, dimension or region, with the known ones.
Result<Answer> ask(const Reader& shared, const Membership& membership, const Catalogue& catalogue,
                   const Question& question, const std::string& self, std::int64_t now);

}  // namespace regions
