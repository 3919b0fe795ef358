#include <boost/json.hpp>

#include "model/words.h"
#include "servers/requests/house.h"
#include "servers/requests/request.h"

namespace candela::servers::requests {
namespace {

namespace json = boost::json;

json::array zones_of(const Asking& asking) {
  const Project& project = *asking.view.project();
  const MonoTime now = asking.clock.now().mono;
  json::array zones;
  for (const Zone& zone : project.zones) {
    const View::ZoneState& state = asking.view.zone(zone.number);
    json::object it{{"id", zone.id},
                    {"name", zone.name},
                    {"area", project.find(zone.area)->id},
                    {"number", zone.number.value},
                    {"level", state.fade.at(now).percent()},
                    {"target", state.fade.to.percent()},
                    {"fading", state.fade.moving(now)}};
    for (auto& [key, value] : zone_extras(zone, asking)) it[key] = value;
    zones.push_back(std::move(it));
  }
  return zones;
}

}  // namespace

Answer zones(const json::object&, const Asking& asking) { return json::value(zones_of(asking)); }

Answer health(const json::object&, const Asking& asking) {
  const Health health = asking.administration.health();
  return json::value{{"version", asking.identity.version},
                     {"serial", asking.identity.serial},
                     {"time", iso_text(asking.clock.now().utc)},
                     {"project",
                      {{"name", asking.view.project()->name},
                       {"version", health.project_version},
                       {"saved", iso_text(health.project_saved)}}},
                     {"clock_trusted", asking.view.house().clock_trusted},
                     {"warnings", json::array(health.warnings.begin(), health.warnings.end())}};
}

Answer status(const json::object&, const Asking& asking) {
  const Project& project = *asking.view.project();
  const Health health = asking.administration.health();
  json::object status{{"version", asking.identity.version},
                      {"serial", asking.identity.serial},
                      {"time", iso_text(asking.clock.now().utc)},
                      {"project", {{"name", project.name}, {"version", health.project_version}}},
                      {"warnings", json::array(health.warnings.begin(), health.warnings.end())},
                      {"links", *links({}, asking)},
                      {"areas", *areas({}, asking)},
                      {"zones", zones_of(asking)},
                      {"buttons", *buttons({}, asking)},
                      {"devices", *devices({}, asking)}};
  for (auto& [key, value] : house_status(asking)) status[key] = value;
  return json::value(std::move(status));
}

}  // namespace candela::servers::requests
