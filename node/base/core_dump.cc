#include "node/base/core_dump.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace regions {

void keep_memory_out_of_core_dumps() {
  const rlimit none{0, 0};
  (void)::setrlimit(RLIMIT_CORE, &none);
  // core(5), "Controlling which mappings are written": none.
  const int filter = ::open("/proc/self/coredump_filter", O_WRONLY | O_CLOEXEC);
  if (filter < 0) return;
  (void)!::write(filter, "0", 1);
  ::close(filter);
}

}  // namespace regions
