// Acts of a member, or of a stranger, that calls the peer port of a node.
#pragma once

#include "tests/e2e/hostile/nodes.h"
#include "tests/e2e/hostile/report.h"

namespace regions {

// Requests of `member` that break a rule: each is answered with its error or cut off.
void bad_requests(const Nodes& nodes, const std::string& member, Acts& acts);
// Connections that should not be: strangers, too many, stalled, other protocols.
void bad_connections(const Nodes& nodes, const std::string& member, Acts& acts);
// Requests by the thousand on every connection that `member` may have.
void flood(const Nodes& nodes, const std::string& member, Acts& acts);
// Asks for much and reads nothing; takes the half minute after which it is cut off.
void slow_reader(const Nodes& nodes, const std::string& member, Acts& acts);

}  // namespace regions
