#pragma once

#include "base/level.h"
#include "base/time.h"

namespace candela {

/// A level on its way: a formula that gives the level at any moment, so that nothing has to tick while a light fades.
struct Fade {
  Level from;
  Level to;
  MonoTime start{};
  Duration duration{};  ///< 0 = at once

  static Fade still(Level level, MonoTime now) { return {level, level, now, Duration::zero()}; }

  MonoTime end() const { return start + duration; }
  bool moving(MonoTime now) const { return from != to && now < end(); }
  Level at(MonoTime now) const {
    if (now >= end()) return to;
    if (now <= start) return from;
    const auto done = (now - start).count();
    const auto span = static_cast<std::int64_t>(to.raw()) - from.raw();
    return Level::from_raw(static_cast<std::uint32_t>(from.raw() + span * done / duration.count()));
  }
  friend bool operator==(const Fade&, const Fade&) = default;
};

}  // namespace candela
