#include "apps/candela/house_commands.h"

#include <utility>

#include "apps/candela/asking.h"
#include "apps/candela/house_text.h"

namespace candela::apps {
namespace {

namespace json = boost::json;

const auto kOnOff = CLI::IsMember({"on", "off"});
const auto kRuns = CLI::IsMember({"start", "stop", "toggle"});

void put(json::object& request, const char* key, const std::string& value) {
  if (!value.empty()) request[key] = value;
}
void put(json::object& request, const char* key, const std::optional<double>& value) {
  if (value) request[key] = *value;
}

}  // namespace

void HouseCommands::add_to(CLI::App& app, const Setting& setting, Choose choose) {
  app_ = &app;
  setting_ = &setting;
  choose_ = std::move(choose);
  add_program_commands();
  add_schedule_commands();
  add_people_commands();
  add_house_switches();
  add_equipment_commands();
}

CLI::App* HouseCommands::add(const char* name, const char* description, std::function<json::object()> request,
                             Show show) {
  CLI::App* sub = app_->add_subcommand(name, description);
  sub->fallthrough();
  sub->callback([this, request = std::move(request), show] {
    choose_([this, request, show] {
      const auto told = [show](const json::value& result) {
        if (show != nullptr && !result.is_null()) show(result);
      };
      return ask(*setting_, request(), told);
    });
  });
  return sub;
}

void HouseCommands::add_program_commands() {
  const auto named = [this](const char* command, const char* name, const char* word) {
    return [=, this] {
      json::object request{{"command", command}};
      put(request, name, name_);
      put(request, word, word_);
      return request;
    };
  };
  add("mode", "Show the modes of the house, or set the one that holds", named("mode", "mode", ""), show_modes)
      ->add_option("MODE", name_, "Id of the mode");

  CLI::App* variable =
      add("variable", "Show variables, or set one", named("variable", "variable", "state"), show_variables);
  variable->add_option("NAME", name_, "Id of the variable");
  variable->add_option("STATE", word_, "One of its states");

  CLI::App* sequence =
      add("sequence", "Show sequences, start or stop one", named("sequence", "sequence", "control"), show_running);
  sequence->add_option("NAME", name_, "Id of the sequence");
  sequence->add_option("WHAT", word_, "start, stop or toggle")->check(kRuns);

  CLI::App* show =
      add("show", "Show the natural shows, start or stop one", named("show", "show", "control"), show_running);
  show->add_option("NAME", name_, "Id of the show");
  show->add_option("WHAT", word_, "start, stop or toggle")->check(kRuns);

  CLI::App* scene = add(
      "scene", "Show scenes, recall one, or save it as its lights are now",
      [this] {
        json::object request{{"command", "scene"}, {"save", save_}};
        put(request, "scene", name_);
        return request;
      },
      show_scenes);
  scene->add_option("SCENE", name_, "Id of the scene, such as hall.evening");
  scene->add_flag("--save", save_, "Save instead: from now on it is what its lights are now");
}

void HouseCommands::add_schedule_commands() {
  const auto on_one = [this](const char* command) {
    return [this, command] {
      json::object request{{"command", command}, {"do", word_.empty() ? "list" : word_}};
      put(request, "id", name_);
      return request;
    };
  };
  CLI::App* timeclock = add("timeclock", "Show what comes when, enable or disable it, or run an event now",
                            on_one("timeclock"), show_timeclocks);
  timeclock->add_option("WHAT", word_, "list, enable, disable or run")
      ->check(CLI::IsMember({"list", "enable", "disable", "run"}));
  timeclock->add_option("ID", name_, "Id of the event; a whole timeclock can be enabled and disabled too");

  CLI::App* facade = add("facade", "Show where shades that follow the sun shall be; let them, or not, or again",
                         on_one("facade"), show_facades);
  facade->add_option("WHAT", word_, "list, enable, disable or resume: take back the shades that somebody moved")
      ->check(CLI::IsMember({"list", "enable", "disable", "resume"}));
  facade->add_option("ID", name_, "Id of the facade");
}

void HouseCommands::add_people_commands() {
  CLI::App* occupancy = add(
      "occupancy", "Show where somebody is, or how a group's sensors act",
      [this] {
        json::object request{{"command", "occupancy"}};
        put(request, "group", name_);
        put(request, "mode", word_);
        return request;
      },
      show_occupancy);
  occupancy->add_option("GROUP", name_, "Id of the group");
  occupancy->add_option("MODE", word_, "automatic, vacancy, automatic_low_light or disabled");

  CLI::App* sensor = add(
      "sensor", "Show sensors, or switch one on or off",
      [this] {
        json::object request{{"command", "sensor"}};
        put(request, "sensor", name_);
        if (!word_.empty()) request["on"] = word_ == "on";
        return request;
      },
      show_sensors);
  sensor->add_option("DEVICE", name_, "Id of the sensor");
  sensor->add_option("STATE", word_, "on or off")->check(kOnOff);
}

void HouseCommands::add_house_switches() {
  const auto request = [this](const char* key) {
    return [this, key] {
      json::object asked{{"command", "house"}};
      if (!word_.empty()) asked[key] = word_ == "on";
      return asked;
    };
  };
  add("away", "Show whether the house plays at being lived in, or let it begin or end", request("away"), show_switches)
      ->add_option("STATE", word_, "on or off")
      ->check(kOnOff);
  add("emergency", "Show the emergency, or let it begin or end", request("emergency"), show_switches)
      ->add_option("STATE", word_, "on or off")
      ->check(kOnOff);
  add(
      "shed", "Show how much load is shed, or set it",
      [this] {
        json::object asked{{"command", "house"}};
        put(asked, "shed", percent_);
        return asked;
      },
      show_switches)
      ->add_option("PERCENT", percent_, "Share of their level that zones give up; 0 = none")
      ->check(CLI::Range(0.0, 100.0));
}

json::object HouseCommands::colour_request() const {
  json::object request{{"command", "colour"}};
  put(request, "zone", name_);
  put(request, "kelvin", kelvin_);
  if (xy_.size() == 2) {
    request["x"] = xy_[0];
    request["y"] = xy_[1];
  }
  put(request, "hue", hue_);
  put(request, "saturation", saturation_);
  if (warm_dim_) request["warm_dim"] = true;
  put(request, "fade", fade_);
  return request;
}

void HouseCommands::add_equipment_commands() {
  CLI::App* tilt = add(
      "tilt", "Show how slats are tilted, or tilt some",
      [this] {
        json::object request{{"command", "tilt"}};
        put(request, "zone", name_);
        put(request, "level", level_);
        put(request, "fade", fade_);
        return request;
      },
      show_tilts);
  tilt->add_option("ZONE", name_, "Id of the zone");
  tilt->add_option("LEVEL", level_, "Percent of their travel, 0 to 100")->check(CLI::Range(0.0, 100.0));
  tilt->add_option("--fade", fade_, "Seconds")->type_name("S")->check(CLI::NonNegativeNumber);

  CLI::App* colour = add(
      "colour", "Show the colours of lamps, or set one", [this] { return colour_request(); }, show_colours);
  colour->alias("color");
  colour->add_option("ZONE", name_, "Id of the zone");
  colour->add_option("--kelvin", kelvin_, "White, 1000 (warm) to 15000 (cool)")->type_name("K");
  colour->add_option("--xy", xy_, "CIE 1931 x and y, 0 to 1")->type_name("X Y")->expected(2);
  colour->add_option("--hue", hue_, "Degrees, 0 (red) to 360")->type_name("H");
  colour->add_option("--saturation", saturation_, "Percent, 0 (white) to 100")->type_name("S");
  colour->add_flag("--warm-dim", warm_dim_, "The white that goes by the level, warmer the dimmer");
  colour->add_option("--fade", fade_, "Seconds")->type_name("S")->check(CLI::NonNegativeNumber);

  CLI::App* climate = add(
      "climate", "Show thermostats, or set one",
      [this] {
        json::object request{{"command", "climate"}};
        put(request, "zone", name_);
        put(request, "mode", word_);
        put(request, "heat", heat_);
        put(request, "cool", cool_);
        return request;
      },
      show_climates);
  climate->add_option("ZONE", name_, "Id of the zone");
  climate->add_option("--mode", word_, "off, heat, cool or automatic")->type_name("M");
  climate->add_option("--heat", heat_, "Degrees Celsius to heat to")->type_name("T");
  climate->add_option("--cool", cool_, "Degrees Celsius to cool to")->type_name("T");
}

}  // namespace candela::apps
