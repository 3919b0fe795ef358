#include "rehearsal/people.h"

#include "model/project.h"

namespace candela::rehearsal {
namespace {

using namespace std::chrono_literals;

// A day of people who are at home much; there is no source for it but experience.
constexpr TimeOfDay kMorning{TimeOfDay::Kind::fixed, 6h + 30min};
constexpr TimeOfDay kNight{TimeOfDay::Kind::fixed, 23h + 30min};
constexpr UtcTime::duration kLongestPause = 40min;
constexpr std::uint64_t kHoldsInTen = 1;
constexpr std::uint64_t kWalksInTen = 4;
constexpr UtcTime::duration kLongestHold = 4s;

}  // namespace

People::People(const Project& project, const Calendar& calendar, std::uint64_t seed, UtcTime from)
    : calendar_(calendar), state_(seed), next_(from) {
  for (const Button& button : project.buttons) {
    const bool does_something = !std::holds_alternative<std::monostate>(button.programming);
    if (does_something && !button.contact) buttons_.push_back(button.id);
  }
  for (const Device& device : project.devices) {
    if (device.senses_occupancy) sensors_.push_back({device.id});
  }
  if (buttons_.empty() && sensors_.empty()) {
    next_ = UtcTime::max();
  } else {
    plan_next();
  }
}

Deed People::take() {
  constexpr std::uint64_t kTen = 10;
  const bool walks = buttons_.empty() || (!sensors_.empty() && chance(kTen) < kWalksInTen);
  Deed deed = walks ? walk() : press();
  plan_next();
  return deed;
}

/// SplitMix64: the standard library's distributions differ from one library to the other.
std::uint64_t People::chance(std::uint64_t limit) {
  state_ += 0x9E3779B97F4A7C15U;
  std::uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
  return (mixed ^ (mixed >> 31U)) % limit;
}

Deed People::press() {
  constexpr std::uint64_t kTen = 10;
  Deed deed{Deed::Kind::press, {}};
  deed.named.object = buttons_[chance(buttons_.size())];
  if (chance(kTen) < kHoldsInTen) {
    deed.kind = Deed::Kind::hold;
    deed.named.time = UtcTime::duration{1 + static_cast<std::int64_t>(chance(kLongestHold.count()))};
  }
  return deed;
}

Deed People::walk() {
  Sensor& sensor = sensors_[chance(sensors_.size())];
  sensor.sees = !sensor.sees;
  Deed deed{sensor.sees ? Deed::Kind::see_somebody : Deed::Kind::see_nobody, {}};
  deed.named.object = sensor.id;
  return deed;
}

void People::plan_next() {
  next_ += UtcTime::duration{1 + static_cast<std::int64_t>(chance(kLongestPause.count()))};
  const auto morning = calendar_.find(Moment{{}, kMorning, false, {}}, next_);
  const auto night = calendar_.find(Moment{{}, kNight, false, {}}, next_);
  const bool asleep = morning && night && *morning < *night;
  if (asleep) next_ = *morning + UtcTime::duration{static_cast<std::int64_t>(chance(kLongestPause.count()))};
}

}  // namespace candela::rehearsal
