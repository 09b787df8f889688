#include "node/api_operator/metrics.h"

#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "node/api_operator/replies.h"

namespace regions {
namespace {

// One family after another: HELP and TYPE, then its samples.
class Writer {
 public:
  using Labels = std::map<std::string_view, std::string>;

  void family(std::string_view name, std::string_view type, std::string_view help) {
    name_ = "regions4_" + std::string(name);
    head(type, help);
  }
  // A name that every exporter of process figures uses.
  void process_family(std::string_view name, std::string_view type, std::string_view help) {
    name_ = "process_" + std::string(name);
    head(type, help);
  }
  void sample(const std::string& value, const Labels& labels = {}) {
    out_ += name_;
    std::string inner;
    for (const auto& [label, text] : labels) {
      inner += (inner.empty() ? "" : ",") + std::string(label) + "=\"" + escaped(text) + "\"";
    }
    if (!inner.empty()) out_ += "{" + inner + "}";
    out_ += " " + value + "\n";
  }
  void sample(std::uint64_t value, const Labels& labels = {}) {
    sample(std::to_string(value), labels);
  }
  std::string take() { return std::move(out_); }

 private:
  void head(std::string_view type, std::string_view help) {
    out_ += "# HELP " + name_ + " " + std::string(help) + "\n# TYPE " + name_ + " " +
            std::string(type) + "\n";
  }
  static std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
      if (c == '\\' || c == '"') out += '\\';
      out += c == '\n' ? ' ' : c;
    }
    return out;
  }

  std::string out_, name_;
};

void write_node(const MetricsInput& input, Writer& out) {
  out.family("build_info", "gauge", "The build, as labels.");
  out.sample(1, {{"version", input.version}, {"member", input.member}});
  out.family("healthy", "gauge", "1 when regionctl status says healthy.");
  out.sample(input.healthy ? 1 : 0);
  out.family("log_entries", "gauge", "Entries of this node's own log.");
  out.sample(input.log_entries);
  out.family("start_time_seconds", "gauge", "When the node started, POSIX time.");
  out.sample(static_cast<std::uint64_t>(input.started_at));
}

struct PeerGauge {
  std::string_view name, help;
  std::uint64_t (*value)(const PeerStatus&);
};
constexpr PeerGauge kPeerGauges[] = {
    {"peer_following", "1 while this peer's log is followed.",
     [](const PeerStatus& peer) { return std::uint64_t{peer.state == "following"}; }},
    {"peer_log_entries", "Entries of this peer's log that are stored and proven.",
     [](const PeerStatus& peer) { return peer.size; }},
    {"peer_verified_statements", "Statements of this peer that are in use.",
     [](const PeerStatus& peer) { return peer.verified; }},
    {"peer_pending_statements", "Statements of this peer whose payload is not here yet.",
     [](const PeerStatus& peer) { return peer.pending; }},
    {"peer_bad_statements", "Statements of this peer that break a rule or are not its own.",
     [](const PeerStatus& peer) { return peer.bad; }},
    {"peer_not_understood_statements", "Statements of this peer that this build does not know.",
     [](const PeerStatus& peer) { return peer.not_understood; }},
    {"peer_last_seen_timestamp_seconds",
     "When this peer's log was last seen complete, POSIX time; 0 never.",
     [](const PeerStatus& peer) { return static_cast<std::uint64_t>(peer.as_of); }},
};

void write_peers(const MetricsInput& input, Writer& out) {
  for (const PeerGauge& gauge : kPeerGauges) {
    out.family(gauge.name, "gauge", gauge.help);
    for (const PeerStatus& peer : input.peers) {
      out.sample(gauge.value(peer), {{"member", peer.member}});
    }
  }
}

void write_port(const PortCounters& port, Writer& out) {
  out.family("port_connections", "gauge", "Connections of the peer port, handshakes included.");
  out.sample(port.connections);
  out.family("port_refused_callers_total", "counter",
             "Callers of the peer port without a member's key, or with too many connections.");
  out.sample(port.refused);
  out.family("port_requests_total", "counter", "Requests that members made.");
  out.sample(port.requests);
  out.family("port_answer_bytes_total", "counter", "Bytes of the bodies that answered them.");
  out.sample(port.answer_bytes);
}

void write_process(const ProcessUse& use, Writer& out) {
  out.process_family("cpu_seconds_total", "counter", "User and system time.");
  out.sample(std::to_string(use.cpu_seconds));
  out.process_family("resident_memory_bytes", "gauge", "Resident memory.");
  out.sample(use.resident_bytes);
  out.process_family("open_fds", "gauge", "Open file descriptors.");
  out.sample(use.open_files);
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

ProcessUse process_use() {
  ProcessUse use;
  rusage usage{};
  if (::getrusage(RUSAGE_SELF, &usage) == 0) {
    use.cpu_seconds = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
  }
  std::ifstream memory("/proc/self/statm");
  std::uint64_t total = 0, resident = 0;
  if (memory >> total >> resident) {
    use.resident_bytes = resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  }
  std::error_code ignored;
  for (std::filesystem::directory_iterator at("/proc/self/fd", ignored), end; !ignored && at != end;
       at.increment(ignored)) {
    ++use.open_files;
  }
  return use;
}

std::string metrics_text(const MetricsInput& input) {
  Writer out;
  write_node(input, out);
  write_peers(input, out);
  write_port(input.port, out);
  write_process(input.process, out);
  return out.take();
}

Result<std::string> node_metrics(Node& node) {
  const auto running = node.running();
  if (!running) return fail(Errc::refused, "regiond is not running on this home");
  return metrics_text({running->version, node.config().member, problems_of(node).empty(),
                       node.own_head().size, running->started_at, running->peers(), running->port(),
                       process_use()});
}

}  // namespace regions
