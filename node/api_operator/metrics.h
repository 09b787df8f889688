// What a monitoring system may know of a node: the text format 0.0.4 of Prometheus, served on the
// operator's socket. Nothing of the confidential wing is in it: no record, count or key.
#pragma once

#include <string>

#include "node/api_operator/node.h"

namespace regions {

// What the process itself used, from the kernel.
struct ProcessUse {
  double cpu_seconds = 0;
  std::uint64_t resident_bytes = 0;
  std::uint64_t open_files = 0;
};
ProcessUse process_use();

struct MetricsInput {
  std::string version;
  std::string member;
  bool healthy = false;
  std::uint64_t log_entries = 0;
  std::int64_t started_at = 0;  // POSIX seconds
  std::vector<PeerStatus> peers;
  PortCounters port;
  ProcessUse process;
};
std::string metrics_text(const MetricsInput& input);

// refused: regiond is not running on this home, so there is nothing to watch.
Result<std::string> node_metrics(Node& node);

inline constexpr std::string_view kMetricsType = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace regions
