// Keys and values of the ledger's rows. Part of the format on disk.
//
//   decisions   headline/<period>/<version>   ledger.Decision
//               members/<period>/<version>    ledger.Members
//               amount/<indicator>/<number>   ledger.Amounts
//               witness/<indicator>/<number>  ledger.Witnesses
//               holders/<indicator>/<number>  ledger.AmountMembers
//               tier/<plan digest>            one byte
//               noise/<plan digest>           32 bytes
//   releases    format                        u32, the format of all of these
//               pending                       ledger.Pending
//               release/<figure>/<version>    ledger.Release
//               opening/<figure>/<version>    ledger.Opening
//               refusal/<figure>/<number>     ledger.Refusal
//
// <figure> is <indicator>/<period>/<table>/federation, what a current release is per (PROTOCOL 3);
// no code holds a slash. Versions and numbers are u32, big-endian, from 1 on without a gap. A
// message stands behind the first 8 bytes of its SHA-256, so that a damaged row is told. Format 3
// has openings where a build wrote some: one that knows none leaves them alone, and so do its
// releases without one.
#pragma once

#include "node/ledger/ledger.h"
#include "node/ledger/ledger.pb.h"

namespace regions {

inline constexpr std::uint32_t kLedgerFormat = 3;
inline constexpr std::string_view kFormatKey = "format";
inline constexpr std::string_view kPendingKey = "pending";
inline constexpr std::string_view kReleasePrefix = "release/";
inline constexpr std::string_view kRefusalPrefix = "refusal/";
inline constexpr std::string_view kOpeningPrefix = "opening/";
inline constexpr std::string_view kMembersPrefix = "members/";
inline constexpr std::string_view kAmountPrefix = "amount/";
inline constexpr std::string_view kHoldersPrefix = "holders/";

Bytes headline_prefix(const std::string& period);
Bytes members_prefix(const std::string& period);
Bytes amount_prefix(const std::string& indicator);
Bytes witness_prefix(const std::string& indicator);
Bytes holders_prefix(const std::string& indicator);
Bytes figure_prefix(std::string_view kind, const FigureName& figure);
Bytes numbered(Bytes prefix, std::uint32_t number);

// The period in a key of members.
std::string period_in_members_key(ByteView key);

// The indicator and the number of the decision in a key of holders.
std::pair<std::string, std::uint32_t> decision_in_holders_key(ByteView key);

// What stands in a key behind its kind, but for headlines.
struct NumberedFigure {
  FigureName figure;
  std::uint32_t number = 0;
};
Result<NumberedFigure> parse_figure_key(std::string_view kind, ByteView key);

Bytes packed(const MembershipTags& tags);
// corrupt: not ascending, or half a tag.
Result<MembershipTags> unpacked(ByteView bytes);

Bytes seal(const google::protobuf::MessageLite& message);
// corrupt: not what seal() made, or more than kLedgerRowBytesMax.
Result<void> unseal(ByteView row, google::protobuf::MessageLite& message);

ledger::Members to_row(const DecidedMembers& members);
// `period`: the one in its key.
Result<DecidedMembers> from_row(const ledger::Members& row, const std::string& period);
ledger::Release to_row(const LedgerRelease& release);
Result<LedgerRelease> from_row(const ledger::Release& row, const NumberedFigure& name);
ledger::Pending to_row(const PendingStatement& pending);
Result<PendingStatement> from_row(const ledger::Pending& row);

}  // namespace regions
