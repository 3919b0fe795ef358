#pragma once

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "apps/candela/commands.h"

namespace candela::apps {

/// The commands about programs, people and the whole house: mode, variable, sequence, show, scene, timeclock, facade,
/// occupancy, sensor, away, emergency, shed, tilt, colour, climate. Without a name each lists what there is.
class HouseCommands {
 public:
  /// What a command does once the line is read.
  using Choose = std::function<void(std::function<int()>)>;

  /// REQUIRES: all of them outlive the run.
  void add_to(CLI::App& app, const Setting& setting, Choose choose);

 private:
  using Show = void (*)(const boost::json::value&);

  CLI::App* add(const char* name, const char* description, std::function<boost::json::object()> request,
                Show show = nullptr);
  void add_program_commands();
  void add_schedule_commands();
  void add_people_commands();
  void add_house_switches();
  void add_equipment_commands();
  boost::json::object colour_request() const;

  CLI::App* app_ = nullptr;
  const Setting* setting_ = nullptr;
  Choose choose_;
  std::string name_;
  std::string word_;  ///< what shall be done to it
  bool save_ = false;
  std::vector<double> xy_;
  std::optional<double> level_, fade_, kelvin_, hue_, saturation_, heat_, cool_, percent_;
  bool warm_dim_ = false;
};

}  // namespace candela::apps
