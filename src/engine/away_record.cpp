#include "engine/away_record.h"

namespace candela::engine {

void AwayRecord::add(const Switching& switching) {
  for (std::size_t back = 0; back < ring_.size(); ++back) {
    Switching& before = ring_[(next_ + ring_.size() - 1 - back) % ring_.size()];
    if (before.at > switching.at || before.at + kSettles <= switching.at) break;
    if (before.zone != switching.zone) continue;
    before.level = switching.level;
    return;
  }
  if (ring_.size() < kMost) {
    ring_.push_back(switching);
    return;
  }
  ring_[next_] = switching;
  next_ = (next_ + 1) % kMost;
}

}  // namespace candela::engine
