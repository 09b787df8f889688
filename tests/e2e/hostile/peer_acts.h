// Acts of a member that a node follows.
#pragma once

#include "tests/e2e/hostile/nodes.h"
#include "tests/e2e/hostile/report.h"
#include "tests/e2e/hostile/server.h"

namespace regions {

// A member played by the test: its log, its server, and what PT16 says of it.
class Played {
 public:
  Played(const Nodes& nodes, std::string id);

  const std::string id;
  const Nodes& nodes;
  MemoryStore store;
  TestLog log;
  PeerService service;
  HostileServer server;

  // Acts, adds good statements, and waits until PT16 says `state` and a reason with `reason` in
  // it; then honest again until PT16 has all of the log.
  void refused(Acts& acts, const std::string& name, Act act, const std::string& state,
               const std::string& reason, int limit_seconds = 20, std::size_t statements = 1);
  // The same with what happens before the handshake.
  void greeted(Acts& acts, const std::string& name, Greeting greeting, const std::string& state,
               const std::string& reason, int limit_seconds = 20);
  // Logs something that its author may not state: PT16 counts it, uses it for nothing, goes on.
  void stated(Acts& acts, const std::string& name, const std::function<void(TestLog&)>& append,
              const std::string& counter);
  bool caught_up(int limit_seconds);
  // Every envelope that is asked for, whatever is in it; everything else as it should be.
  std::string with_any_envelope(const PeerCall& call) const;

 private:
  void finish(Acts& acts, const std::string& name, const std::string& expected,
              const std::function<bool(const boost::json::object&)>& seen, int limit_seconds);
  std::uint64_t not_verified_ = 0;  // entries that PT16 will never use
};

// Answers to checkpoint, bundle, tile and envelopes that are not what they should be.
void lies(Played& played, Acts& acts);
// Answers that are no HTTP, or too much of it.
void broken_answers(Played& played, Acts& acts);
// Handshakes that do not come, or with the wrong key.
void broken_handshakes(Played& played, Acts& acts);
// Another history, an older one, a false author.
void histories(Played& played, Acts& acts);
// Statements that break a rule, signed and logged by their author.
void bad_statements(Played& played, Acts& acts);
// Answers at once for ever, and signs a head for every question.
void busy(Played& played, Acts& acts);
// Answers byte by byte, or never; takes the half minute after which it is given up.
void stalled(Played& played, Acts& acts);

}  // namespace regions
