// Every bound on what is shared between nodes, with its reason. A number elsewhere is a defect.
#pragma once

#include <cstddef>
#include <cstdint>

namespace regions {

// No release claims less: below three a figure is never published (DISCLOSURE 2).
inline constexpr std::uint32_t kClaimMinimumFloor = 3;

// PROTOCOL 2: room for post-quantum keys and signatures (ML-DSA-44: 1,312 and 2,420 bytes).
inline constexpr std::size_t kKeyBytesMax = 2048;
inline constexpr std::size_t kSignatureBytesMax = 8192;
// PROTOCOL 2: a note with 16 signatures of 4 KiB.
inline constexpr std::size_t kNoteBytesMax = 64 * 1024;
// C2SP signed-note: at least 16 signatures must be accepted; four times that.
inline constexpr std::size_t kNoteSignaturesMax = 64;
// C2SP tlog-cosignature carries name lengths in one byte.
inline constexpr std::size_t kNameBytesMax = 255;
// PROTOCOL 3: one statement.
inline constexpr std::size_t kEnvelopeBytesMax = 1024 * 1024;
inline constexpr std::size_t kCellsMax = 50'000;
inline constexpr std::size_t kDimensionsMax = 8;
// payloadType strings are short constants of ours; longer ones are not.
inline constexpr std::size_t kPayloadTypeBytesMax = 128;
// A statement carries one signature, a roster one per governance key of every member.
inline constexpr std::size_t kEnvelopeSignaturesMax = 1024;
inline constexpr std::size_t kCodeBytesMax = 64;
inline constexpr std::size_t kFreeTextBytesMax = 500;
inline constexpr std::size_t kAudienceMembersMax = 512;
// A federation of hundreds of members (DESIGN 8).
inline constexpr std::size_t kMembersMax = 512;
inline constexpr std::size_t kGovernanceKeysPerMemberMax = 2;
inline constexpr std::size_t kNutsCodesPerMemberMax = 64;
inline constexpr std::size_t kKeysPerKeySetMax = 16;
// PROTOCOL 2: federation name [a-z0-9.-]{1,63}; member id [A-Z0-9]{2,8}.
inline constexpr std::size_t kFederationNameBytesMax = 63;
inline constexpr std::size_t kMemberIdBytesMax = 8;
// PROTOCOL 5 and 1: a witness committee, and the board of a federation of more than 15 members.
inline constexpr std::size_t kCommitteeMax = 15;
inline constexpr std::size_t kBoardMin = 5;
inline constexpr std::size_t kBoardMax = 15;
// One node behind a few names (IPv4, IPv6, a second line).
inline constexpr std::size_t kEndpointsMax = 8;
// Algorithms of a role, schema versions of a kind, kinds: far above what a decade will bring.
inline constexpr std::size_t kAcceptedMax = 32;
// Opening a genesis roster: hints make it one verification per signature; without them a roster of
// hundreds still opens, and rubbish costs seconds, not hours.
inline constexpr std::size_t kRosterVerificationsMax = 16'384;
// The last second of the year 9999, which every date writer can still print.
inline constexpr std::uint64_t kTimeMax = 253'402'300'799;
// RFC 6962 trees of up to 2^63 leaves need at most 63 hashes in a proof.
inline constexpr std::size_t kProofHashesMax = 63;
inline constexpr std::uint64_t kTreeSizeMax = std::uint64_t{1} << 62;
// C2SP tlog-tiles: 256 hashes a tile, 256 entries a bundle.
inline constexpr std::size_t kTileWidth = 256;
inline constexpr std::size_t kHashBytes = 32;
inline constexpr std::size_t kEntryBytes = 56;
inline constexpr std::size_t kBundleBytesMax = kTileWidth * (2 + kEntryBytes);
// RFC 5869: 255 hashes.
inline constexpr std::size_t kHkdfBytesMax = 255 * 32;
// What is sealed at once lies in memory twice; OpenSSL counts in int.
inline constexpr std::size_t kSealedBytesMax = 64 * 1024 * 1024;

static_assert(kCellsMax * 8 < kEnvelopeBytesMax,
              "a release of the most cells must fit its envelope");
static_assert(kSignatureBytesMax < kNoteBytesMax && kKeyBytesMax < kNoteBytesMax);

}  // namespace regions
