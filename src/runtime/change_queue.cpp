#include "runtime/change_queue.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "base/overloaded.h"
#include "runtime/newest_of_each.h"

namespace candela::runtime {
namespace {

/// Two changes with the same key are about the same thing, so the later one replaces the earlier. 0 = never replaced.
/// Object numbers are one space over all kinds, but an area's scene and a button's actions are told apart by kind.
std::uint64_t key(const Change& change) {
  return std::visit(overloaded{[](const ZoneTargeted& it) { return std::uint64_t{it.zone.value}; },
                               [](const LedChanged& it) { return std::uint64_t{it.led.value}; },
                               [](const SceneChanged& it) { return std::uint64_t{it.area.value}; },
                               [](const PresenceChanged& it) { return std::uint64_t{it.device.value}; },
                               [](const LinkChanged& it) { return std::uint64_t{it.link.value}; },
                               [](const auto&) { return std::uint64_t{0}; }},
                    change.what);
}

bool is_button_action(const Change& change) { return std::holds_alternative<ButtonActed>(change.what); }

}  // namespace

void ChangeQueue::push(std::span<const Change> changes) {
  if (changes.empty()) return;
  bool was_empty = false;
  {
    const std::lock_guard lock(mutex_);
    was_empty = waiting_.empty();
    waiting_.insert(waiting_.end(), changes.begin(), changes.end());
    if (waiting_.size() > bound_) make_room();
  }
  if (was_empty) wake_();
}

std::size_t ChangeQueue::size() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

void ChangeQueue::take(Batch& batch) {
  batch.changes.clear();
  const std::lock_guard lock(mutex_);
  std::swap(batch.changes, waiting_);
  batch.lost_button_actions = std::exchange(lost_, 0);
}

void ChangeQueue::make_room() {
  keep_newest_of_each(waiting_, key);
  if (waiting_.size() <= bound_) return;

  std::size_t excess = waiting_.size() - bound_;
  const auto kept = std::remove_if(waiting_.begin(), waiting_.end(), [&](const Change& change) {
    if (excess == 0 || !is_button_action(change)) return false;
    --excess;
    ++lost_;
    return true;
  });
  waiting_.erase(kept, waiting_.end());
}

}  // namespace candela::runtime
