// What is to be done with an envelope that was offered for an entry.
#pragma once

#include "node/exchange/figures.h"
#include "node/exchange/verdict.h"

namespace regions {

struct Judgement {
  StatementState state = StatementState::pending;
  std::string reason;               // empty when verified
  std::optional<About> about = {};  // of a verified release
};
inline StatementRow row_of(const Judgement& judgement, const Digest& id) {
  return {judgement.state, id, judgement.reason, judgement.about ? encode(*judgement.about) : ""};
}

inline Judgement invalid(std::string reason) {
  return {StatementState::invalid, std::move(reason)};
}
inline Judgement not_understood(std::string reason) {
  return {StatementState::not_understood, std::move(reason)};
}
inline Judgement verified() { return {StatementState::verified, ""}; }

}  // namespace regions
