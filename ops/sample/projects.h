// The projects of a sample: who cooperates with whom, when, on what, for how much.
#pragma once

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

Population make_population(const Draw& draw);

}  // namespace regions::sample
