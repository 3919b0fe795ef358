#include "base/thread_priority.h"

#include <sched.h>

namespace candela {

// A niceness is not enough: Linux lets a thread that is busy finish its turn of a few milliseconds before one that only
// is less nice. On Linux 0 is the calling thread.
void go_before_others() {
  const sched_param first{.sched_priority = 1};
  ::sched_setscheduler(0, SCHED_RR | SCHED_RESET_ON_FORK, &first);
}

}  // namespace candela
