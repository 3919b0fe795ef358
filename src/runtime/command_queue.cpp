#include "runtime/command_queue.h"

#include <utility>

#include "base/overloaded.h"
#include "runtime/newest_of_each.h"

namespace candela::runtime {
namespace {

/// Two commands with the same key are about the same thing, so the later one replaces the earlier. 0 = never replaced.
std::uint64_t key(const Event& event) {
  return std::visit(overloaded{[](const SetZone& it) { return std::uint64_t{it.zone.value}; },
                               [](const MoveZone& it) { return std::uint64_t{it.zone.value}; },
                               [](const SetLed& it) { return std::uint64_t{it.led.value}; },
                               [](const auto&) { return std::uint64_t{0}; }},
                    event.what);
}

}  // namespace

bool CommandQueue::submit(Event event) {
  bool was_empty = false;
  {
    const std::lock_guard lock(mutex_);
    was_empty = waiting_.empty();
    waiting_.push_back(std::move(event));
    if (waiting_.size() > bound_) keep_newest_of_each(waiting_, key);
    if (waiting_.size() > bound_) {
      waiting_.pop_back();
      return false;
    }
  }
  if (was_empty) wake_();
  return true;
}

std::size_t CommandQueue::size() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

void CommandQueue::take(std::vector<Event>& events) {
  events.clear();
  const std::lock_guard lock(mutex_);
  std::swap(events, waiting_);
}

}  // namespace candela::runtime
