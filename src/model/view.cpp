#include "model/view.h"

#include <utility>

#include "base/overloaded.h"

namespace candela {
namespace {

template <class Table, class Id, class Default>
const auto& look_up(const Table& table, Id id, const Default& otherwise) {
  const auto found = table.find(id);
  return found == table.end() ? otherwise : found->second;
}

/// Drops what the new project no longer has.
template <class Table>
void keep_known(Table& table, const Project& project) {
  std::erase_if(table, [&](const auto& entry) { return project.find(entry.first) == nullptr; });
}

}  // namespace

void View::apply(const Change& change) {
  std::visit(overloaded{
                 [&](const ZoneTargeted& it) {
                   zones_[it.zone] = {it.fade, change.cause, change.at.utc};
                 },
                 [&](const LedChanged& it) { leds_[it.led] = it.state; },
                 [&](const SceneChanged& it) { scenes_[it.area] = it.scene; },
                 [](const ButtonActed&) {},
                 [&](const PresenceChanged& it) {
                   devices_[it.device] = {it.present, true, it.fault, change.at.utc};
                 },
                 [&](const LinkChanged& it) { links_[it.link] = it.fault; },
                 [&](const ProjectActivated& it) {
                   project_ = it.project;
                   keep_known(zones_, *project_);
                   keep_known(leds_, *project_);
                   keep_known(scenes_, *project_);
                   keep_known(devices_, *project_);
                   keep_known(links_, *project_);
                 },
             },
             change.what);
}

const View::ZoneState& View::zone(ZoneId id) const {
  static const ZoneState unknown;
  return look_up(zones_, id, unknown);
}
LedState View::led(LedId id) const { return look_up(leds_, id, LedState::off); }
SceneId View::scene(AreaId id) const { return look_up(scenes_, id, SceneId{}); }
const View::DeviceState& View::device(DeviceId id) const {
  static const DeviceState unknown;
  return look_up(devices_, id, unknown);
}
LinkFault View::link(LinkId id) const { return look_up(links_, id, LinkFault::none); }

}  // namespace candela
