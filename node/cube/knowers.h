// The parties of DISCLOSURE 4 that know a cooperation, numbered as they are met. One thread; the
// knowledge must outlive it.
#pragma once

#include <map>

#include "node/cube/knowledge.h"
#include "policies/disclosure/party.h"

namespace regions {

class Knowers {
 public:
  explicit Knowers(const Knowledge& knowledge);

  PartyId party(const Party& party);
  // By its index in Facts::holder.
  PartyId holding(std::uint32_t holder);

  // Adds those who know a cooperation of the enterprise, both of the facts and by index, to `out`;
  // some may stand there already. Of a public one: its holdings alone.
  void add(std::uint32_t enterprise, std::size_t cooperation, std::vector<PartyId>& out);

  // All that were met, by number.
  std::vector<Party> take() { return std::move(parties_); }

 private:
  const std::vector<PartyId>& of_project(std::uint32_t project);
  void add_actor(std::uint32_t actor, std::vector<PartyId>& out);
  void add_holdings(const EnterpriseFacts& enterprise, std::int32_t since,
                    std::vector<PartyId>& out);

  const Knowledge& knowledge_;
  std::vector<Party> parties_;
  std::map<Party, PartyId> numbers_;
  std::vector<PartyId> of_holder_;                // kUnmet: not yet
  std::vector<std::vector<PartyId>> of_project_;  // empty: not yet
};

// Each once, ascending.
void make_unique(std::vector<PartyId>& parties);

}  // namespace regions
