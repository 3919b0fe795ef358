#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.h"
#include "engine/plan.h"
#include "model/cause.h"

namespace candela::engine {

/// Something that waits for its time.
struct DelayedCommand {
  enum class Kind : std::uint8_t {
    command,          ///< somebody's, with a delay
    minimum_on_over,  ///< an off command that has to wait until the zone was on for long enough
    pulse_end,        ///< a pulsed contact opens by itself
  };
  Step step;
  Cause cause;
  Kind kind = Kind::command;
};

/// The commands that wait. A binary heap whose entries know their place in it, so that adding and removing cost the
/// logarithm of what waits; places of entries that are gone are used again.
class Delays {
 public:
  /// Names a command as long as it waits.
  using Ticket = std::uint32_t;
  static constexpr Ticket kNoTicket = 0xFFFFFFFF;

  struct Due {
    MonoTime time;
    DelayedCommand command;
  };

  /// Up to `capacity` commands can wait without an allocation.
  explicit Delays(std::size_t capacity);

  Ticket add(MonoTime time, const DelayedCommand& command);
  /// REQUIRES: the command still waits.
  void remove(Ticket ticket);

  std::optional<MonoTime> next() const;
  /// Takes out the earliest; of several at the same time the one added first.
  /// REQUIRES: something waits.
  Due pop();

 private:
  struct Entry {
    MonoTime time;
    std::uint64_t order = 0;
    std::uint32_t place = 0;  ///< in heap_
    DelayedCommand command;
  };

  bool earlier(Ticket a, Ticket b) const;
  void put(std::uint32_t place, Ticket ticket);
  void sift(std::uint32_t place);

  std::vector<Entry> entries_;  ///< by ticket
  std::vector<Ticket> free_;
  std::vector<Ticket> heap_;
  std::uint64_t next_order_ = 0;
};

}  // namespace candela::engine
