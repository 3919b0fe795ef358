#include "probe.h"

#include <algorithm>
#include <cstdlib>

namespace candela::simulation {
namespace {

constexpr Duration kLongest = std::chrono::hours(24);

}  // namespace

Level Probe::nearest(Level level) const {
  if (!level.is_on() || zone_.load == LoadType::dimmed || zone_.load == LoadType::shade) return level;
  if (zone_.load == LoadType::switched) return Level::full();
  // A fan: the nearest of its four speeds, but not off.
  constexpr std::uint32_t kSpeeds = 4;
  std::uint32_t best = 1;
  for (std::uint32_t speed = 2; speed <= kSpeeds; ++speed) {
    if (level.raw() * 2 * kSpeeds >= (2 * speed - 1) * Level::kFullRaw) best = speed;
  }
  return Level::from_percent(100.0 * best / kSpeeds);
}

Duration Probe::part(Duration whole, Level from, Level to) const {
  return whole * std::abs(from.raw() - to.raw()) / Level::kFullRaw;
}

void Probe::go(Level level, std::optional<Duration> fade, MonoTime now) {
  const Level here = course_.at(now);
  const Level target = nearest(level);
  Duration time{};
  if (zone_.load == LoadType::dimmed) time = std::clamp(fade.value_or(zone_.fade), Duration::zero(), kLongest);
  if (zone_.load == LoadType::shade) time = part(zone_.travel, here, target);
  course_ = {here, target, now, here == target ? Duration::zero() : time};
}

void Probe::elapse(MonoTime now) {
  if (!waiting_ || waiting_->due > now) return;
  const Waiting it = *waiting_;
  waiting_.reset();
  go(it.level, it.fade, it.due);
}

void Probe::set(Level level, std::optional<Duration> fade, Duration delay, MonoTime now) {
  waiting_.reset();
  if (delay <= Duration::zero()) return go(level, fade, now);
  waiting_ = Waiting{now + std::min(delay, kLongest), level, fade};
}

void Probe::move(Movement movement, MonoTime now) {
  waiting_.reset();
  const Level here = course_.at(now);
  if (movement == Movement::stop) {
    course_ = Fade::still(here, now);
    return;
  }
  if (zone_.load != LoadType::dimmed && zone_.load != LoadType::shade) return;
  const bool is_shade = zone_.load == LoadType::shade;
  const Level lowest = is_shade ? Level::off() : Level::from_percent(1);
  const Level end = movement == Movement::raise ? Level::full() : lowest;
  if (movement == Movement::raise ? here >= end : here <= end) return;
  course_ = {here, end, now, part(is_shade ? zone_.travel : full_ramp_, here, end)};
}

bool Probe::may_report_bring(const Fade& told, Level level, MonoTime now) const {
  return told.at(now) == course_.at(now) || told.at(now) == nearest(level);
}

}  // namespace candela::simulation
