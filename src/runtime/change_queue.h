#pragma once

#include <functional>
#include <mutex>
#include <span>
#include <vector>

#include "model/change.h"

namespace candela::runtime {

/// Carries changes from the core thread to the server thread, in order, and never makes the core wait.
/// At the bound what is outdated goes first: of each zone, LED, area, device and link only the newest state stays.
/// Button actions keep their order; should even they not fit, the oldest are dropped, and take() says how many.
class ChangeQueue {
 public:
  struct Batch {
    std::vector<Change> changes;
    std::size_t lost_button_actions = 0;
  };

  /// `wake` is called on the pushing thread when the queue stops being empty.
  ChangeQueue(std::size_t bound, std::function<void()> wake) : bound_(bound), wake_(std::move(wake)) {}

  void push(std::span<const Change> changes);
  std::size_t size() const;
  /// Moves everything that waits into `batch`, whose old contents go.
  void take(Batch& batch);

 private:
  void make_room();

  const std::size_t bound_;
  const std::function<void()> wake_;
  mutable std::mutex mutex_;
  std::vector<Change> waiting_;
  std::size_t lost_ = 0;
};

}  // namespace candela::runtime
