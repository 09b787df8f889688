// The firms and innovation actors of a sample.
#pragma once

#include <string>
#include <vector>

#include "ops/sample/draw.h"

namespace regions::sample {

struct Entity {
  std::string id;
  std::string name;
  std::string kind;     // SME, PRC | HES, REC, OTH, PUB; empty when its source gives none
  int region = -1;      // index into kRegions; -1 elsewhere
  std::string country;  // never empty
  std::string place;    // the NUTS code that files give; empty when unknown
  std::string city;
  std::string nace, size, holding;  // firms only; empty when unknown
  bool in_organisation_file = true;
  int participations = 0;
};

// Where a new actor opens: free, in the country or in the region of the project's first firm.
struct Near {
  const Entity* firm = nullptr;
  bool same_region = false;
};

// Where firms are: all over the regions and elsewhere, or in one region alone, which has more of
// them and so more holdings.
struct Setting {
  int region = -1;       // index into kRegions; -1 all over
  double firms = 200.0;  // of the first region, about
};

// `number` counts firms and actors separately, from 0.
Entity make_firm(const Draw& draw, std::uint64_t number, const Setting& setting);
Entity make_actor(const Draw& draw, std::uint64_t number, const Near& near);

}  // namespace regions::sample
