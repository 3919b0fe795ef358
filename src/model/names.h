#pragma once

#include <string>

#include "model/project.h"

namespace candela {

// How objects are called in sentences for people. What the project no longer has is called by its number.
std::string name_of(ZoneId id, const Project& project);  ///< "Kitchen Island": the zone Island of the area Kitchen
std::string name_of(SceneId id, const Project& project);
std::string name_of(DeviceId id, const Project& project);
std::string name_of(AreaId id, const Project& project);
std::string name_of(LinkId id, const Project& project);
/// "button 2 (Evening) of Hall Keypad"
std::string name_of(const Button* button, std::uint32_t object_number, const Project& project);

/// The name of an object that stands in no area.
template <class Id>
std::string plain_name(Id id, const char* kind, const Project& project) {
  const auto* object = project.find(id);
  return object == nullptr ? std::string("deleted ") + kind + " " + std::to_string(id.value) : object->name;
}

std::string number(double value);        ///< as people write it: "2.5", "40"
std::string seconds(Duration duration);  ///< "2.5 s"

}  // namespace candela
