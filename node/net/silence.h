// A connection over which nothing comes back is given up by the kernel, idle or not. Included by
// sources of node/net alone.
#pragma once

#include "node/net/http_types.h"

namespace regions::net {

// From now on the connection fails when its other end has acknowledged nothing for kSilenceMs. What
// the system does not offer is left out: deadlines of ours hold in any case.
void give_up_on_silence(Socket& socket);

}  // namespace regions::net
