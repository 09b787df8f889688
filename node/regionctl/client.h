// How regionctl reaches a node: over the socket when regiond runs on the home, otherwise by opening
// the home itself, under the same lock and through the same code (DESIGN 7).
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "node/net/local_socket.h"
#include "protocol/base/bytes.h"

namespace regions {

// Exit codes of DESIGN 7.
inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kWrongUse = 2;
inline constexpr int kIndeterminate = 3;

// A node that this process opened itself (client.cc).
class DirectNode;

// What the command line said for every command.
struct Invocation {
  std::string home;  // --home or REGIONS_HOME
  bool json = false;
  // Opened at the first call that finds no regiond, closed before main ends: a command with several
  // calls works under one lock.
  mutable std::shared_ptr<DirectNode> direct;
};

using Params = std::map<std::string, std::string>;

// "/v1/release?indicator=SME-COOP&period=2024", values escaped.
std::string make_target(const std::string& path, const Params& params);

// Sends one request; the answer's body in `on_body` when the node says 200. An error of the node is
// the error of the call.
Result<void> call(const Invocation& invocation, const LocalRequest& request,
                  const BodyWriter& on_body);
// The same with bodies in memory.
Result<Bytes> call(const Invocation& invocation, const std::string& method,
                   const std::string& target, ByteView body = {});

// Text with a stranger's words in it, such as the header of a file, for a terminal, which must not
// obey them: control characters but the end of a line as \xNN.
std::string printable(std::string_view text);

// Prints "regionctl: <error>" on stderr. The exit code of a failed command: an error in what was
// typed is wrong use, everything else a failure.
int report(const Error& error);

}  // namespace regions
