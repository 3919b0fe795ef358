#pragma once

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <string_view>

#include "project/test_home.h"

namespace candela::project {

/// A home with a zone of each kind of load and something of everything that programs can name. The only complaints
/// about it are that its zones hang on nothing. BUTTON stands where tests write what button 1 does.
inline constexpr std::string_view kProgrammedHome = R"(candela: 1
project: {name: Programmed home}
location: {latitude: 59.33, longitude: 18.07, time_zone: Europe/Stockholm}
processors:
  - {id: main, model: HQP7-2, links: [{id: wired, type: qs_wired, driver: simulated}, {id: radio, type: clear_connect_a, driver: simulated}]}
devices:
  - {id: sensor, family: LRF2-OCR2B-P, link: radio}
variables:
  - {id: time-of-day, name: Time of day, states: [morning, day, night], initial: day, kept: false}
  - {id: guests, states: ["no", "yes"]}
modes:
  - {id: normal}
  - {id: vacation, name: Vacation}
sequences:
  - id: welcome
    name: Welcome
    steps:
      - {zones: {ceiling: 50}, wait: 2s}
      - {scenes: [hall.evening], actions: [{led: {door.3: flash}}]}
    rounds: 3
    started_again: ignore
    stops_on_command: true
    stops: pool
    at_stop: {zones: {ceiling: 0}}
  - id: pool
    rounds: forever
    steps:
      - {zones: {spot: {hue: 240}}, wait: 1s}
      - {zones: {spot: {kelvin: 3000}}, wait: 1s}
shared_scenes:
  - {id: party, name: Party, zones: {ceiling: 80, spot: 100}, actions: [{set: {time-of-day: night}}]}
timeclocks:
  - id: daily
    events:
      - {id: lights-out, at: "23:00", zones: {ceiling: 0}}
shows:
  - {id: daylight, zones: [white], course: [{at: sunrise, kelvin: 2700}, {at: sunset, kelvin: 2700}]}
facades:
  - {id: south, azimuth: 180, shades: [shade]}
areas:
  - id: hall
    name: Hall
    occupancy: {sensors: [sensor]}
    zones:
      - {id: ceiling, name: Ceiling, fade: 2s}
      - {id: lamp, name: Lamp, load: switched}
      - {id: fan, name: Fan, load: fan}
      - {id: blind, name: Blind, load: tilting_shade}
      - {id: shade, name: Shade, load: shade}
      - {id: gate, name: Gate, load: contact}
      - {id: white, name: White, load: white_tuning, kelvin: {warmest: 2200, coolest: 5000}}
      - {id: spot, name: Spot, load: spectrum}
      - {id: floor, name: Floor, load: climate}
    scenes:
      - {id: evening, name: Evening, zones: {ceiling: 40, lamp: on, shade: closed}}
    keypads:
      - id: door
        name: Door
        family: HQWD-W6BRL
        link: wired
        buttons:
          - {position: 1, BUTTON}
          - {position: 2, name: Evening, single_action: {scenes: [evening]}}
          - {position: 3, name: Blinds}
          - {raise: [hall]}
      - id: programs
        name: Programs
        kind: phantom
        buttons:
          - {position: 1, single_action: {zones: {ceiling: 10}}}
)";

inline std::string home_with_button(std::string_view button) { return changed(kProgrammedHome, "BUTTON", button); }

/// Complaints about more than zones without outputs.
inline std::string complaints_of(const Reading& reading) {
  std::string lines;
  for (const Complaint& complaint : reading.complaints) {
    if (complaint.rule != "unbound-zone") lines += complaint.text() + "\n";
  }
  return lines;
}

/// A home that is read without complaints about its programming.
class ProgrammedHome {
 public:
  explicit ProgrammedHome(std::string_view button = "toggle: {zones: {lamp: on}}")
      : reading_(read_text(home_with_button(button))) {
    EXPECT_EQ(complaints_of(reading_), "") << button;
    if (!reading_.project) throw std::runtime_error("the home cannot be read");
  }

  const Project& project() const { return *reading_.project; }
  /// The button that the test has written.
  const Button& button() const { return *project().find_button("door.1"); }
  const Zone& zone(std::string_view id) const { return *project().find_zone(id); }

 private:
  Reading reading_;
};

}  // namespace candela::project
