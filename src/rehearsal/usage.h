#pragma once

#include <cstdint>
#include <unordered_map>

#include "base/time.h"
#include "model/change.h"

namespace candela::rehearsal {

/// How often each zone was switched on and how long it was lit, counted from changes. A zone is lit until the fade that
/// brings it to 0 has ended.
class Usage {
 public:
  struct Zone {
    std::uint64_t switched_on = 0;
    UtcTime::duration lit{};
  };

  void note(const Change& change);
  /// Up to `end`; zones that were never lit have none.
  std::unordered_map<ZoneId, Zone> until(UtcTime end) const;

 private:
  struct Meter {
    Zone sum;
    bool lit = false;
    UtcTime since{};
    UtcTime dark = UtcTime::max();  ///< when the fade to 0 ends

    void close(UtcTime now);
  };
  std::unordered_map<ZoneId, Meter> meters_;
};

}  // namespace candela::rehearsal
