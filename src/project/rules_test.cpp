// Each rule of project files: one change to a good project, and the complaint that it brings, at the right place.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "project/rule_case.h"
#include "project/test_home.h"

namespace candela::project {
namespace {

// clang-format off
const Case kCases[] = {
    // The schema
    {"unknown-key", "fade: 2s", "fde: 2s", "fde: 2s", "did you mean 'fade'?"},
    {"unknown-key", "engraving:", "colour:", "colour:", "its keys are position, name"},
    {"missing-key", "id: wired, type: qs_wired, ", "id: wired, ", "{id: wired, driver", "this link 'wired' has no 'type'"},
    {"missing-key", "project: {name: Test home}\n", "", "", "this project file has no 'project'"},
    {"missing-key", "wall: {level: 20, fade: 3s", "wall: {fade: 3s", "{fade: 3s", "this assignment has no 'level'"},
    {"wrong-type", "low: 5", "low: five", "five", "must be a number, not 'five'"},
    {"wrong-type", "low: 5", "low: \"5\"", "\"5\"", "the quoted text \"5\""},
    {"wrong-type", "low: 5", "low:", ", high", "must be a number, not nothing"},
    {"wrong-type", "slot: 1", "slot: 1.5", "1.5", "must be a whole number, not '1.5'"},
    {"wrong-type", "trims: {low: 5, high: 95}", "trims: [5, 95]", "[5, 95]", "must be a section with keys, not a list"},
    {"wrong-type", "[hall]}", "hall}", "hall}", "'raise' must be a list or a section with keys, not 'hall'"},
    {"out-of-range", "latitude: 59.33", "latitude: 95", "95,", "must be from -90 to 90, not 95"},
    {"out-of-range", "longitude: 18.07", "longitude: -181", "-181", "must be from -180 to 180"},
    {"out-of-range", "universe: 7", "universe: 0", "0, priority", "must be from 1 to 63999"},
    {"out-of-range", "universe: 7", "universe: 64000", "64000", "must be from 1 to 63999"},
    {"out-of-range", "priority: 120", "priority: 201", "201", "must be from 0 to 200"},
    {"out-of-range", "slot: 1", "slot: 513", "513", "must be from 1 to 512"},
    {"out-of-range", "ceiling: 40", "ceiling: 100.5", "100.5", "must be from 0 to 100"},
    {"out-of-range", "fade: 2s", "fade: 86401", "86401", "must be from 0 to 86400"},
    {"unknown-word", "type: qs_wired", "type: qs_wird", "qs_wird", "did you mean 'qs_wired'?"},
    {"unknown-word", "bits: 16", "bits: 12", "12}", "must be 8 or 16, not '12'"},
    {"wrong-length", "[[0, 0], [5, 0], [5, 4.5]]", "[[0, 0], [5, 0]]", "[[0, 0]", "needs at least 3 items"},
    {"wrong-length", "at: [1, 2.5]", "at: [1, 2, 3]", "[1, 2, 3]", "has more than 2 items"},
    {"wrong-length", "name: Ceiling", "name: ''", "''", "needs at least 1 characters"},
    // Values
    {"format-version", "candela: 1", "candela: 2", "2", "this Candela reads 1"},
    {"bad-id", "id: ceiling", "id: Ceiling", "Ceiling, name", "'Ceiling' cannot be an id"},
    {"bad-duration", "fade: 2s", "fade: 2 minutes", "2 minutes", "not a duration"},
    {"bad-duration", "fade: 3s", "fade: 25h", "25h", "at most 24 hours"},
    {"bad-address", "127.0.0.1", "127.0.0.256", "127.0.0.256", "not an IPv4 address"},
    {"time-zone", "Europe/Stockholm", "Europe/Stockhlm", "Europe/Stockhlm", "is not a time zone"},
    {"time-zone", "Europe/Stockholm", "../../etc/passwd", "../../etc/passwd", "is not a time zone"},
    // Ids and references
    {"duplicate-id", "id: wall,", "id: ceiling,", "ceiling, name: Wall", "already that of a zone (home.yaml:23)"},
    {"duplicate-id", "id: nook\n", "id: dim\n", "dim\n        name", "already that of a device (home.yaml:15)"},
    {"duplicate-id", "id: nook\n", "id: home\n", "home\n        name", "already that of an area"},
    {"duplicate-id", "id: cosy, name: Cosy, ", "id: cosy, name: Cosy}\n          - {id: cosy, name: Cosy, ", "cosy, name: Cosy, ", "'nook.cosy'"},
    {"unknown-reference", "device: dim,", "device: dmi,", "dmi", "did you mean 'dim'?"},
    {"unknown-reference", "device: dim,", "device: dmx,", "dmx, output", "'dmx' is a gateway, and a device is needed here"},
    {"unknown-reference", "gateway: dmx", "gateway: stage", "stage", "there is no gateway 'stage'"},
    {"unknown-reference", "link: radio", "link: rdio", "rdio", "did you mean 'radio'?"},
    {"unknown-reference", "area: hall", "area: cellar", "cellar", "there is no area 'cellar'"},
    {"unknown-reference", "{ceiling: 40", "{celing: 40", "celing", "did you mean 'ceiling'?"},
    {"unknown-reference", "scenes: [evening]", "scenes: [evning]", "evning", "did you mean 'hall.evening'?"},
    {"unknown-reference", "nook.cosy]", "nook.cozy]", "nook.cozy", "did you mean 'nook.cosy'?"},
    {"unknown-reference", "lower: [ceiling]", "lower: [door]", "door]", "'door' is a device, and a zone is needed here"},
    // Hardware
    {"unknown-model", "HQP7-2", "HQP7-3", "HQP7-3", "the models are HQP7-1, HQP7-2, HQP7-MDU-1 or HQP7-MDU-2"},
    {"unknown-family", "LQSE-4A-120-D", "LQSE-4A-120", "LQSE-4A-120,", "did you mean 'LQSE-4A-120-D'?"},
    {"keypad-family", "LQSE-4A-120-D", "HQWT-U-P4W", "HQWT-U-P4W", "move it to the keypads of the area"},
    {"keypad-family", "HQWD-W6BRL", "LQSE-4A-120-D", "LQSE-4A-120-D\n", "move it to the devices of the project"},
    {"link-count", "model: HQP7-2", "model: HQP7-1", "id: main", "has 2 links, and model HQP7-1 has 1"},
    {"link-port", "qs_wired, driver: simulated", "qs_wired, driver: serial", "{id: wired", "add 'port'"},
    {"port-taken", "qs_wired, driver: simulated}\n      - {id: radio, type: clear_connect_a, driver: simulated}",
     "qs_wired, driver: serial, port: /dev/ttyS0}\n      - {id: radio, type: clear_connect_a, driver: serial, port: /dev/ttyS0}",
     "{id: radio", "'wired' and 'radio' use the same port"},
    {"missing-serial", "qs_wired, driver: simulated", "qs_wired, driver: serial, port: /dev/ttyS0", "{id: relays", "has no serial number", Severity::warning},
    {"link-limits", "qs_wired, driver: simulated", "qs_wired, driver: simulated, limits: {devices: 120}", "{devices: 120}", "are certain"},
    {"wrong-link-type", "id: remote, family: HRST-PRO-N-XX, link: radio", "id: remote, family: HRST-PRO-N-XX, link: wired", "wired}\nareas", "put it on a Clear Connect Type A link"},
    {"device-address", "address: 7", "address: 100", "100}", "choose 1 to 99"},
    {"device-address", "link: radio}", "link: radio, address: 5}", "5}", "choose 6 to 100"},
    {"duplicate-address", "serial: 0x0A", "serial: 0x0A, address: 7", "7}\n  - {id: remote", "'dim' and 'relays' have the address 7"},
    {"duplicate-serial", "link: radio}", "link: radio, serial: 10}", "10}\nareas", "'dim' and 'remote' have the same serial number"},
    // Outputs
    {"output-range", "output: {device: dim, output: 1}", "output: {device: dim, output: 5}", "5}, at", "has 4 outputs, not 5"},
    {"output-range", "slot: 1, bits: 16", "slot: 512, bits: 16", "512", "takes 2 slots, and 512 is the last"},
    {"output-form", "{device: dim, output: 1}", "{device: dim, slot: 1}", "{device: dim, slot", "write {device: ..., output: ...} or"},
    {"output-form", "{device: dim, output: 1}", "{device: dim, gateway: dmx}", "{device: dim, gateway", "write {device: ..., output: ...} or"},
    {"output-form", "{device: dim, output: 1}", "{device: dim}", "{device: dim}", "add 'output', 1 to 4"},
    {"output-form", "{gateway: dmx, slot: 1, bits: 16}", "{gateway: dmx}", "{gateway: dmx}", "add 'slot'"},
    {"output-load", "load: switched, ", "", "1}}\n    scenes", "drives switched, and zone 'lamp' is dimmed"},
    {"output-taken", "{device: remote}", "{device: dim, output: 1}", "{device: dim, output: 1}}\n        scenes", "lights both 'ceiling' and 'nook-lamp'"},
    {"slot-taken", "{device: remote}", "{gateway: dmx, slot: 2}", "{gateway: dmx, slot: 2}", "slot 2 of 'dmx' belongs to both 'wall' and 'nook-lamp'"},
    {"universe-taken", "destination: 127.0.0.1}", "destination: 127.0.0.1}\n      - {id: dmx2, type: sacn, universe: 7, destination: 127.0.0.1}", "{id: dmx2", "both send universe 7"},
    {"trims", "low: 5, high: 95", "low: 95, high: 95", "{low: 95", "is not below the high trim"},
    {"unbound-zone", ", output: {device: remote}", "", "{id: nook-lamp, name", "has no output", Severity::warning},
    // Programming
    {"off-scene", "{id: \"off\", name: \"Off\", fade: 4s}", "{id: \"off\", name: \"Off\", zones: {ceiling: 1}}", "{ceiling: 1}", "turns a zone on"},
    {"off-scene", "- {id: cosy, name: Cosy, fade: 6s, zones: {nook-lamp: 30}}", "- {id: cosy, name: Cosy, fade: 6s, zones: {nook-lamp: 30}}\n          - {id: \"off\", name: \"Off\"}", "{id: \"off\", name: \"Off\"}\n", "is not its first"},
    {"empty-preset", "fade: 6s, zones: {nook-lamp: 30}", "fade: 6s", "{id: cosy", "has no zones", Severity::warning},
    {"empty-preset", "single_action: {scenes: [evening]}", "single_action: {}", "{}", "neither zones nor scenes", Severity::warning},
    {"scene-outside-area", "zones: {nook-lamp: 30}", "zones: {nook-lamp: 30, ceiling: 5}", "ceiling: 5", "is not in 'nook'", Severity::warning},
    {"button-position", "position: 3", "position: 8", "8, name", "'HQWD-W6BRL' has no button 8"},
    {"button-position", "position: 3, ", "", "{name: Blinds", "this button has no position"},
    {"button-position", "family: HQWD-W6BRL", "family: HQWT-U-P4W", "{raise", "has no buttons for raise and lower"},
    {"duplicate-button", "position: 3", "position: 2", "{position: 2, name: Blinds", "button 2 of 'door' is written twice"},
    {"button-programming", "single_action:", "raise: [hall], single_action:", "{position: 1", "can do only one thing"},
    {"button-led", "{raise: [hall]", "{led: room, raise: [hall]", "room, raise", "has no LED"},
    {"not-dimmed", "lower: [ceiling]", "lower: [lamp]", "lamp]}", "is switched and cannot be raised or lowered"},
    // The plan
    {"outside-plan", "at: [1, 2.5]", "at: [11, 2.5]", "[11, 2.5]", "'ceiling' is at [11, 2.5]", Severity::warning},
    {"outside-plan", "[5, 4.5]", "[5, 8.5]", "[5, 8.5]", "'hall' is at [5, 8.5]", Severity::warning},
    {"no-floor-plan", "floor_plan: {width: 10, height: 8}\n", "", "[0, 0]", "add 'floor_plan'", Severity::warning},
    // YAML
    {"duplicate-key", "id: wall,", "id: wall, id: wall2,", "id: wall2", "'id' is written twice here"},
    {"yaml-alias", "name: Hall", "name: &n Hall", "&n", "anchors (&) and aliases (*) are not allowed"},
    {"yaml-alias", "name: Hall", "name: *n", "*n", "anchors (&) and aliases (*) are not allowed"},
    {"yaml-tag", "name: Hall", "name: !!str Hall", "!!str", "tags (!) are not allowed"},
    {"yaml-syntax", "{low: 5, high: 95}", "{low: 5, high: 95", "", "not valid YAML"},
    {"one-document", "processors:\n", "---\nprocessors:\n", "---", "a file holds one document"},
    {"not-text", "name: Hall", "name: \"Hall\\nway\"", "\"Hall\\n", "write it on one line"},
};
// clang-format on

class Rules : public ::testing::TestWithParam<Case> {};

TEST_P(Rules, complain_at_the_right_place) { expect_complaint(kTestHome, GetParam()); }

INSTANTIATE_TEST_SUITE_P(all, Rules, ::testing::ValuesIn(kCases), name_of_case);

TEST(Rules, have_nothing_to_say_about_a_good_project) { EXPECT_EQ(texts(read_text(std::string(kTestHome))), ""); }

TEST(Rules, are_all_in_the_guide) {
  EXPECT_THAT(rules_not_in_the_guide(kCases, CANDELA_SOURCE_DIR), ::testing::IsEmpty());
}

TEST(Complaints, come_all_at_once_in_the_order_of_the_file) {
  std::string text = changed(kTestHome, "nook-lamp: 30", "nook-lmp: 30");
  text = changed(text, "low: 5", "low: 99");
  text = changed(text, "latitude: 59.33", "latitude: 95");
  text = changed(text, "HQP7-2", "HQP9");
  const Reading reading = read_text(text);
  std::vector<std::string> rules;
  for (const Complaint& complaint : reading.complaints) rules.push_back(complaint.rule);
  EXPECT_THAT(rules, ::testing::ElementsAre("out-of-range", "unknown-model", "trims", "unknown-reference"));
}

TEST(Complaints, are_one_line_with_file_place_rule_and_remedy) {
  const Reading reading = read_text(changed(kTestHome, "{ceiling: 40", "{celing: 40"));
  EXPECT_EQ(texts(reading),
            "home.yaml:28:46: error: there is no zone 'celing' [unknown-reference] remedy: did you mean 'ceiling'?\n");
}

TEST(Complaints, count_columns_in_characters) {
  const Reading reading = read_text(changed(kTestHome, "name: Ceiling, trims", "name: \"Ünïcödé\", trms"));
  ASSERT_FALSE(reading.complaints.empty());
  EXPECT_EQ(reading.complaints[0].rule, "unknown-key");
  EXPECT_EQ(reading.complaints[0].column, 40);
}

}  // namespace
}  // namespace candela::project
