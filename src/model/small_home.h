#pragma once

#include "model/project.h"

namespace candela::testing {

/// A home for unit tests: a hall with a ceiling light and a keypad of two buttons, on one wired link.
inline Project small_home() {
  Project home;
  home.name = "Small Home";
  home.areas = {{.number = {2}, .id = "home", .name = "Small Home", .children = {{3}}},
                {.number = {3},
                 .id = "hall",
                 .name = "Hall",
                 .parent = {2},
                 .zones = {{4}, {5}},
                 .scenes = {{6}},
                 .devices = {{9}}}};
  home.zones = {{.number = {4}, .id = "hall-ceiling", .name = "Ceiling", .area = {3}, .output = DeviceOutput{{8}, 1}},
                {.number = {5}, .id = "hall-wall", .name = "Wall", .area = {3}, .output = DeviceOutput{{8}, 2}}};
  home.scenes = {{.number = {6},
                  .id = "hall.evening",
                  .name = "Evening",
                  .area = {3},
                  .order = 1,
                  .preset = {.zones = {{{4}, Level::from_percent(40), std::chrono::seconds(3)},
                                       {{5}, Level::from_percent(20), std::chrono::seconds(3)}}}}};
  home.links = {{.number = {7}, .id = "wired", .name = "Wired", .processor = {14}}};
  home.devices = {
      {.number = {8}, .id = "dimmer", .name = "Dimmer", .area = {3}, .link = {7}, .address = 1, .outputs = 2},
      {.number = {9},
       .station = {10},
       .button_group = {11},
       .id = "hall-keypad",
       .name = "Keypad",
       .area = {3},
       .link = {7},
       .address = 2,
       .buttons = {{12}}}};
  home.buttons = {{.number = {12},
                   .led = {13},
                   .id = "hall-keypad.1",
                   .keypad = {9},
                   .position = 1,
                   .engraving = "Evening",
                   .programming = Toggle{{.scenes = {{6}}}},
                   .led_logic = LedLogic::scene}};
  home.processors = {{.number = {14}, .id = "main", .name = "Processor", .model = "HQP7-1", .area = {3}}};
  home.build_index();
  return home;
}

}  // namespace candela::testing
