#pragma once

#include <string>

#include "model/project.h"

namespace candela::project {

// What a project says, in the words of its files and with the ids of what it names: for comparing, old beside new.

std::string percent_text(Level level);     ///< "40 %"
std::string duration_text(Duration time);  ///< "1.5 s", "10 m", "2 h"
std::string colour_text(const Colour& colour);
std::string time_text(const TimeOfDay& time);  ///< "18:05", "sunset + 10 m"
std::string schedule_text(const Schedule& schedule, const Project& project);
std::string condition_text(const Condition& condition, const Project& project);
std::string assignment_text(const Assignment& assignment);  ///< without the zone: "40 % over 3 s"
std::string preset_text(const Preset& preset, const Project& project);
std::string programming_text(const Button& button, const Project& project);
std::string output_text(const Output& output, const Project& project);

/// The id of an object; "nothing" when there is none.
template <class Id>
std::string id_text(Id number, const Project& project) {
  const auto* object = project.find(number);
  return object == nullptr ? std::string("nothing") : object->id;
}

/// "a, b, c" of whatever the list holds.
template <class List, class Text>
std::string list_text(const List& list, Text text) {
  std::string all;
  for (const auto& it : list) all += (all.empty() ? "" : ", ") + text(it);
  return all;
}

}  // namespace candela::project
