#include "policies/disclosure/membership.h"

#include <iterator>

#include "protocol/base/tagged.h"
#include "protocol/crypto/sha256.h"

namespace regions {

MembershipTag membership_tag(ByteView secret, std::string_view id) {
  TaggedWriter content("membership");
  content.field(id);
  const Digest whole = hmac_sha256(secret, {content.take()});
  MembershipTag tag;
  std::copy_n(whole.bytes.begin(), tag.size(), tag.begin());
  return tag;
}

MembershipTags HoldingSet::tags(ByteView secret) const {
  MembershipTags out;
  out.reserve(ids_.size());
  for (const std::string& id : ids_) out.push_back(membership_tag(secret, id));
  std::sort(out.begin(), out.end());
  return out;
}

HeadlineMembers HeadlineHoldings::tags(ByteView secret) const {
  HeadlineMembers out{ent.tags(secret), {}};
  if (sme) out.sme = sme->tags(secret);
  return out;
}

std::size_t changed(const MembershipTags& a, const MembershipTags& b) {
  return without(a, b).size() + without(b, a).size();
}

MembershipTags without(const MembershipTags& a, const MembershipTags& b) {
  MembershipTags out;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

}  // namespace regions
