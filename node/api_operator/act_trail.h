// Who did what at this node: every act of an operator as a line of regiond's log and of `acts.log`
// in the home, one JSON object each. What it was about, never what it said: no record, no value, no
// key. An act that was not told to the end, because the process died, has only its first line.
//
// The node never shortens the file; it may be moved away at any time.
#pragma once

#include "node/api_operator/node.h"
#include "node/net/local_socket.h"

namespace regions {

struct Act {
  std::string path;   // of the request
  std::string about;  // "indicator=ENT-COOP period=2018"
  std::string by;     // "uid=1000 pid=4242", or "uid=1000 pid=4243 without regiond"
};

// Of a request with these parameters.
Act act_of(const std::string& path, const std::map<std::string, std::string>& params,
           const std::optional<Caller>& caller);

// `result`: "asked" before the act, "done" or the code of its error behind it. io: it is in no
// file.
Result<void> note_act(const Node& node, const Act& act, std::string_view result);

}  // namespace regions
