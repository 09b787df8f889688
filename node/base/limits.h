// Bounds of the running node, with their reasons (PROTOCOL 8); those of one room alone are in the
// `limits.h` of its folder.
#pragma once

#include <cstddef>
#include <cstdint>

#include "protocol/base/limits.h"

namespace regions {

// Configuration and key files are a few hundred bytes.
inline constexpr std::size_t kConfigBytesMax = 64 * 1024;
inline constexpr std::size_t kKeyFileBytesMax = 16 * 1024;
inline constexpr std::size_t kPassphraseBytesMax = 1024;
// A roster of 512 members with two governance keys, signed by all: about 200 bytes each, and room.
inline constexpr std::size_t kDocumentBytesMax = kEnvelopeBytesMax;

// A follower verifies and stores this many bundles (4,096 entries, 230 KiB) in one atomic write.
inline constexpr std::size_t kChunkBundlesMax = 16;
// One request for envelopes, and what its answer may weigh: four of the largest.
inline constexpr std::size_t kEnvelopeBatchMax = 64;
inline constexpr std::size_t kEnvelopeAnswerBytesMax = 4 * kEnvelopeBytesMax;
// Envelopes known to be missing that a follower keeps in memory per peer; more wait in the store.
inline constexpr std::size_t kPendingMax = 4096;

// Bad statements of one peer that are kept whole per day; more are counted (PROTOCOL 6).
inline constexpr std::size_t kBadKeptPerDay = 100;

// Peer port: header of a request or answer, body of a request (64 digests), connections in all and
// per member, and how long a peer may take for one request, one answer, one handshake.
inline constexpr std::size_t kHttpHeaderBytesMax = 8 * 1024;
// What a connection may hold that is not parsed yet, chunk extensions and trailers included, which
// no limit of the parser counts; a piece of a body and a header fit.
inline constexpr std::size_t kHttpBufferBytesMax = 128 * 1024;
inline constexpr std::size_t kPeerRequestBytesMax = kEnvelopeBatchMax * 32;
inline constexpr std::size_t kPeerAnswerBytesMax = kEnvelopeAnswerBytesMax + 64 * 1024;
inline constexpr std::size_t kPeerConnectionsMax = 2048;
// Connections that have not shown a member's key yet; when one more comes, the oldest of the
// network that holds the most goes, so that nobody without a key shuts the port to members.
inline constexpr std::size_t kHandshakesMax = 128;
inline constexpr std::size_t kConnectionsPerMemberMax = 8;
inline constexpr int kHandshakeTimeoutMs = 5'000;
// A peer sends one small certificate; OpenSSL refuses a longer list before it allocates.
inline constexpr long kCertificateListBytesMax = 4096;
// Out of descriptors: the port takes breath before it accepts again.
inline constexpr int kAcceptPauseMs = 50;
// At the end connections are cut; their coroutines get this long to go by themselves.
inline constexpr int kDrainMs = 200;
inline constexpr int kRequestTimeoutMs = 30'000;
inline constexpr int kIdleTimeoutMs = 90'000;
// A long-poll answers at the latest after this; the client waits that much and a request's time.
inline constexpr int kLongPollMs = 25'000;
static_assert(kLongPollMs + kRequestTimeoutMs < kIdleTimeoutMs);
// A peer that answers long-polls at once without news is asked again after this.
inline constexpr int kPollPauseMs = 1'000;
// Tiles that a follower keeps for a consistency proof, 512 KiB: a proof touches three of each of 8
// levels.
inline constexpr std::size_t kProofTilesMax = 64;

// Back-off of a follower after a failure: doubled from the first to the last, with jitter.
inline constexpr int kBackoffFirstMs = 250;
inline constexpr int kBackoffLastMs = 60'000;
// The last where there is no connection: dialling somebody who is gone costs nobody anything, and
// nothing else tells that a partition is over.
inline constexpr int kBackoffUnreachedMs = 15'000;
// A connection whose other end has acknowledged nothing for this long is given up. Behind a
// partition the kernel would repeat itself less and less often, for up to a quarter of an hour. The
// first probe of an idle connection goes out early enough for a second.
inline constexpr int kSilenceMs = 20'000;
inline constexpr int kSilenceProbeSeconds = 5;
// An envelope that its author does not serve is asked for again after this.
inline constexpr int kMissingRetryMs = 60'000;

// A log at its quota is looked at again after this (quotas stand in the roster: PROTOCOL 8).
inline constexpr int kOverQuotaRetryMs = 60'000;

// How often an unchanged `as_of` of a peer is written down.
inline constexpr std::int64_t kAsOfEverySeconds = 60;
// A region whose log was last seen longer ago than this is `late` in answers (PROTOCOL 6).
inline constexpr std::int64_t kLateSeconds = 24 * 3600;

// Refused callers are counted and said once in this time, so that they cannot fill a disk.
inline constexpr std::int64_t kRefusedEveryMs = 60'000;
// A peer whose state goes to and fro is said once in this time, and no value of a log line is
// longer.
inline constexpr std::int64_t kSayPeerEveryMs = 10'000;
inline constexpr std::size_t kLogValueBytesMax = 512;
// regiond waits this long for a regionctl that works on the home by itself.
inline constexpr int kHomeLockWaitMs = 10'000;

// Operator socket: how much of an answer regionctl holds back until its status is known; an error,
// which says what was wrong with a document, is smaller. Connections are few and local.
inline constexpr std::size_t kOperatorBodyBytesMax = 8 * 1024 * 1024;
inline constexpr std::size_t kOperatorConnectionsMax = 16;
// A service manager that reads nothing must not keep the thread that waits for SIGTERM.
inline constexpr int kNotifyTimeoutMs = 500;
static_assert(kNotifyTimeoutMs < 1000);
// SIGTERM ends the process within 10 s; what is under way gets this long.
inline constexpr int kShutdownMs = 8'000;

static_assert(kDocumentBytesMax <= kOperatorBodyBytesMax);

}  // namespace regions
