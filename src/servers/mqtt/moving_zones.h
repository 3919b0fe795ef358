#pragma once

#include <map>
#include <optional>
#include <vector>

#include "model/view.h"

namespace candela::servers::mqtt {

/// Zones of which more is to be told than their change said: a shade that has arrived, and where a ramp is, every
/// second, since nobody knows where it will be stopped.
class MovingZones {
 public:
  static constexpr Duration kStep = std::chrono::seconds(1);

  /// After the zone was targeted.
  void note(const Zone& zone, const View& view, MonoTime now);
  /// Those that are due now.
  std::vector<ZoneId> due(const View& view, MonoTime now);
  std::optional<MonoTime> next_due() const;
  void clear() { due_.clear(); }

 private:
  std::map<ZoneId, MonoTime> due_;
};

}  // namespace candela::servers::mqtt
