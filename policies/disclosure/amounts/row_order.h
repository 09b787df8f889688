// Rows and parties in one order, whatever order they came in, so that nothing depends on it. Pure.
#pragma once

#include "policies/disclosure/amounts/raw_amounts.h"
#include "protocol/base/result.h"

namespace regions {

struct OrderedRows {
  std::vector<Party> parties;  // ascending, each once
  std::vector<AmountRow> rows;
};

// corrupt: a party that is none, or a row whose holding is no holding. too_large: more than
// kAmountRowsMax rows.
Result<OrderedRows> in_order(const std::vector<Party>& parties, const std::vector<AmountRow>& rows);

}  // namespace regions
