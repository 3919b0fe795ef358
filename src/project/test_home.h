#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "project/project_file.h"

namespace candela::project {

/// A small home with one of everything, for tests to change. It is read without a complaint.
inline constexpr std::string_view kTestHome = R"(candela: 1
project: {name: Test home}
location: {latitude: 59.33, longitude: 18.07, time_zone: Europe/Stockholm}
floor_plan: {width: 10, height: 8}
processors:
  - id: main
    model: HQP7-2
    area: hall
    links:
      - {id: wired, type: qs_wired, driver: simulated}
      - {id: radio, type: clear_connect_a, driver: simulated}
    gateways:
      - {id: dmx, name: Stage, type: sacn, universe: 7, priority: 120, destination: 127.0.0.1}
devices:
  - {id: dim, name: Dimmer, family: LQSE-4A-120-D, link: wired, area: hall, serial: 0x0A}
  - {id: relays, family: LQSE-4S8-120-D, link: wired, address: 7}
  - {id: remote, family: HRST-PRO-N-XX, link: radio}
areas:
  - id: hall
    name: Hall
    outline: [[0, 0], [5, 0], [5, 4.5]]
    zones:
      - {id: ceiling, name: Ceiling, trims: {low: 5, high: 95}, fade: 2s, output: {device: dim, output: 1}, at: [1, 2.5]}
      - {id: wall, name: Wall, output: {gateway: dmx, slot: 1, bits: 16}}
      - {id: lamp, name: Lamp, load: switched, output: {device: relays, output: 1}}
    scenes:
      - {id: "off", name: "Off", fade: 4s}
      - {id: evening, name: Evening, zones: {ceiling: 40, wall: {level: 20, fade: 3s, delay: 1s}}}
    keypads:
      - id: door
        name: Door
        family: HQWD-W6BRL
        link: wired
        at: [0.5, 0.5]
        buttons:
          - {position: 1, name: Evening, engraving: Evening, single_action: {scenes: [evening]}}
          - {position: 2, name: Lamp, led: room, toggle: {zones: {lamp: 100}, scenes: [nook.cosy], off_fade: 5s}}
          - {position: 3, name: Blinds}
          - {raise: [hall]}
          - {lower: [ceiling]}
    areas:
      - id: nook
        name: Nook
        zones:
          - {id: nook-lamp, name: Lamp, output: {device: remote}}
        scenes:
          - {id: cosy, name: Cosy, fade: 6s, zones: {nook-lamp: 30}}
)";

/// The text with the first `from` replaced by `to`.
inline std::string changed(std::string_view text, std::string_view from, std::string_view to) {
  std::string result(text);
  const std::size_t at = result.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? result : result.replace(at, from.size(), to);
}

inline Reading read_text(std::string text) {
  Numbering numbering;
  return read({{"home.yaml", std::move(text)}}, numbering);
}

/// All complaints, a line for each.
inline std::string texts(const Reading& reading) {
  std::string lines;
  for (const Complaint& complaint : reading.complaints) lines += complaint.text() + "\n";
  return lines;
}

}  // namespace candela::project
