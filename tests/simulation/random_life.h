#pragma once

#include <variant>
#include <vector>

#include "dice.h"
#include "model/event.h"
#include "random_house.h"

namespace candela::simulation {

/// Somebody sets the clock, or it finds out that it was wrong.
struct ClockJump {
  std::chrono::milliseconds by{};
  std::optional<bool> told;  ///< the engine hears of it, and whether the time is trusted now
};
/// The processor goes off and comes back after that time.
struct Restart {
  Duration off{};
  bool clock_stands = false;  ///< nothing keeps the time while it is off
};

struct Happening {
  Duration at{};  ///< since the simulation began
  std::variant<Event, ClockJump, Restart> what;
};

/// People, programs, devices and accidents of a house.
class RandomLife {
 public:
  RandomLife(const RandomHouse& house, Dice& dice) : house_(house), project_(*house.versions[0]), dice_(dice) {}

  /// What happens within a day, in order of time. Valid until the next call.
  const std::vector<Happening>& day(Duration begin);

 private:
  using What = decltype(Event::what);

  void act(Duration at);
  void use_button(Duration at);
  void walk(Duration at);
  void lose_device(Duration at);
  void break_link(Duration at);
  void jump(Duration at);
  What device_report();
  What command();
  What rare_command();
  EditScene scene_edit();

  void add(Duration at, What what, Source::Kind source);
  ZoneId zone();
  /// Now and then one that there is not: of nothing, or of something else.
  template <class T>
  auto number(const std::vector<T>& objects) {
    using Id = decltype(T::number);
    if (objects.empty() || dice_.one_in(25)) return dice_.one_in(2) ? Id{kNobody} : Id{dice_.below(120)};
    return dice_.one_of(objects).number;
  }

  static constexpr std::uint32_t kNobody = 90'000;  ///< no house has so many numbers

  const RandomHouse& house_;
  const Project& project_;  ///< the one with all objects
  Dice& dice_;
  std::vector<Happening> day_;
};

}  // namespace candela::simulation
