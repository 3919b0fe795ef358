#include "rehearsal/changes.h"

#include "model/describe.h"

namespace candela::rehearsal {

bool is_noticed(const Change& change) {
  return std::holds_alternative<ZoneTargeted>(change.what) || std::holds_alternative<LedChanged>(change.what) ||
         std::holds_alternative<SceneChanged>(change.what) || std::holds_alternative<ZoneTilted>(change.what) ||
         std::holds_alternative<ZoneColoured>(change.what) || std::holds_alternative<VariableChanged>(change.what) ||
         std::holds_alternative<ModeChanged>(change.what) || std::holds_alternative<SequenceChanged>(change.what) ||
         std::holds_alternative<AwayChanged>(change.what) || std::holds_alternative<ClimateChanged>(change.what);
}

ZoneId zone_of(const Change& change) {
  if (const auto* it = std::get_if<ZoneTargeted>(&change.what)) return it->zone;
  if (const auto* it = std::get_if<ZoneTilted>(&change.what)) return it->zone;
  if (const auto* it = std::get_if<ZoneColoured>(&change.what)) return it->zone;
  if (const auto* it = std::get_if<ClimateChanged>(&change.what)) return it->zone;
  return {};
}

std::string because(const Cause& cause, const Project& project) {
  return describe(cause, project, [](ClientId) { return std::string("a client"); });
}

}  // namespace candela::rehearsal
