// The projects of a sample: who cooperates with whom, when, on what, for how much.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ops/sample/entities.h"

namespace regions::sample {

struct Project {
  std::uint64_t number;
  std::vector<std::size_t> firms;          // indices into Population::firms, each once
  std::vector<std::size_t> actors;         // likewise
  std::vector<std::int64_t> amount_cents;  // per firm; -1 missing
  std::string start, end;                  // YYYY-MM-DD or NA
  int start_year;
  std::string technology;  // empty: none
  bool has_topic;
};

struct Population {
  std::vector<Entity> firms;
  std::vector<Entity> actors;
  std::vector<Project> projects;
};

// Projects one after the other, each with the firms and actors it opens or meets again: millions of
// cooperations, of which only the entities stay in memory. One thread.
class Projects {
 public:
  Projects(const Draw& draw, const Setting& setting);
  ~Projects();
  Projects(const Projects&) = delete;
  Projects& operator=(const Projects&) = delete;

  Project next();
  // All that projects had so far; next() adds to them.
  const std::vector<Entity>& firms() const { return firms_; }
  const std::vector<Entity>& actors() const { return actors_; }

 private:
  class Casting;
  const Draw& draw_;
  std::vector<Entity> firms_, actors_;
  std::unique_ptr<Casting> casting_;
  std::uint64_t number_ = 0;
};

// The sample of the eight regions.
Population make_population(const Draw& draw);

}  // namespace regions::sample
