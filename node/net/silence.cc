#include "node/net/silence.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "node/base/limits.h"

namespace regions::net {
namespace {

constexpr int kFirstProbeSeconds = kSilenceMs / 1000 - kSilenceProbeSeconds;
static_assert(kFirstProbeSeconds > 0);

void set(Socket& socket, int level, int name, int value) {
  (void)::setsockopt(socket.native_handle(), level, name, &value, sizeof value);
}

}  // namespace

// tcp(7): with TCP_USER_TIMEOUT an idle connection ends by it too, once probes go out.
void give_up_on_silence(Socket& socket) {
  set(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, kSilenceMs);
  set(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
  set(socket, IPPROTO_TCP, TCP_KEEPIDLE, kFirstProbeSeconds);
  set(socket, IPPROTO_TCP, TCP_KEEPINTVL, kSilenceProbeSeconds);
}

}  // namespace regions::net
