// Facts of a store for tests that have no node.
#pragma once

#include <string>

#include "node/cube/facts.h"

namespace regions {

inline const Bytes kTestSecret(32, 'k');

// Members whose territory is the code that is their id.
inline Territories territories(const std::string& self, std::vector<std::string> others = {}) {
  Territories out{self, {}};
  others.push_back(self);
  for (const std::string& id : others) out.members.push_back({id, {id}});
  return out;
}

inline Result<Facts> facts_of(const Reader& reader, const Territories& known = {}) {
  return Facts::load(reader, known, kTestSecret);
}

}  // namespace regions
