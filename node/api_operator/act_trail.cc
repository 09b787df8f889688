#include "node/api_operator/act_trail.h"

#include <unistd.h>

#include <ctime>

#include "node/base/file.h"
#include "node/base/log.h"

namespace regions {
namespace {

// A digest is as long.
constexpr std::size_t kWordBytesMax = 64;

std::string second_of(std::int64_t seconds) {
  const std::time_t time = seconds;
  std::tm parts{};
  gmtime_r(&time, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

std::string process(std::uint32_t uid, std::int32_t pid) {
  return "uid=" + std::to_string(uid) + " pid=" + std::to_string(pid);
}

}  // namespace

Act act_of(const std::string& path, const std::map<std::string, std::string>& params,
           const std::optional<Caller>& caller) {
  Act act{path, "",
          caller ? process(caller->uid, caller->pid)
                 : process(::getuid(), ::getpid()) + " without regiond"};
  for (const char* name : {"kind", "role", "indicator", "period", "table", "decision", "dry_run",
                           "confirm", "revise", "release", "reason"}) {
    const auto found = params.find(name);
    if (found == params.end()) continue;
    act.about += (act.about.empty() ? "" : " ") + std::string(name) + "=" +
                 found->second.substr(0, kWordBytesMax);
  }
  return act;
}

Result<void> note_act(const Node& node, const Act& act, std::string_view result) {
  log(LogLevel::info, "operator_act",
      {{"path", act.path}, {"about", act.about}, {"by", act.by}, {"result", std::string(result)}});
  const std::string line = "{" +
                           log_body("operator_act", {{"time", second_of(node.clock().now())},
                                                     {"path", act.path},
                                                     {"about", act.about},
                                                     {"by", act.by},
                                                     {"result", std::string(result)}}) +
                           "}\n";
  return append_line(node.home().acts(), line, 0600);
}

}  // namespace regions
