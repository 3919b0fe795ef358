#pragma once

#include <cstddef>
#include <vector>

#include "model/saved_state.h"

namespace candela::engine {

/// What people did with the lights that away plays with, for the days after which away repeats it.
class AwayRecord {
 public:
  using Switching = SavedState::Switching;

  /// How much later away repeats a day. What is older by a day or two more is of no use (windows go over midnight).
  static constexpr std::chrono::days kRepeatedAfter{14};
  /// At the bound the oldest entry makes room: some 580 a day for 14 days.
  static constexpr std::size_t kMost = 8192;
  /// Changes of a zone that follow each other so closely are one: how they ended. So nobody who plays with a dimmer,
  /// and no program gone mad, pushes out other days: a zone has at most one entry a minute.
  static constexpr std::chrono::seconds kSettles{60};

  /// Takes its memory at once, so that a press never waits for it.
  void prepare() { ring_.reserve(kMost); }
  void add(const Switching& switching);
  /// In no order.
  const std::vector<Switching>& all() const { return ring_; }

 private:
  std::vector<Switching> ring_;
  std::size_t next_ = 0;  ///< where the next one goes, once the ring is full
};

}  // namespace candela::engine
