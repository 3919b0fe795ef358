#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/level.h"
#include "base/time.h"
#include "engine/rows.h"
#include "model/cause.h"

namespace candela::engine {

/// A zone's command that waits for its time.
struct DelayedCommand {
  Level level;
  Duration fade{};
  Cause cause;
};

/// The commands that wait, at most one for each zone. A binary heap that knows where each zone's entry is, so that
/// setting and cancelling cost the logarithm of what waits and never allocate.
class Delays {
 public:
  struct Due {
    MonoTime time;
    Slot zone;
    DelayedCommand command;
  };

  explicit Delays(std::size_t zone_count);

  /// Replaces what waited for this zone.
  void set(Slot zone, MonoTime time, const DelayedCommand& command);
  /// Nothing happens if nothing waits.
  void cancel(Slot zone);

  std::optional<MonoTime> next() const;
  /// Takes out the earliest; of several at the same time the one set first.
  /// REQUIRES: something waits.
  Due pop();

 private:
  struct Entry {
    MonoTime time;
    std::uint64_t order = 0;
    std::uint32_t place = kNoSlot;  ///< in heap_
    DelayedCommand command;
  };

  bool earlier(Slot a, Slot b) const;
  void put(std::uint32_t place, Slot zone);
  void sift(std::uint32_t place);
  void remove(std::uint32_t place);

  std::vector<Entry> entries_;  ///< by zone
  std::vector<Slot> heap_;
  std::uint64_t next_order_ = 0;
};

}  // namespace candela::engine
