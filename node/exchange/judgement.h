// What is to be done with an envelope that was offered for an entry.
#pragma once

#include "node/exchange/verdict.h"

namespace regions {

struct Judgement {
  StatementState state = StatementState::pending;
  std::string reason;  // empty when verified
};

inline Judgement invalid(std::string reason) {
  return {StatementState::invalid, std::move(reason)};
}
inline Judgement not_understood(std::string reason) {
  return {StatementState::not_understood, std::move(reason)};
}
inline Judgement verified() { return {StatementState::verified, ""}; }

}  // namespace regions
