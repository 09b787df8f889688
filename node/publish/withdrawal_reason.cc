#include "node/publish/withdrawal_reason.h"

#include <array>

namespace regions {
namespace {

constexpr std::array kReasons = {WithdrawalReason::error_in_records,
                                 WithdrawalReason::error_in_computation,
                                 WithdrawalReason::legal_obligation};

}  // namespace

std::string_view name(WithdrawalReason reason) {
  switch (reason) {
    case WithdrawalReason::error_in_records:
      return "error-in-records";
    case WithdrawalReason::error_in_computation:
      return "error-in-computation";
    case WithdrawalReason::legal_obligation:
      break;
  }
  return "legal-obligation";
}

Result<WithdrawalReason> parse_withdrawal_reason(std::string_view text) {
  std::string known;
  for (const WithdrawalReason one : kReasons) {
    if (name(one) == text) return one;
    known += (known.empty() ? "" : ", ") + std::string(name(one));
  }
  return fail(Errc::invalid_input, "--reason " + std::string(text) + ": one of " + known);
}

}  // namespace regions
