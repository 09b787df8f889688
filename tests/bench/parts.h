// The parts of regions-bench-statements. Each prints readings (ops/bench.d/meter.h); what goes
// wrong ends the program. ops/bench.d/METHOD.md says what is compared.
#pragma once

#include <filesystem>

namespace regions::bench {

// "verify.headline", "verify.table": statements that one thread judges as a follower does.
void measure_verify(int seconds);

// "commit.N": statements made durable through the committer in batches of N, and "limit.sync":
// synced writes of 4 KiB, on the disk of `folder`.
void measure_commit(const std::filesystem::path& folder);

// "latency.*": from the call of a release to its answer and to its being verified at a peer, over
// TLS on loopback, of so many releases. "wire.*": bytes (the count) of so many statements.
void measure_exchange(const std::filesystem::path& folder, int releases);

// "peers.*.N": what one node costs with N peers, idle for so long.
void measure_peers(const std::filesystem::path& folder, int peers, int idle_seconds);

}  // namespace regions::bench
