#include "base/thread_priority.h"

#include <sys/resource.h>
#include <unistd.h>

namespace candela {

// On Linux each thread has a niceness of its own.
void go_before_others() { ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), -10); }

}  // namespace candela
