#include <algorithm>
#include <array>

#include "protocols/lip/command.h"

namespace candela::lip {
namespace {

using F = Field;
using V = Verb;

constexpr std::array<F, kFields> kNothing{};
constexpr std::array<F, kFields> kLevelFadeDelay{F::level, F::time, F::time};

constexpr std::array kActions{
    Action{V::output, '#', 1, 1, kLevelFadeDelay, "level[,fade[,delay]]: goes to a level"},
    Action{V::output, '?', 1, 0, kNothing, "its level"},
    Action{V::output, '#', 2, 0, kNothing, "raises until stopped"},
    Action{V::output, '#', 3, 0, kNothing, "lowers until stopped"},
    Action{V::output, '#', 4, 0, kNothing, "stops where it is"},
    Action{V::output, '#', 5, 0, {F::time, F::time}, "[fade[,delay]]: flashes until a level is set"},
    Action{V::output, '#', 6, 0, {F::time, F::time}, "[time[,delay]]: on for that time"},
    Action{V::output, '#', 9, 1, kLevelFadeDelay, "tilt[,fade[,delay]]: slats go to a tilt"},
    Action{V::output, '?', 9, 0, kNothing, "the tilt of its slats"},
    Action{V::output, '#', 10, 2, {F::level, F::level, F::time, F::time}, "lift,tilt[,fade[,delay]]: both"},
    Action{V::output, '?', 10, 0, kNothing, "lift and tilt"},
    Action{V::output, '#', 11, 0, kNothing, "raises the slats until stopped"},
    Action{V::output, '#', 12, 0, kNothing, "lowers the slats until stopped"},
    Action{V::output, '#', 13, 0, kNothing, "stops the slats"},
    Action{V::output, '#', 14, 0, kNothing, "raises until stopped"},
    Action{V::output, '#', 15, 0, kNothing, "lowers until stopped"},
    Action{V::output, '#', 16, 0, kNothing, "stops where it is"},

    Action{V::device, '#', 3, 0, kNothing, "presses a button"},
    Action{V::device, '#', 4, 0, kNothing, "releases a button"},
    Action{V::device, '#', 5, 0, kNothing, "holds a button"},
    Action{V::device, '#', 6, 0, kNothing, "taps a button twice"},
    Action{V::device, '#', 9, 1, {F::led}, "state: sets an LED: 0 off, 1 on, 2 flash, 3 rapid flash"},
    Action{V::device, '?', 9, 0, kNothing, "the state of an LED"},
    Action{V::device, '?', 22, 0, kNothing, "how its power is: 1,power,battery,0"},
    Action{V::device, '#', 32, 0, kNothing, "releases a button that was held"},
    Action{V::device, '?', 35, 0, kNothing, "whether a contact input is closed (3) or open (4)"},

    Action{V::area, '#', 1, 1, kLevelFadeDelay, "level[,fade[,delay]]: all its lights"},
    Action{V::area, '?', 1, 0, kNothing, "the level of each of its outputs"},
    Action{V::area, '#', 2, 0, kNothing, "raises its lights until stopped"},
    Action{V::area, '#', 3, 0, kNothing, "lowers its lights until stopped"},
    Action{V::area, '#', 4, 0, kNothing, "stops its lights"},
    Action{V::area, '#', 6, 1, {F::scene}, "scene: recalls a scene, 0 is off"},
    Action{V::area, '?', 6, 0, kNothing, "its scene"},
    Action{V::area, '?', 8, 0, kNothing, "3 occupied, 4 unoccupied, 255 unknown"},

    Action{V::group, '?', 3, 0, kNothing, "3 occupied, 4 unoccupied, 255 unknown"},

    Action{V::shade_group, '#', 1, 1, {F::level, F::time}, "level[,delay]: all its shades"},
    Action{V::shade_group, '?', 1, 0, kNothing, "their level"},
    Action{V::shade_group, '#', 2, 0, kNothing, "raises them until stopped"},
    Action{V::shade_group, '#', 3, 0, kNothing, "lowers them until stopped"},
    Action{V::shade_group, '#', 4, 0, kNothing, "stops them"},
    Action{V::shade_group, '#', 6, 1, {F::shade_scene}, "preset: 0 opens, 30 closes"},
    Action{V::shade_group, '?', 6, 0, kNothing, "their preset"},

    Action{V::climate, '?', 1, 0, kNothing, "temperature, degrees Fahrenheit"},
    Action{V::climate, '#', 2, 2, {F::fahrenheit, F::fahrenheit}, "heat,cool: set points, degrees Fahrenheit"},
    Action{V::climate, '?', 2, 0, kNothing, "set points, degrees Fahrenheit"},
    Action{V::climate, '#', 3, 1, {F::index}, "mode: 1 off, 2 heat, 3 cool, 4 auto"},
    Action{V::climate, '?', 3, 0, kNothing, "mode"},
    Action{V::climate, '?', 8, 0, kNothing, "whether its sensors are there"},
    Action{V::climate, '?', 14, 0, kNothing, "what it does: 0 and 5 idle, 1 heats, 6 cools, 8 off"},
    Action{V::climate, '?', 15, 0, kNothing, "temperature, degrees Celsius"},
    Action{V::climate, '#', 16, 2, {F::celsius, F::celsius}, "heat,cool: set points, degrees Celsius"},
    Action{V::climate, '?', 16, 0, kNothing, "set points, degrees Celsius"},

    Action{V::timeclock, '#', 1, 1, {F::index}, "mode: the mode of the house"},
    Action{V::timeclock, '?', 1, 0, kNothing, "the mode of the house"},
    Action{V::timeclock, '?', 2, 0, kNothing, "sunrise, HH:MM"},
    Action{V::timeclock, '?', 3, 0, kNothing, "sunset, HH:MM"},
    Action{V::timeclock, '#', 5, 1, {F::index}, "event: runs it now"},
    Action{V::timeclock, '#', 6, 2, {F::index, F::on_off}, "event,1 enable or 2 disable"},

    Action{V::variable, '#', 1, 1, {F::index}, "state: sets the variable"},
    Action{V::variable, '?', 1, 0, kNothing, "its state"},

    Action{V::mode, '#', 1, 1, {F::index}, "step: the mode of the house"},
    Action{V::mode, '?', 1, 0, kNothing, "the mode of the house"},

    Action{V::system, '?', 1, 0, kNothing, "time, HH:MM:SS"},
    Action{V::system, '?', 2, 0, kNothing, "date, MM/DD/YYYY"},
    Action{V::system, '?', 4, 0, kNothing, "latitude,longitude"},
    Action{V::system, '?', 5, 0, kNothing, "offset from UTC"},
    Action{V::system, '?', 6, 0, kNothing, "sunset, HH:MM:SS"},
    Action{V::system, '?', 7, 0, kNothing, "sunrise, HH:MM:SS"},
    Action{V::system, '?', 8, 0, kNothing, "the program's version"},
    Action{V::system, '?', 10, 0, kNothing, "when the project was saved"},

    Action{V::monitoring, '#', 0, 2, {F::type, F::on_off}, "type,1 enable or 2 disable: what is reported"},
    Action{V::monitoring, '?', 0, 1, {F::type}, "type: whether it is reported"},

    Action{V::integration_id, '?', 0, 0, kNothing, "all of them"},
    Action{V::integration_id, '?', 1, 1, {F::serial}, "serial: the id of a device"},
    Action{V::integration_id, '?', 3, 1, {F::index}, "id: what it stands for"},

    Action{V::ethernet, '?', 0, 0, kNothing, "IP address"},

    Action{V::help, '?', 0, 0, {F::text, F::text}, "[#verb[,action]]: this"},
};

constexpr std::array<std::string_view, 15> kWords{
    "OUTPUT", "DEVICE", "AREA",       "GROUP",         "SHADEGRP", "HVAC",  "TIMECLOCK", "SYSVAR",
    "MODE",   "SYSTEM", "MONITORING", "INTEGRATIONID", "ETHERNET", "RESET", "HELP",
};

}  // namespace

std::size_t Action::most() const {
  return static_cast<std::size_t>(std::find(fields.begin(), fields.end(), Field::none) - fields.begin());
}

std::span<const Action> actions() { return kActions; }

std::string_view word(Verb verb) { return kWords[static_cast<std::size_t>(verb)]; }

}  // namespace candela::lip
