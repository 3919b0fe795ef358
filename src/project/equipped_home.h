#pragma once

#include <string_view>

namespace candela::project {

/// A home with every kind of load and of equipment, and with what runs by itself. It is read without a complaint.
inline constexpr std::string_view kEquippedHome = R"(candela: 1
project: {name: Equipped home}
location: {latitude: 59.33, longitude: 18.07, time_zone: Europe/Stockholm}
processors:
  - id: main
    model: HQP7-2
    links:
      - {id: wired, type: qs_wired, driver: simulated}
      - {id: radio, type: clear_connect_a, driver: simulated}
    gateways:
      - {id: dmx, type: sacn, universe: 7, destination: 127.0.0.1}
devices:
  - {id: dim, family: LQSE-4A-120-D, link: wired}
  - {id: drive, family: QS Shade, link: wired}
  - {id: venetian, family: QS Venetian, link: wired}
  - {id: fan-control, family: HQRD-2ANF, link: radio}
  - {id: thermostat, family: HQWT-T-HW, link: wired}
  - id: io
    family: QSE-IO
    link: wired
    inputs:
      - {position: 1, name: Bell, single_action: {zones: {lamp: 100}}}
      - {position: 2, name: Wall}
      - {position: 3, name: Mat, dual_action: {press: {zones: {lamp: 50}}, release: {zones: {lamp: 0}}}}
  - id: wall-dimmer
    family: HRST-PRO-N-XX
    link: radio
    buttons:
      - {position: 1, name: Paddle, led: local_load, toggle: {zones: {stairs: 100}}}
  - {id: eye, family: LRF2-OCR2B-P, link: radio}
  - {id: sky, family: LRF2-DCRB, link: radio}
areas:
  - id: floor
    name: Ground floor
    occupancy: {mode: vacancy}
    areas:
      - id: room
        name: Room
        occupancy:
          mode: automatic_low_light
          timeout: 10m
          dark_below: 50
          sensors: [eye, sky]
          contacts: [io.3]
          parent: floor
          occupied: {from: sunset-1h, to: "23:30", modes: [normal], scenes: [cosy]}
          unoccupied: {scenes: ["off"]}
        zones:
          - {id: lamp, name: Lamp, curve: square, minimum_on: 5s, emergency: 80, sheds: true, after_power_failure: full, output: {device: dim, output: 1}, also: [{device: dim, output: 2}]}
          - {id: strip, name: Strip, curve: [[10, 2], [50, 30]], output: {device: dim, output: 3}}
          - {id: shade, name: Shade, load: shade, travel: 20s, output: {device: drive}}
          - {id: blind, name: Blind, load: tilting_shade, travel: 40s, tilt_travel: 2s, output: {device: venetian}}
          - {id: fan, name: Fan, load: fan, output: {device: fan-control}}
          - {id: floor-heating, name: Heating, load: climate, output: {device: thermostat}}
          - {id: bell, name: Bell, load: pulsed_contact, pulse: 250ms, output: {device: io, output: 1}}
          - {id: gate, name: Gate, load: contact, output: {device: io, output: 2}}
          - {id: white, name: White, load: white_tuning, kelvin: {warmest: 2200, coolest: 5000}, output: {gateway: dmx, slot: 1, bits: 16}}
          - {id: colour, name: Colour, load: spectrum, output: {gateway: dmx, slot: 10, channels: rgbw}}
          - {id: candle, name: Candle, load: warm_dim, warm_dim: [[1, 1800], [50, 2400], [100, 3000]], output: {gateway: dmx, slot: 20}}
        scenes:
          - {id: cosy, name: Cosy, zones: {lamp: 30}}
        keypads:
          - id: app
            name: App
            kind: homeowner
            buttons: [{position: 1, name: Evening, single_action: {scenes: [cosy]}}]
          - id: ghost
            name: Ghost
            kind: phantom
            buttons: [{position: 16, name: Cosy, single_action: {scenes: [cosy]}}]
          - id: hybrid
            name: Hybrid
            family: HRST-HN4B-XX
            link: radio
            buttons: [{position: 1, name: Stairs, led: local_load, toggle: {zones: {stairs: 80}}}]
          - id: door
            name: Door
            family: HQWD-W6BRL
            link: wired
            inputs: [{position: 25, name: Bell push, single_action: {zones: {bell: 100}}}]
      - id: hallway
        name: Hallway
        occupancy: {contacts: [io.1], occupied: {zones: {stairs: 60}}, unoccupied: {zones: {stairs: 0}}}
        zones:
          - {id: stairs, name: Stairs, output: {device: wall-dimmer}}
          - {id: stairs-top, name: Stairs above, output: {device: hybrid}}
modes:
  - {id: normal, name: Normal}
  - {id: vacation, name: Vacation}
holidays:
  - {id: public, name: Public holidays, dates: [2027-06-07], annual: [01-01, 12-24], rules: [FREQ=YEARLY;BYMONTH=11;BYDAY=1SA], easter: [-2, 1]}
timeclocks:
  - id: house
    name: House
    events:
      - {id: morning, name: Morning, on: {weekdays: [mon-fri], except_holidays: [public], except: [2026-12-31], except_annual: [06-06]}, at: "06:30", zones: {lamp: 40}}
      - {id: porch, name: Porch, at: sunset-0:15, modes: [normal], missed: run, scenes: [room.cosy]}
      - {id: party, on: {dates: [2026-12-31], annual: [07-04], holidays: [public]}, at: dusk, enabled: false, zones: {lamp: 100}}
      - {id: second, on: {rule: FREQ=WEEKLY;INTERVAL=2;BYDAY=SA, from: 2026-01-03, until: 2026-12-31}, at: "10:00", zones: {gate: on}}
  - {id: garden, enabled: false}
day_night: {day: sunrise+0:30, night: dusk}
partitions:
  - {id: folding-wall, name: Folding wall, areas: [room, hallway], contact: io.2}
away: {method: random, zones: [room, stairs], from: dusk, to: "22:45", seed: 7, mode: vacation}
shows:
  - id: daylight
    name: Daylight
    zones: [white, lamp]
    course: [{at: sunrise, kelvin: 2200, level: 20}, {at: "12:00", kelvin: 5000, level: 100}, {at: sunset, kelvin: 2700}]
facades:
  - {id: south, name: South, azimuth: 190, shades: [shade, blind], head: 2.3, sill: 0.2, surface: 0.7, depth: 1.2, lowest_elevation: 5, open: 90, most_moves: 6, apart: 45m, enabled: false}
settings: {hold_time: 700ms, tap_time: 400ms, full_ramp: 4s, runs_on_untrusted_time: true}
)";

}  // namespace candela::project
