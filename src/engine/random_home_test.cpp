#include "engine/random_home.h"

#include <array>

namespace candela::engine {
namespace {

constexpr std::array<std::uint32_t, 8> kLevels{0, 1, 20, 20, 50, 50, 100, 100};  // few, so that scenes do match
constexpr std::array<int, 6> kSeconds{0, 0, 1, 2, 5, 30};

Level level_of(Dice& dice) {
  if (dice.one_in(8)) return Level::from_raw(dice.below(Level::kFullRaw + 1));
  return Level::from_percent(kLevels[dice.below(kLevels.size())]);
}
Duration time_of(Dice& dice) { return std::chrono::seconds(kSeconds[dice.below(kSeconds.size())]); }

template <class Object>
auto pick(const std::vector<Object>& objects, Dice& dice) {
  return objects[dice.below(static_cast<std::uint32_t>(objects.size()))].number;
}

Preset preset_of(const Project& project, Dice& dice) {
  Preset preset;
  for (std::uint32_t count = dice.below(5); count > 0; --count) {
    preset.zones.push_back({pick(project.zones, dice), level_of(dice), time_of(dice), Duration::zero()});
    if (dice.one_in(3)) preset.zones.back().delay = time_of(dice);
  }
  if (!project.scenes.empty() && dice.one_in(3)) preset.scenes.push_back(pick(project.scenes, dice));
  return preset;
}

Programming programming_of(const Project& project, Dice& dice) {
  switch (dice.below(5)) {
    case 0: return Toggle{preset_of(project, dice), time_of(dice)};
    case 1: return SingleAction{preset_of(project, dice)};
    case 2:
    case 3: {
      RaiseLower ramp{dice.one_in(2), {}};
      for (std::uint32_t count = dice.below(4); count > 0; --count) ramp.zones.push_back(pick(project.zones, dice));
      return ramp;
    }
    default: return std::monostate{};
  }
}

Trims trims_of(Dice& dice) {
  if (!dice.one_in(2)) return {};
  const std::uint32_t low = dice.below(60);
  return {Level::from_percent(low), Level::from_percent(low + 1 + dice.below(100 - low))};  // as projects promise
}

HomeBuilder home_of(Dice& dice) {
  HomeBuilder home;
  std::vector<AreaId> areas{home.home()};
  for (std::uint32_t count = dice.below(4); count > 0; --count) {
    areas.push_back(home.add_area("area", areas[dice.below(static_cast<std::uint32_t>(areas.size()))]));
  }
  const auto some_area = [&] { return areas[dice.below(static_cast<std::uint32_t>(areas.size()))]; };
  for (std::uint32_t count = 1 + dice.below(8); count > 0; --count) {
    home.add_zone(some_area(), dice.one_in(4) ? LoadType::switched : LoadType::dimmed, trims_of(dice));
  }
  for (std::uint32_t count = dice.below(6); count > 0; --count) {
    const auto order = static_cast<std::uint8_t>(dice.below(4));
    home.add_scene(some_area(), order, preset_of(home.project(), dice).zones);
  }
  for (std::uint32_t count = 1 + dice.below(6); count > 0; --count) {
    home.add_button(programming_of(home.project(), dice), static_cast<LedLogic>(dice.below(4)));
  }
  return home;
}

/// The home after somebody took things out of it; what named them still does.
ProjectPtr with_less(HomeBuilder home, Dice& dice) {
  const auto thin_out = [&](auto& objects) { std::erase_if(objects, [&](const auto&) { return dice.one_in(3); }); };
  thin_out(home.project().zones);
  thin_out(home.project().scenes);
  thin_out(home.project().buttons);
  return home.build();
}

ProjectPtr programmed_otherwise(HomeBuilder home, Dice& dice) {
  for (Zone& zone : home.project().zones) {
    if (dice.one_in(3)) zone.load = dice.one_in(2) ? LoadType::switched : LoadType::dimmed;
    if (dice.one_in(3)) zone.trims = trims_of(dice);
  }
  for (Scene& scene : home.project().scenes) {
    if (dice.one_in(3)) scene.preset.zones = preset_of(home.project(), dice).zones;
  }
  for (Button& button : home.project().buttons) {
    if (!dice.one_in(3)) continue;
    button.programming = programming_of(home.project(), dice);
    button.led_logic = static_cast<LedLogic>(dice.below(4));
  }
  return home.build();
}

/// The object of that kind, or now and then one that there is not.
template <class Object>
auto chosen(const std::vector<Object>& objects, std::uint16_t choice) {
  const std::size_t index = choice % (objects.size() + 1);
  return index < objects.size() ? objects[index].number : decltype(objects[0].number){1};
}

/// The event of a draw; its kind is told by `kind`, the rest by what is drawn beside it.
class EventDraw {
 public:
  EventDraw(const Draw& draw, const std::vector<ProjectPtr>& projects)
      : projects_(projects),
        project_(*projects[0]),
        kind_(std::get<0>(draw)),
        choice_(std::get<1>(draw)),
        extent_(std::get<2>(draw)) {
    Dice dice({extent_, extent_ >> 5, extent_ >> 10});
    level_ = level_of(dice);
    if (extent_ % 4 != 0) fade_ = time_of(dice);
    if (extent_ % 3 == 0) delay_ = time_of(dice);
  }

  decltype(Event::what) what() const {
    switch (kind_ % 4) {
      case 0: return button();
      case 1: return zone();
      case 2: return area();
      default: return other();
    }
  }

 private:
  decltype(Event::what) button() const {
    constexpr std::array kMoves{ButtonMove::press,   ButtonMove::press, ButtonMove::release,
                                ButtonMove::release, ButtonMove::hold,  ButtonMove::multi_tap};
    return ButtonMoved{chosen(project_.buttons, choice_), kMoves[extent_ % kMoves.size()]};
  }

  decltype(Event::what) zone() const {
    const ZoneId zone = chosen(project_.zones, choice_);
    if (kind_ % 16 == 1) return MoveZone{zone, static_cast<Movement>(extent_ % 3)};
    if (kind_ % 16 == 5) return LevelReported{zone, level_};
    return SetZone{zone, level_, fade_, delay_};
  }

  decltype(Event::what) area() const {
    if (kind_ % 16 == 2) return SetArea{chosen(project_.areas, choice_), level_, fade_, delay_};
    if (kind_ % 16 == 6) return MoveArea{chosen(project_.areas, choice_), static_cast<Movement>(extent_ % 3)};
    return ActivateScene{chosen(project_.scenes, choice_)};
  }

  decltype(Event::what) other() const {
    switch (kind_ % 32 / 4) {
      case 0:
      case 1: return SetLed{HomeBuilder::led_of(chosen(project_.buttons, choice_)), static_cast<LedState>(extent_ % 4)};
      case 2:
      case 3: return PresenceReported{chosen(project_.devices, choice_), extent_ % 2 == 0, DeviceFault::none};
      case 4: return LinkReported{chosen(project_.links, choice_), static_cast<LinkFault>(extent_ % 5)};
      case 5: return TimePassed{};
      default: return ActivateProject{projects_[choice_ % projects_.size()]};
    }
  }

  const std::vector<ProjectPtr>& projects_;
  const Project& project_;
  const std::uint8_t kind_;
  const std::uint16_t choice_;
  const std::uint32_t extent_;
  Level level_;
  std::optional<Duration> fade_;
  Duration delay_{};
};

}  // namespace

std::vector<ProjectPtr> random_projects(const std::vector<std::uint32_t>& rolls) {
  Dice dice(rolls);
  const HomeBuilder home = home_of(dice);
  return {home.build(), with_less(home, dice), programmed_otherwise(home, dice)};
}

TimedEvent event_of(const Draw& draw, const std::vector<ProjectPtr>& projects) {
  const std::uint16_t pause = std::get<3>(draw);
  const Duration wait = std::chrono::milliseconds(pause % 4 == 0 ? 0 : pause % 3000);
  return {wait, {Source{}, EventDraw(draw, projects).what()}};
}

}  // namespace candela::engine
