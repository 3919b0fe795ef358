#include "base/thread_priority.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <thread>

namespace candela {
namespace {

/// Whether the system lets this program have real-time threads at all.
bool may_go_first() {
  bool may = false;
  std::thread([&may] {
    const sched_param first{.sched_priority = 1};
    may = ::sched_setscheduler(0, SCHED_RR, &first) == 0;
  }).join();
  return may;
}

TEST(ThreadPriority, IsOfTheThreadAloneAndOfNoneThatItStarts) {
  int own = -1;
  int started = -1;
  std::thread([&] {
    go_before_others();
    own = ::sched_getscheduler(0);
    std::thread([&started] { started = ::sched_getscheduler(0); }).join();
  }).join();
  EXPECT_EQ(own, may_go_first() ? SCHED_RR | SCHED_RESET_ON_FORK : SCHED_OTHER);
  EXPECT_EQ(started, SCHED_OTHER);
  EXPECT_EQ(::sched_getscheduler(0), SCHED_OTHER);
}

}  // namespace
}  // namespace candela
