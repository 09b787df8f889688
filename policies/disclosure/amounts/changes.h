// What changed between the rows of two moments. Pure.
#pragma once

#include "policies/disclosure/amounts/amount_members.h"

namespace regions {

// Parties of several moments under one numbering.
class CommonParties {
 public:
  // `all`: under one secret.
  explicit CommonParties(const std::vector<const AmountMembers*>& all);
  std::vector<AmountRow> rows_of(const AmountMembers& members) const;
  std::size_t size() const { return tags_.size(); }

 private:
  MembershipTags tags_;
};

struct AmountChanges {
  std::vector<AmountRow> up, down;  // by how much, in cents above 0
  // A holding has more in one place and less in another: what both tell together may be of that
  // holding alone, however many stand in either.
  bool moved = false;
};

// Within these years. What somebody else knows of, at the same amount, is no change.
AmountChanges changes_between(const std::vector<AmountRow>& then, const std::vector<AmountRow>& now,
                              const std::vector<int>& years);

}  // namespace regions
