#pragma once

#include <map>
#include <optional>
#include <vector>

#include "base/time.h"
#include "model/change.h"
#include "model/event.h"

namespace candela::lip {

/// What clients start and nobody in the house knows: outputs that flash until somebody sets them, and outputs that are
/// on for a moment. Whatever else happens to the output ends it.
class Effects {
 public:
  /// From on to off, or back. Our choice: 1 Hz, as LEDs flash.
  static constexpr Duration kHalfPeriod = std::chrono::milliseconds(500);

  void flash(ZoneId zone, Source source, Duration fade, MonoTime begin);
  void pulse(ZoneId zone, Source source, Duration length, MonoTime begin);
  void stop(ZoneId zone) { running_.erase(zone); }
  void clear() { running_.clear(); }

  std::optional<MonoTime> next_due() const;
  /// What is due by now, to be submitted.
  std::vector<Event> take_due(MonoTime now);
  /// False when the change is a flash's, but for its first: clients hear once that it is on.
  bool is_news(const ZoneTargeted& change, const Cause& cause);

 private:
  struct Effect {
    Source source;
    bool flashes = false;
    Duration fade{};
    Duration then{};  ///< from this step to the next
    Level next = Level::full();
    MonoTime due{};
    bool begun = false;
    bool told = false;
    std::optional<Level> set;  ///< what was asked for last
  };

  std::map<ZoneId, Effect> running_;
};

}  // namespace candela::lip
