// Amounts before disclosure control, row by row, with who knows which row: confidential. The cube
// makes it, publish passes it on, disclosure control reads it; nothing else can (tests/canaries/
// proves it).
//
// Plain values; one thread at a time.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "policies/disclosure/party.h"
#include "protocol/base/bytes.h"

namespace regions {

// One share of an amount: of one cooperation, on one technology, booked in its start year.
struct AmountRow {
  PartyId holding = 0;            // that got it
  std::vector<PartyId> known_to;  // besides the holding
  bool is_public = false;         // by law: known to everybody (`public_source`)
  int year = 0;                   // of start
  std::int64_t cents = 0;         // 0: the cooperation is there, its amount is 0 or not known
  // Per dimension, an index into Dimension::categories().
  std::vector<std::uint32_t> categories;

  auto operator<=>(const AmountRow&) const = default;
};

class RawAmounts {
 public:
  RawAmounts(RawAmounts&&) = default;
  RawAmounts& operator=(RawAmounts&&) = default;
  RawAmounts(const RawAmounts&) = delete;
  RawAmounts& operator=(const RawAmounts&) = delete;
  friend std::ostream& operator<<(std::ostream&, const RawAmounts&) = delete;

 private:
  friend class CubeBuilder;    // node/cube: the only maker
  friend class AmountControl;  // policies/disclosure/amounts: the only reader

  // `indicator`: its code. `definition`: Catalogue::definition. `dimensions`: ids, bytewise order;
  // all that a planned table of the indicator names. Parties and rows in any order.
  RawAmounts(std::string indicator, const Digest& definition, std::vector<std::string> dimensions,
             std::vector<Party> parties, std::vector<AmountRow> rows)
      : indicator_(std::move(indicator)),
        definition_(definition),
        dimensions_(std::move(dimensions)),
        parties_(std::move(parties)),
        rows_(std::move(rows)) {}

  std::string indicator_;
  Digest definition_;
  std::vector<std::string> dimensions_;
  std::vector<Party> parties_;
  std::vector<AmountRow> rows_;
};

}  // namespace regions
