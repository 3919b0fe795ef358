// Each rule about loads, equipment and what runs by itself: one change to a good project, and the complaint it brings.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "project/equipped_home.h"
#include "project/rule_case.h"

namespace candela::project {
namespace {

// clang-format off
const Case kCases[] = {
    // Loads and outputs
    {"unknown-word", "load: fan", "load: fann", "fann", "did you mean 'fan'?"},
    {"output-load", "load: fan, ", "load: shade, ", "{device: fan-control}", "drives fan, and zone 'fan' is shade"},
    {"output-load", "load: tilting_shade, travel: 40s, tilt_travel: 2s, output: {device: venetian}",
     "load: tilting_shade, output: {device: dim, output: 4}", "4}}", "drives dimmed or switched, and zone 'blind' is tilting_shade"},
    {"output-load", "load: contact, output: {device: io, output: 2}", "load: contact, output: {gateway: dmx, slot: 90}", "{gateway: dmx, slot: 90}", "DMX drives lights"},
    {"output-load", "{device: thermostat}}", "{device: thermostat}}\n          - {id: hot, name: Hot, output: {device: thermostat}}", "{device: thermostat}}\n          - {id: bell", "drives climate"},
    {"output-channels", "channels: rgbw", "channels: warm_cool", "warm_cool}}", "warm_cool channels do not suit 'colour', whose load is spectrum"},
    {"output-channels", "slot: 20}", "slot: 20, channels: intensity}", "intensity", "whose load is warm_dim"},
    {"output-range", "slot: 10, channels: rgbw", "slot: 510, channels: rgbw", "510", "choose 1 to 509"},
    {"output-range", "slot: 1, bits: 16", "slot: 510, bits: 16", "510", "takes 4 slots"},
    {"output-form", "output: {device: dim, output: 1}, also", "also", "{device: dim, output: 2}", "has 'also' and no 'output'"},
    {"output-taken", "also: [{device: dim, output: 2}]", "also: [{device: dim, output: 1}]", "[{device: dim, output: 1}]", "lights both 'lamp' and 'lamp'"},
    {"output-taken", "curve: [[10, 2], [50, 30]], output: {device: dim, output: 3}", "output: {device: dim, output: 2}", "{device: dim, output: 2}}\n          - {id: shade", "lights both 'lamp' and 'strip'"},
    {"slot-taken", "slot: 10, channels: rgbw", "slot: 4, channels: rgbw", "{gateway: dmx, slot: 4", "slot 4 of 'dmx' belongs to both 'white' and 'colour'"},
    {"slot-taken", "slot: 20}", "slot: 13}", "{gateway: dmx, slot: 13", "slot 13 of 'dmx' belongs to both 'colour' and 'candle'"},
    {"unlike-outputs", "also: [{device: dim, output: 2}]", "also: [{gateway: dmx, slot: 100}]", "[{gateway: dmx, slot: 100}]", "LQSE-4A-120-D and intensity", Severity::warning},
    {"load-key", "load: fan, ", "load: fan, travel: 3s, ", "3s", "'travel' means nothing for 'fan', whose load is fan"},
    {"load-key", "load: fan, ", "load: fan, trims: {low: 5}, ", "{low: 5}", "it is for dimmed loads"},
    {"load-key", "load: fan, ", "load: fan, curve: square, ", "square, output: {device: fan", "it is for dimmed loads"},
    {"load-key", "load: shade, ", "load: shade, tilt_travel: 3s, ", "3s", "it is for tilting shades"},
    {"load-key", "load: shade, ", "load: shade, minimum_on: 3s, ", "3s", "it is for dimmed and switched loads"},
    {"load-key", "load: contact, ", "load: contact, pulse: 3s, ", "3s", "it is for pulsed contacts"},
    {"load-key", "load: contact, ", "load: contact, sheds: true, ", "true, output: {device: io", "it is for dimmed loads"},
    {"load-key", "load: climate, ", "load: climate, emergency: 50, ", "50, output", "it is for all loads but thermostats"},
    {"load-key", "load: pulsed_contact, ", "load: pulsed_contact, after_power_failure: off, ", "off, pulse", "loads that keep a level"},
    {"load-key", "load: fan, ", "load: fan, kelvin: {coolest: 5000}, ", "{coolest", "it is for white tuning"},
    {"load-key", "load: spectrum, ", "load: spectrum, warm_dim: [[1, 1800], [100, 2000]], ", "[[1, 1800], [100, 2000]]", "it is for warm dim"},
    {"curve", "curve: square", "curve: cubic", "cubic", "there is no curve 'cubic'"},
    {"curve", "[[10, 2], [50, 30]]", "[[50, 30], [10, 2]]", "[10, 2]", "does not rise to [10, 2]"},
    {"curve", "[[10, 2], [50, 30]]", "[[10, 30], [50, 2]]", "[50, 2]", "does not rise to [50, 2]"},
    {"curve", "[[10, 2], [50, 30]]", "[[10, 2], [100, 90]]", "[100, 90]", "and on to [100, 100]"},
    {"pulse", "pulse: 250ms", "pulse: 10ms", "10ms", "choose 50ms to 60s"},
    {"pulse", "pulse: 250ms", "pulse: 61s", "61s", "choose 50ms to 60s"},
    {"kelvin", "warmest: 2200", "warmest: 5000", "{warmest: 5000", "is not below the coolest"},
    {"warm-dim", "[50, 2400]", "[0.5, 2400]", "[0.5, 2400]", "does not rise to 0.5 %"},
    {"warm-dim", "[50, 2400]", "[50, 1700]", "[50, 1700]", "cannot show 1700 K: it has 1800 to 6500 K"},
    {"out-of-range", "emergency: 80", "emergency: 101", "101", "must be from 0 to 100"},
    // Equipment
    {"missing-key", "family: HQWD-W6BRL\n            link: wired", "link: wired", "id: door", "this keypad 'door' has no 'family'"},
    {"missing-key", "family: HQWD-W6BRL\n            link: wired", "family: HQWD-W6BRL", "id: door", "kind: homeowner or kind: phantom"},
    {"virtual-keypad", "kind: homeowner", "kind: homeowner\n            link: wired", "wired\n            buttons", "has no 'link'"},
    {"virtual-keypad", "family: HQWD-W6BRL", "family: Phantom Keypad", "Phantom Keypad", "is on no link"},
    {"button-position", "position: 16", "position: 17", "17, name", "'Phantom Keypad' has no button 17"},
    {"button-position", "{position: 2, name: Wall}", "{position: 6, name: Wall}", "6, name", "'QSE-IO' has no contact input 6"},
    {"button-position", "{position: 2, name: Wall}", "{name: Wall}", "{name: Wall}", "has no position"},
    {"duplicate-button", "{position: 2, name: Wall}", "{position: 1, name: Wall}", "{position: 1, name: Wall}", "written twice"},
    {"button-led", "{position: 2, name: Wall}", "{position: 2, name: Wall, led: room}", "room}", "has no LED"},
    // Occupancy
    {"not-a-sensor", "sensors: [eye, sky]", "sensors: [eye, dim, sky]", "dim, sky", "'dim' (LQSE-4A-120-D) is no sensor"},
    {"unknown-reference", "sensors: [eye, sky]", "sensors: [eye, skj]", "skj", "did you mean 'sky'?"},
    {"low-light", "mode: vacancy", "mode: automatic_low_light", "{mode: automatic_low_light}", "no sensor of 'floor' knows how dark it is"},
    {"not-a-contact", "contacts: [io.3]", "contacts: [app.1]", "app.1", "'app.1' is a button and no contact input"},
    {"unknown-reference", "contacts: [io.3]", "contacts: [io.4]", "io.4", "there is no button 'io.4'"},
    {"occupancy-parent", "parent: floor", "parent: hallway", "hallway", "'room' is not within 'hallway'"},
    {"occupancy-parent", "parent: floor", "parent: room", "room\n          occupied", "write an area around this one"},
    {"no-occupancy", "parent: floor", "parent: home", "home\n", "area 'home' has no occupancy"},
    {"no-occupancy", "areas: [room, hallway]", "areas: [room, home]", "home]", "area 'home' has no occupancy"},
    {"no-timeout", "timeout: 10m", "timeout: 0s", "0s", "contacts have no timeout of their own", Severity::warning},
    {"silent-occupancy", "parent: floor\n", "\n", "{mode: vacancy}", "nothing tells whether somebody is in 'floor'", Severity::warning},
    {"time-window", "from: sunset-1h, to: \"23:30\"", "from: sunset-1h", "{from: sunset-1h", "'from' and 'to' belong together"},
    {"empty-preset", "unoccupied: {scenes: [\"off\"]}", "unoccupied: {}", "{}", "'unoccupied' does nothing", Severity::warning},
    {"unknown-reference", "modes: [normal], scenes", "modes: [norml], scenes", "norml", "did you mean 'normal'?"},
    // Days and times
    {"bad-time", "at: \"06:30\"", "at: \"6.30\"", "\"6.30\"", "'6.30' is not a time of the day"},
    {"bad-time", "at: dusk", "at: dask", "dask", "sunrise, sunset, dawn or dusk"},
    {"bad-date", "dates: [2026-12-31]", "dates: [2026-12-32]", "2026-12-32", "'2026-12-32' is not a date"},
    {"bad-date", "annual: [07-04]", "annual: [04-31]", "04-31", "is not a day of the year"},
    {"bad-date", "until: 2026-12-31", "until: 31.12.2026", "31.12.2026", "such as 2026-12-24"},
    {"bad-weekday", "weekdays: [mon-fri]", "weekdays: [weekend]", "weekend", "mon-fri"},
    {"bad-rule", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", "FREQ=SOMETIMES", "FREQ=SOMETIMES", "is no iCalendar recurrence rule"},
    {"bad-rule", "rules: [FREQ=YEARLY;BYMONTH=11;BYDAY=1SA]", "rules: [YEARLY]", "YEARLY", "is no iCalendar recurrence rule"},
    {"schedule-window", "until: 2026-12-31", "until: 2025-12-31", "2025-12-31", "'until' is before 'from'"},
    {"schedule-window", ", from: 2026-01-03", "", "FREQ=WEEKLY", "there is no day to count from"},
    {"unknown-reference", "except_holidays: [public]", "except_holidays: [private]", "private", "there is no set of holidays 'private'"},
    {"empty-preset", "scenes: [room.cosy]}\n", "scenes: []}\n", "{id: porch", "the event 'porch' does nothing", Severity::warning},
    {"missing-key", "at: \"06:30\", ", "", "{id: morning", "this timeclock event 'morning' has no 'at'"},
    {"duplicate-id", "id: porch", "id: house", "house, name: Porch", "already that of a timeclock"},
    {"no-days", "dates: [2027-06-07], annual: [01-01, 12-24], rules: [FREQ=YEARLY;BYMONTH=11;BYDAY=1SA], easter: [-2, 1]", "dates: []", "{id: public", "have no days", Severity::warning},
    {"day-night", "night: dusk", "night: sunrise+0:30", "{day", "begin at the same time"},
    {"wrong-type", "enabled: false, zones", "enabled: never, zones", "never", "must be true or false"},
    // Away, shows, settings
    {"not-a-light", "zones: [room, stairs]", "zones: [room, shade]", "shade]", "zone 'shade' is shade"},
    {"time-window", "to: \"22:45\"", "to: dusk", "{method", "away begins and ends at the same time"},
    {"unknown-reference", "mode: vacation", "mode: vacations", "vacations", "did you mean 'vacation'?"},
    {"not-dimmed", "zones: [white, lamp]", "zones: [white, fan]", "fan]", "cannot follow a natural show"},
    {"load-colour", "zones: [white, lamp]", "zones: [lamp]", "2200, level", "does not take this colour"},
    {"load-colour", "{at: sunset, kelvin: 2700}", "{at: sunset, hue: 20}", "20}]", "does not take this colour"},
    {"show-course", "{at: sunset, kelvin: 2700}", "{at: sunset}", "{at: sunset}", "has neither level nor colour"},
    {"show-course", "{at: sunset, kelvin: 2700}", "{at: \"11:00\", kelvin: 2700}", "{at: \"11:00\"", "goes back in time"},
    {"not-a-shade", "shades: [shade, blind]", "shades: [shade, fan]", "fan]", "is fan and no shade"},
    {"facade-shade", "shades: [shade, blind]", "shades: [shade, blind, shade]", "shade], head", "already one of the facade 'south'"},
    {"facade-window", "sill: 0.2", "sill: 2.3", "{id: south", "begin at 2.3 m and end at 2.3 m"},
    {"setting", "apart: 45m", "apart: 5m", "5m, enabled", "choose 10m to 4h"},
    {"out-of-range", "azimuth: 190", "azimuth: 361", "361", "must be from 0 to 360"},
    {"missing-key", "azimuth: 190, ", "", "{id: south", "has no 'azimuth'"},
    {"setting", "hold_time: 700ms", "hold_time: 20ms", "20ms", "'hold_time' is too short or too long"},
    {"setting", "full_ramp: 4s", "full_ramp: 2m", "2m", "choose 500ms to 60s"},
};
// clang-format on

class EquipmentRules : public ::testing::TestWithParam<Case> {};

TEST_P(EquipmentRules, complain_at_the_right_place) { expect_complaint(kEquippedHome, GetParam()); }

INSTANTIATE_TEST_SUITE_P(all, EquipmentRules, ::testing::ValuesIn(kCases), name_of_case);

TEST(EquipmentRules, have_nothing_to_say_about_a_good_project) {
  EXPECT_EQ(texts(read_text(std::string(kEquippedHome))), "");
}

TEST(EquipmentRules, are_all_in_the_guide) {
  EXPECT_THAT(rules_not_in_the_guide(kCases, CANDELA_SOURCE_DIR), ::testing::IsEmpty());
}

}  // namespace
}  // namespace candela::project
