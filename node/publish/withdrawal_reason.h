// Why a release is withdrawn, in words: a closed list (protocol/spec/statements.md).
#pragma once

#include <optional>
#include <string_view>

#include "protocol/statement/statement.h"

namespace regions {

std::string_view name(WithdrawalReason reason);
// invalid_input: none of them, with those there are.
Result<WithdrawalReason> parse_withdrawal_reason(std::string_view text);

}  // namespace regions
