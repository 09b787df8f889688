// What the ledger says, as JSON for the operator.
#pragma once

#include <string>

#include "node/publish/publisher.h"

namespace regions {

// "regions4.withdrawal/1"
std::string withdrawal_json(const WithdrawReport& report);
// "regions4.erased/1"
std::string erased_json(const ErasedReport& report, bool dry_run);
// "regions4.ledger/1"
std::string ledger_json(const LedgerReport& report);

}  // namespace regions
