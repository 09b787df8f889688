// The records as the cube counts them: columns in memory, strings replaced by numbers. 16 bytes a
// cooperation, about 60 an enterprise, so 10 million cooperations take about 200 MB. Only what can
// count is in here: own cooperations that have a start and an end and are not cancelled.
//
// Confidential, like the records. Immutable after load(); any thread may read.
#pragma once

#include <atomic>
#include <limits>

#include "node/cube/profile.h"
#include "node/records/record_store.h"
#include "policies/catalogue/period.h"
#include "policies/disclosure/cell_key.h"

namespace regions {

// What the cooperations of one kind have in common.
struct Shape {
  std::vector<std::string> technologies;  // sorted, each once; empty: unknown
  std::string actor_kind;                 // empty: unknown
  Profile profile = Profile::unknown;

  auto operator<=>(const Shape&) const = default;
};

struct CooperationFacts {
  std::uint16_t first_year;
  std::uint16_t last_year;
  std::uint32_t shape;
  std::int64_t cents;  // the share that adds up; kUnknownCents
};
inline constexpr std::int64_t kUnknownCents = -1;

// An enterprise from a day on.
struct StateFacts {
  std::int32_t from;     // days since 1970-01-01
  std::uint32_t nace;    // index in names(); 0 is unknown
  std::uint32_t size;    // the same
  std::uint32_t holder;  // index in record_keys(): the holding, without one the enterprise itself
  records::Home home;
};
inline constexpr std::int32_t kAlways = std::numeric_limits<std::int32_t>::min();

struct EnterpriseFacts {
  std::uint64_t first_cooperation;
  std::uint32_t cooperations;
  std::uint32_t first_state;
  std::uint32_t states;  // at least one, the first from kAlways on
};

class Facts {
 public:
  // One pass over the records. `secret`: the region's, 32 bytes. corrupt, io: unreadable records.
  // cancelled: `stop` became true meanwhile.
  static Result<Facts> load(const Reader& snapshot, const Territories& territories, ByteView secret,
                            const std::atomic<bool>* stop = nullptr);

  const std::vector<CooperationFacts>& cooperations() const { return cooperations_; }
  const std::vector<StateFacts>& states() const { return states_; }
  const std::vector<EnterpriseFacts>& enterprises() const { return enterprises_; }
  const std::vector<Shape>& shapes() const { return shapes_; }
  const std::vector<std::string>& names() const { return names_; }
  const std::vector<RecordKey>& record_keys() const { return record_keys_; }

  // Enterprises that ever stood in one holding stand together: cluster i is
  // order()[clusters()[i] .. clusters()[i + 1]).
  const std::vector<std::uint32_t>& order() const { return order_; }
  const std::vector<std::uint32_t>& clusters() const { return clusters_; }

  // The years in which anything is active; first > last when nothing is.
  int first_year() const { return first_year_; }
  int last_year() const { return last_year_; }
  // An own enterprise has a known NACE code.
  bool knows_nace() const { return knows_nace_; }
  // The years in which an own cooperation is active, ascending.
  std::vector<int> active_years() const;

 private:
  friend class FactsLoader;
  Facts() = default;

  std::vector<CooperationFacts> cooperations_;
  std::vector<StateFacts> states_;
  std::vector<EnterpriseFacts> enterprises_;
  std::vector<Shape> shapes_;
  std::vector<std::string> names_{""};
  std::vector<RecordKey> record_keys_;
  std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> clusters_;
  int first_year_ = kYearMax;  // of nothing; no further apart, so that their difference is one
  int last_year_ = kYearMin;
  bool knows_nace_ = false;
};

}  // namespace regions
