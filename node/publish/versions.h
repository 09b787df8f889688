// The versions of one figure, as PROTOCOL 3 reads them.
#pragma once

#include "node/ledger/ledger.h"

namespace regions {

// The one that holds: the last one that is not withdrawn. nullptr: none.
inline const LedgerRelease* current(const std::vector<LedgerRelease>& versions) {
  for (auto one = versions.rbegin(); one != versions.rend(); ++one) {
    if (!one->withdrawn) return &*one;
  }
  return nullptr;
}

// What the next release under that definition supersedes: the last one, withdrawn or not.
inline std::optional<Digest> superseded(const std::vector<LedgerRelease>& versions,
                                        const Digest& definition) {
  for (auto one = versions.rbegin(); one != versions.rend(); ++one) {
    if (one->definition == definition) return one->ref.id;
  }
  return std::nullopt;
}

}  // namespace regions
