// Values of the ledger's rows about amounts. Part of the format on disk; keys: ledger_rows.h.
#pragma once

#include "node/ledger/ledger.h"
#include "node/ledger/ledger.pb.h"

namespace regions {

ledger::Amounts to_row(const AmountDecision& decision);
// corrupt: figures that no decision has. The caller says which decision it is.
Result<AmountDecision> from_row(const ledger::Amounts& row);

ledger::AmountMembers to_row(const AmountMembers& members);
// corrupt: rows that no decision was made from.
Result<AmountMembers> from_row(const ledger::AmountMembers& row);

ledger::Witnesses to_row(const std::vector<AmountWitness>& witnesses);
Result<std::vector<AmountWitness>> from_row(const ledger::Witnesses& row);

}  // namespace regions
