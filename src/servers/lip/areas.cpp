#include <algorithm>

#include "protocols/lip/report.h"
#include "servers/leap/statuses.h"
#include "servers/lip/call.h"
#include "servers/lip/components.h"

namespace candela::lip {
namespace {

constexpr std::uint32_t kLevel = 1;
constexpr std::uint32_t kRaise = 2;
constexpr std::uint32_t kLower = 3;
constexpr std::uint32_t kStop = 4;
constexpr std::uint32_t kScene = 6;
constexpr std::uint32_t kOccupancy = 8;

constexpr std::uint32_t kOccupied = 3;
constexpr std::uint32_t kUnoccupied = 4;
constexpr std::uint32_t kUnknown = 255;
/// What stands for "no scene": an answer only, for clients read numbers in everything that is told to all.
constexpr std::string_view kNoScene = "UNKNOWN";

constexpr std::uint32_t kOpenPreset = 0;
constexpr std::uint32_t kClosePreset = 30;

Movement movement_of(std::uint32_t action) {
  return action == kRaise ? Movement::raise : action == kLower ? Movement::lower : Movement::stop;
}

/// After a stop clients wait for where everything is; of what stood already the house says nothing.
void tell_those_that_stand(Call& call, const std::vector<ZoneId>& zones) {
  for (const ZoneId id : zones) {
    const Zone* const zone = call.project().find(id);
    if (zone == nullptr || zone->load == LoadType::climate || call.view().zone(id).fade.moving(call.now())) continue;
    call.told.emplace_back(Monitor::zone, output_line(id.value, call.view().level(id, call.now())));
  }
}

Fault recall_scene(Call& call, const Area& area) {
  const std::uint32_t order = call.values.whole(0);
  for (const SceneId id : area.scenes) {
    const Scene* const scene = call.project().find(id);
    if (scene != nullptr && scene->order == order) return call.submit(ActivateScene{id});
  }
  return order == 0 ? call.submit(SetArea{area.number, Level::off(), std::nullopt, {}}) : Fault::range;
}

Fault ask(Call& call, const Area& area) {
  switch (call.command.action) {
    case kLevel:
      for (const ZoneId id : area.zones) {
        const Zone* const zone = call.project().find(id);
        if (zone == nullptr || zone->load == LoadType::climate) continue;
        call.out += output_line(id.value, leap::shown_level(call.view(), id, call.now()));
      }
      return Fault::none;
    case kScene: {
      const Scene* const scene = call.project().find(call.view().scene(area.number));
      call.out += scene == nullptr ? line_of("AREA", call.id(), kScene, kNoScene)
                                   : line_of("AREA", call.id(), kScene, scene->order);
      return Fault::none;
    }
    default: call.out += line_of("AREA", call.id(), kOccupancy, occupancy_code(call.view(), area)); return Fault::none;
  }
}

Fault ask_shades(Call& call, const std::vector<ZoneId>& shades) {
  const Level level = shade_group_level(call.view(), shades, call.now());
  if (call.command.action == kLevel) {
    std::string text;
    append_level(text, level);
    call.out += line_of("SHADEGRP", call.id(), kLevel, text);
  } else if (level == Level::full() || level == Level::off()) {
    call.out += line_of("SHADEGRP", call.id(), kScene, level.is_on() ? kOpenPreset : kClosePreset);
  } else {
    call.out += line_of("SHADEGRP", call.id(), kScene, kNoScene);
  }
  return Fault::none;
}

template <class Make>
Fault for_each(Call& call, const std::vector<ZoneId>& zones, const Make& make) {
  for (const ZoneId zone : zones) {
    call.effects.stop(zone);
    if (const Fault fault = call.submit(make(zone)); fault != Fault::none) return fault;
  }
  return Fault::none;
}

}  // namespace

std::uint32_t occupancy_code(const View& view, const Area& area) {
  std::uint32_t code = kUnknown;
  for (const OccupancyGroup& group : view.project()->occupancy_groups) {
    if (group.area != area.number) continue;
    const Occupancy state = view.occupancy(group.number);
    if (state == Occupancy::occupied || state == Occupancy::partial) return kOccupied;
    if (state == Occupancy::unoccupied) code = kUnoccupied;
  }
  return code;
}

Level shade_group_level(const View& view, const std::vector<ZoneId>& shades, MonoTime now) {
  std::uint64_t sum = 0;
  for (const ZoneId id : shades) sum += leap::shown_level(view, id, now).raw();
  return shades.empty() ? Level::off() : Level::from_raw(static_cast<std::uint32_t>(sum / shades.size()));
}

Fault area(Call& call) {
  const Area& area = *call.project().find(AreaId{call.id()});
  if (call.is_query()) return ask(call, area);
  switch (call.command.action) {
    case kLevel:
      for (const ZoneId zone : area.zones) call.effects.stop(zone);
      return call.submit(
          SetArea{area.number, call.values.level(0), call.time(1), call.time(2).value_or(Duration::zero())});
    case kScene: return recall_scene(call, area);
    default: {
      const Fault fault = call.submit(MoveArea{area.number, movement_of(call.command.action)});
      if (fault == Fault::none && call.command.action == kStop) tell_those_that_stand(call, area.zones);
      return fault;
    }
  }
}

Fault group(Call& call) {
  call.out += line_of("GROUP", call.id(), 3, occupancy_code(call.view(), *call.project().find(AreaId{call.id()})));
  return Fault::none;
}

Fault shade_group(Call& call) {
  const std::vector<ZoneId> shades = shades_of(call.project(), call.id());
  if (call.is_query()) return ask_shades(call, shades);
  const auto go_to = [&](Level level, Duration delay) {
    return for_each(call, shades, [&](ZoneId zone) { return SetZone{zone, level, std::nullopt, delay}; });
  };
  switch (call.command.action) {
    case kLevel: return go_to(call.values.level(0), call.time(1).value_or(Duration::zero()));
    case kScene:
      if (call.values.whole(0) == kOpenPreset) return go_to(Level::full(), {});
      if (call.values.whole(0) == kClosePreset) return go_to(Level::off(), {});
      return Fault::range;
    default: {
      const Movement movement = movement_of(call.command.action);
      const Fault fault = for_each(call, shades, [&](ZoneId zone) { return MoveZone{zone, movement}; });
      if (fault == Fault::none && movement == Movement::stop) tell_those_that_stand(call, shades);
      return fault;
    }
  }
}

}  // namespace candela::lip
