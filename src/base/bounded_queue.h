#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace candela {

/// A one-way queue of values between two threads, with a bound. Any thread pushes, one thread drains.
/// `wake` is called (on the pushing thread, outside the lock) when the queue stops being empty; it must make the reader
/// drain soon and must not block.
template <class T>
class BoundedQueue {
 public:
  BoundedQueue(std::size_t capacity, std::function<void()> wake) : capacity_(capacity), wake_(std::move(wake)) {}

  /// False when the queue is full: the value is not taken, and what then happens is the caller's rule.
  [[nodiscard]] bool push(T value) {
    {
      const std::lock_guard lock(mutex_);
      if (values_.size() >= capacity_) return false;
      values_.push_back(std::move(value));
      if (values_.size() > 1) return true;
    }
    wake_();
    return true;
  }

  /// Moves everything that waits into `out` (whose old contents go), in the order of pushing.
  void drain(std::vector<T>& out) {
    out.clear();
    const std::lock_guard lock(mutex_);
    std::swap(out, values_);
  }

 private:
  const std::size_t capacity_;
  const std::function<void()> wake_;
  std::mutex mutex_;
  std::vector<T> values_;
};

}  // namespace candela
