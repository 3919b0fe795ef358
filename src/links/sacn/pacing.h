#pragma once

#include <cstdint>
#include <optional>

#include "base/time.h"

namespace candela::links {

/// When packets of a universe are due (E1.31 section 6.6): never more often than DMX512 itself can refresh 512 slots;
/// values that stand are sent three times, then repeated at a constant interval so that receivers keep the source.
class Pacing {
 public:
  /// The refresh rate of a full universe, 44 Hz (section 6.6.1, which points to E1.11), rounded up.
  static constexpr Duration kFrame{22'728};
  /// Section 6.6.2 allows 800 to 1000 ms and asks for a constant interval.
  static constexpr Duration kKeepAlive = std::chrono::milliseconds(800);
  /// Section 6.6.2: how often values that no longer change are sent before the rate drops.
  static constexpr std::uint8_t kCopies = 3;

  /// Something may differ from what was sent last: the next packet is due as soon as the rate allows.
  void hurry() { copies_ = 0; }

  /// A packet went out. `changed`: its values differ from those of the packet before; `moving`: those of the next may.
  void sent(MonoTime now, bool changed, bool moving) {
    last_ = now;
    moving_ = moving;
    if (changed || moving) copies_ = 0;
    if (copies_ < kCopies) ++copies_;
  }

  /// When the next packet is due; the very first one is due since ever.
  MonoTime next() const {
    if (!last_) return MonoTime::min();
    return *last_ + (moving_ || copies_ < kCopies ? kFrame : kKeepAlive);
  }

 private:
  std::optional<MonoTime> last_;
  bool moving_ = false;
  std::uint8_t copies_ = 0;  ///< packets sent with the present values
};

/// The sequence numbers of a stream.
///
/// A receiver drops a packet whose number is 0 to 19 behind the last one (section 6.7.2). After a crash it still holds
/// the last number of the stream before, which nobody wrote down, so a new stream could be dropped for 20 packets: for
/// 16 s when the lights stand. Hence the second number is 20 after the first: wherever the old stream stopped, at most
/// the first packet is dropped, and the second is accepted.
class Sequence {
 public:
  std::uint8_t next() {
    const std::uint8_t number = next_;
    next_ = static_cast<std::uint8_t>(next_ + (is_first_ ? kDropWindow : 1));
    is_first_ = false;
    return number;
  }

 private:
  static constexpr int kDropWindow = 20;

  std::uint8_t next_ = 0;
  bool is_first_ = true;
};

}  // namespace candela::links
