#include "node/publish/confirmation.h"

#include "protocol/crypto/sha256.h"

namespace regions {
namespace {

void field(Bytes& content, const Digest& digest) {
  append_u32(content, static_cast<std::uint32_t>(digest.bytes.size()));
  content.append(digest.view());
}

}  // namespace

Confirmation::Confirmation(const Digest& key, const AdoptedPlan* plan) : key_(key) {
  TaggedWriter front("confirmation");
  front.field(plan == nullptr ? ByteView() : plan->digest.view());
  front.field(plan == nullptr ? ByteView() : plan->noise_digest.view());
  content_ = front.take();
}

void Confirmation::add(Release release) {
  release.header.sequence = 0;
  release.header.issued_at = 0;
  release.header.blind = {};
  release.claim.witnesses.reset();
  field(content_, sha256(encode_payload(release)));
}

void Confirmation::add(Release release, const FixedHeadlines& decided) {
  add(std::move(release));
  field(content_, sha256(decided.encode()));
}

Digest Confirmation::digest() const { return hmac_sha256(key_.view(), {content_}); }

Result<void> require_confirmed(const std::optional<Digest>& confirmed, const Digest& now) {
  if (!confirmed || *confirmed == now) return {};
  return fail(Errc::refused,
              "--confirm: what would be stated now is not what that dry run showed: the records, "
              "the plan, the rules, the region's secret, --period or --revise are others, or "
              "another period has ended. Nothing was stated; look at a new --dry-run");
}

}  // namespace regions
