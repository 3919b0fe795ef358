#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.h"

namespace candela::qs {

/// What a link's devices must still be told. An item is one thing that can be told, such as the level of one output; it
/// waits at most once however often it changes, so that the newest state wins and the queue is bounded by the number of
/// items. Items are told in the order they were put. What is not acknowledged in time is told again, a bounded number
/// of times.
class Outbox {
 public:
  using Index = std::uint32_t;
  struct Settings {
    /// How many messages may be under way unacknowledged, 1 to 128. A real half-duplex bus takes 1.
    std::size_t window = 64;
    Duration ack_timeout = std::chrono::milliseconds(100);
    std::uint8_t attempts = 5;
  };
  struct Letter {
    Index item = 0;
    std::uint8_t sequence = 0;
  };

  explicit Outbox(Settings settings) : settings_(settings) {}

  /// Forgets everything but the last number given; items are 0 to count-1.
  void reset(std::size_t count);
  /// This item has news: it will be told, from its first attempt.
  void put(Index item);
  /// This item needs not be told any more.
  void cancel(Index item);
  /// The next to tell, with the number its message shall carry; nothing when nothing waits or the window is full.
  std::optional<Letter> take(MonoTime now);
  /// The item whose message had this number, if that still matters.
  std::optional<Index> acknowledge(std::uint8_t sequence);
  /// Puts again what was not acknowledged in time, or leaves it as failed.
  void expire(MonoTime now);
  /// When expire() has something to do.
  std::optional<MonoTime> next_expiry() const;

  /// The item was not yet told, or not yet acknowledged, or that failed.
  bool is_open(Index item) const { return entries_[item].state != State::settled; }
  bool has_failed(Index item) const { return entries_[item].state == State::failed; }

  /// A number for a message that is not an item: 1 to 255.
  std::uint8_t next_sequence();

 private:
  enum class State : std::uint8_t { settled, waiting, under_way, failed };
  struct Entry {
    State state = State::settled;
    bool queued = false;  ///< stands in queue_, perhaps for nothing any more
    std::uint8_t sequence = 0;
    std::uint8_t attempts = 0;
  };
  struct Flight {
    Letter letter;
    MonoTime sent{};
  };

  void enqueue(Index item);
  bool matters(const Letter& letter) const;
  void drop_settled_flights();

  static constexpr std::size_t kMaxWindow = 128;

  Settings settings_;
  std::vector<Entry> entries_;
  std::vector<Index> queue_;  ///< a ring; an item is in it at most once
  std::size_t queue_head_ = 0;
  std::size_t queue_size_ = 0;
  std::array<Flight, kMaxWindow> flights_{};  ///< a ring, oldest first
  std::size_t flight_head_ = 0;
  std::size_t flight_count_ = 0;
  std::uint8_t sequence_ = 0;
};

}  // namespace candela::qs
