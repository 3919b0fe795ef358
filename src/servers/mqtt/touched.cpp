#include "servers/mqtt/touched.h"

#include <algorithm>

#include "base/overloaded.h"

namespace candela::servers::mqtt {
namespace {

/// A shade that moves may be where its facade wants it, or no longer.
void note_facades(ZoneId shade, const Project& project, std::set<Object>& touched) {
  for (const Facade& facade : project.facades) {
    if (std::find(facade.shades.begin(), facade.shades.end(), shade) != facade.shades.end()) {
      touched.insert({Kind::facade, facade.number.value});
    }
  }
}

}  // namespace

void note(const Change& change, const Project& project, std::set<Object>& touched) {
  const auto add = [&](Kind kind, auto id) { touched.insert({kind, id.value}); };
  const auto add_house = [&] { touched.insert(Object{}); };
  std::visit(overloaded{
                 [&](const ZoneTargeted& it) {
                   add(Kind::zone, it.zone);
                   note_facades(it.zone, project, touched);
                 },
                 [&](const ZoneTilted& it) { add(Kind::zone, it.zone); },
                 [&](const ZoneColoured& it) { add(Kind::zone, it.zone); },
                 [&](const ClimateChanged& it) { add(Kind::zone, it.zone); },
                 [&](const LedChanged& it) {
                   if (const Button* const button = project.find(it.led)) add(Kind::button, button->number);
                 },
                 [&](const ButtonActed& it) {
                   const Button* const button = project.find(it.button);
                   if (button != nullptr && button->contact) add(Kind::button, it.button);
                 },
                 [&](const SceneChanged& it) { add(Kind::area, it.area); },
                 [&](const PresenceChanged& it) { add(Kind::device, it.device); },
                 [&](const SensorEnabled& it) { add(Kind::device, it.sensor); },
                 [&](const LinkChanged& it) { add(Kind::link, it.link); },
                 [&](const VariableChanged& it) { add(Kind::variable, it.variable); },
                 [&](const SequenceChanged& it) { add(Kind::sequence, it.sequence); },
                 [&](const ShowChanged& it) { add(Kind::show, it.show); },
                 [&](const TimeclockEnabled& it) { add(Kind::timeclock, it.timeclock); },
                 [&](const TimeclockEventEnabled& it) { add(Kind::timeclock_event, it.event); },
                 [&](const OccupancyChanged& it) { add(Kind::occupancy, it.group); },
                 [&](const OccupancyModeChanged& it) { add(Kind::occupancy, it.group); },
                 [&](const FacadeChanged& it) { add(Kind::facade, it.facade); },
                 [&](const FacadeMoved& it) { add(Kind::facade, it.facade); },
                 [&](const ModeChanged&) { add_house(); },
                 [&](const NightChanged&) { add_house(); },
                 [&](const AwayChanged&) { add_house(); },
                 [&](const EmergencyChanged&) { add_house(); },
                 [&](const LoadShed&) { add_house(); },
                 [&](const ClockChanged&) { add_house(); },
                 [](const auto&) {},
             },
             change.what);
}

}  // namespace candela::servers::mqtt
