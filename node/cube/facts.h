// The records as the cube counts them: columns in memory, strings replaced by numbers. Only what
// can count is in here: own cooperations that have a start and an end and are not cancelled.
//
// Memory: 16 bytes a cooperation and 8 for one that leans on its actor's organisation; about 120 an
// enterprise and 35 an actor leaned on, their ids counted. So 10 million cooperations of half a
// million enterprises take about 230 MB; after updates by FactsUpdate half as much more at the
// most.
//
// Confidential, like the records. Changed by FactsUpdate alone; while nobody changes them any
// thread may read.
#pragma once

#include <atomic>
#include <limits>

#include "node/base/names.h"
#include "node/cube/profile.h"
#include "node/records/changes.h"
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

// What enterprises of one kind have in common.
struct Standing {
  std::string nace;  // empty: unknown
  std::string size;  // the same
  records::Home home = records::HOME_UNKNOWN;

  auto operator<=>(const Standing&) const = default;
};

// An enterprise from a day on.
struct StateFacts {
  std::int32_t from;  // days since 1970-01-01
  std::uint32_t standing;
  std::uint32_t holder;  // index in record_keys(): the holding, without one the enterprise itself
};
inline constexpr std::int32_t kAlways = std::numeric_limits<std::int32_t>::min();

// What the organisation of an actor says; empty: unknown.
struct ActorSaid {
  std::string kind, place, country;

  auto operator<=>(const ActorSaid&) const = default;
};

struct EnterpriseFacts {
  std::uint32_t first_cooperation;
  std::uint32_t cooperations;  // 0: nothing of it can count any more
  std::uint32_t first_state;
  std::uint32_t states;  // at least one where it has cooperations, the first from kAlways on
};

class Facts {
 public:
  // One pass over the records. corrupt, io: unreadable records. too_large: more than 2^32
  // cooperations. cancelled: `stop` became true meanwhile.
  static Result<Facts> load(const Reader& snapshot, const Territories& territories, ByteView secret,
                            const std::atomic<bool>* stop = nullptr);

  const std::vector<CooperationFacts>& cooperations() const { return cooperations_; }
  const std::vector<StateFacts>& states() const { return states_; }
  const std::vector<EnterpriseFacts>& enterprises() const { return enterprises_; }
  const std::vector<Shape>& shapes() const { return shapes_; }
  const std::vector<Standing>& standings() const { return standings_; }
  const std::vector<RecordKey>& record_keys() const { return record_keys_; }
  // The id that the key of that index was made from. Valid while the facts are.
  std::string_view holder(std::uint32_t i) const { return holders_[i]; }
  // The id of the enterprise of that index.
  std::string_view id(std::uint32_t enterprise) const { return ids_[enterprise]; }
  std::optional<std::uint32_t> find_holder(std::string_view id) const { return holders_.find(id); }
  // Of those that ever had a cooperation that can count.
  std::optional<std::uint32_t> find_enterprise(std::string_view id) const { return ids_.find(id); }
  // What it was on that day. It has cooperations.
  const StateFacts& state_on(const EnterpriseFacts& enterprise, std::int32_t day) const;

  // Enterprises that ever stood in one holding, directly or over others, are a group; its members
  // ascending. kAlone: nobody else.
  static constexpr std::uint32_t kAlone = 0xFFFFFFFF;
  std::uint32_t group_of(std::uint32_t enterprise) const { return group_of_[enterprise]; }
  const std::vector<std::uint32_t>& group(std::uint32_t i) const { return groups_[i]; }

  // The years in which anything is active; first > last when nothing is.
  int first_year() const { return first_year_; }
  int last_year() const { return last_year_; }
  // An own enterprise has a known NACE code.
  bool knows_nace() const { return knows_nace_; }
  // The years in which an own cooperation is active, ascending.
  std::vector<int> active_years() const;

  // Which records these are.
  const RecordsState& read_at() const { return read_at_; }
  // Memory that is held, in bytes.
  std::size_t bytes() const;

 private:
  friend class FactsReader;
  friend class FactsUpdate;
  friend class FactsCopy;
  friend class KnowledgeReader;
  Facts();

  // Finds the groups of these enterprises, ascending, whose holders no other one has.
  void make_groups(const std::vector<std::uint32_t>& enterprises);
  std::uint32_t free_group();
  void lean(std::uint32_t enterprise, std::vector<std::uint32_t> actors);
  void count_years(const EnterpriseFacts& enterprise, int sign);
  void find_years();

  std::vector<CooperationFacts> cooperations_;
  std::vector<StateFacts> states_;
  std::vector<EnterpriseFacts> enterprises_;
  std::vector<Shape> shapes_;
  std::vector<Standing> standings_;
  std::vector<RecordKey> record_keys_;
  Names ids_;      // of enterprises_
  Names holders_;  // of record_keys_
  // Actors whose organisation says what their rows leave open, and the enterprises of such rows.
  Names actors_;
  struct Leaning {
    std::uint32_t actor, enterprise;
    auto operator<=>(const Leaning&) const = default;
  };
  std::vector<Leaning> leaning_;
  // What these say, so that an update need not read them again; kNotAsked: to be read. A copy on
  // disk has none of it.
  static constexpr std::uint32_t kNotAsked = 0xFFFFFFFF;
  std::vector<ActorSaid> said_;
  std::vector<std::uint32_t> said_by_;  // per actor: its place in said_

  std::vector<std::uint32_t> holder_first_;  // per holder: one of its enterprises, or kAlone
  std::vector<std::uint32_t> group_of_;
  std::vector<std::vector<std::uint32_t>> groups_;
  std::vector<std::uint32_t> free_groups_;  // places in groups_ that are empty
  // Cooperations and states that no enterprise has any more.
  std::size_t left_over_ = 0;
  std::size_t left_over_states_ = 0;

  std::vector<std::int64_t> begun_;  // by year since kYearMin: cooperations begun less those ended
  int first_year_ = kYearMax;  // of nothing; no further apart, so that their difference is one
  int last_year_ = kYearMin;
  bool knows_nace_ = false;
  RecordsState read_at_;
};

}  // namespace regions
