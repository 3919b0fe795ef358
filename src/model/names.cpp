#include "model/names.h"

#include <array>
#include <charconv>
#include <cmath>

namespace candela {
namespace {

/// "Kitchen Island" for the zone Island of the area Kitchen; the number when the project no longer has the object.
template <class Object>
std::string in_its_area(const Object* object, std::uint32_t object_number, const char* kind, const Project& project) {
  if (object == nullptr) return std::string("deleted ") + kind + " " + std::to_string(object_number);
  const Area* area = project.find(object->area);
  // People often name a room's only keypad after the room.
  if (area == nullptr || !area->parent || object->name.starts_with(area->name)) return object->name;
  return area->name + " " + object->name;
}

}  // namespace

std::string number(double value) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.begin(), digits.end(), value);
  return std::string(digits.begin(), end.ptr);
}

std::string seconds(Duration duration) { return number(std::round(to_seconds(duration) * 100) / 100) + " s"; }

std::string name_of(ZoneId id, const Project& project) {
  return in_its_area(project.find(id), id.value, "zone", project);
}
std::string name_of(SceneId id, const Project& project) {
  return in_its_area(project.find(id), id.value, "scene", project);
}
std::string name_of(DeviceId id, const Project& project) {
  return in_its_area(project.find(id), id.value, "device", project);
}
std::string name_of(AreaId id, const Project& project) {
  const Area* area = project.find(id);
  return area == nullptr ? "deleted area " + std::to_string(id.value) : area->name;
}
std::string name_of(LinkId id, const Project& project) {
  const Link* link = project.find(id);
  return link == nullptr ? "deleted link " + std::to_string(id.value) : link->name;
}
std::string name_of(const Button* button, std::uint32_t object_number, const Project& project) {
  if (button == nullptr) return "deleted button " + std::to_string(object_number);
  std::string text = "button " + std::to_string(button->position);
  if (!button->engraving.empty()) text += " (" + button->engraving + ")";
  return text + " of " + name_of(button->keypad, project);
}

}  // namespace candela
