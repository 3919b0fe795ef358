#include <boost/json.hpp>

#include "model/words.h"
#include "servers/lip/components.h"
#include "servers/requests/house.h"

namespace candela::servers::requests {
namespace {

namespace json = boost::json;

template <class Id>
json::array ids(const Project& project, const std::vector<Id>& numbers) {
  json::array all;
  for (const Id number : numbers) {
    if (const auto* object = project.find(number)) all.emplace_back(object->id);
  }
  return all;
}

/// All, or the one that the request names.
template <class Object, class Describe>
Answer tell(const std::vector<Object>& objects, const char* kind, const json::object& request, Describe describe) {
  json::array all;
  if (const std::string id = text_of(request, kind); !id.empty()) {
    const auto object = look_up(objects, kind, id);
    if (!object) return object.error();
    all.push_back(describe(**object));
  } else {
    for (const Object& object : objects) all.push_back(describe(object));
  }
  return json::value(std::move(all));
}

/// Of what runs on a battery; the links tell no more of it.
json::value battery_of(const Device& device, const Project& project) {
  return lip::is_battery_powered(project, device) ? json::value("unknown") : json::value(nullptr);
}

json::object state_of(const Device& device, const Asking& asking) {
  const Project& project = *asking.view.project();
  const View::DeviceState& state = asking.view.device(device.number);
  const Link* link = project.find(device.link);
  const bool is_there = state.present || device.is_virtual();
  return {{"id", device.id},
          {"name", device.name},
          {"number", device.number.value},
          {"area", project.find(device.area)->id},
          {"family", device.family},
          {"link", link == nullptr ? json::value() : json::value(link->id)},
          {"address", device.address},
          {"presence", is_there       ? "present"
                       : !state.known ? "unknown"
                                      : "silent"},
          {"fault", word(state.fault)},
          {"battery", battery_of(device, project)},
          {"buttons", ids(project, device.buttons)}};
}

json::object state_of(const Area& area, const Asking& asking) {
  const Project& project = *asking.view.project();
  const Area* parent = project.find(area.parent);
  const Scene* scene = project.find(asking.view.scene(area.number));
  return {{"id", area.id},
          {"name", area.name},
          {"number", area.number.value},
          {"parent", parent == nullptr ? json::value(nullptr) : json::value(parent->id)},
          {"scene", scene == nullptr ? json::value(nullptr) : json::value(scene->id)},
          {"scenes", ids(project, area.scenes)},
          {"zones", ids(project, area.zones)},
          {"devices", ids(project, area.devices)}};
}

json::object state_of(const Button& button, const Asking& asking) {
  return {{"id", button.id},
          {"name", button.name},
          {"engraving", button.engraving},
          {"number", button.number.value},
          {"keypad", asking.view.project()->find(button.keypad)->id},
          {"led", word(asking.view.led(button.led))}};
}

}  // namespace

Answer areas(const json::object& request, const Asking& asking) {
  return tell(asking.view.project()->areas, "area", request, [&](const Area& it) { return state_of(it, asking); });
}

Answer devices(const json::object& request, const Asking& asking) {
  return tell(asking.view.project()->devices, "device", request,
              [&](const Device& it) { return state_of(it, asking); });
}

Answer buttons(const json::object& request, const Asking& asking) {
  return tell(asking.view.project()->buttons, "button", request,
              [&](const Button& it) { return state_of(it, asking); });
}

Answer links(const json::object& request, const Asking& asking) {
  return tell(asking.view.project()->links, "link", request, [&](const Link& it) {
    return json::object{{"id", it.id}, {"name", it.name}, {"fault", word(asking.view.link(it.number))}};
  });
}

}  // namespace candela::servers::requests
