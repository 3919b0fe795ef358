#include "project/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace candela::project {
namespace {

using Sure = Origin::Sure;

TEST(Catalogue, has_the_four_processors_as_the_data_sheet_gives_them) {
  struct Row {
    const char* model;
    std::uint32_t links, qs_devices, qs_zones;
    bool multi_dwelling;
  };
  const Row rows[] = {{"HQP7-1", 1, 99, 512, false},
                      {"HQP7-2", 2, 99, 512, false},
                      {"HQP7-MDU-1", 1, 50, 50, true},
                      {"HQP7-MDU-2", 2, 50, 50, true}};
  EXPECT_EQ(catalogue().processors.size(), std::size(rows));
  for (const Row& row : rows) {
    const ProcessorModel* model = catalogue().find_processor(row.model);
    ASSERT_NE(model, nullptr) << row.model;
    EXPECT_EQ(model->links, row.links);
    EXPECT_EQ(model->qs_wired.devices, row.qs_devices);
    EXPECT_EQ(model->qs_wired.zones, row.qs_zones);
    EXPECT_EQ(model->qs_wired.origin.sure, Sure::high);
    EXPECT_EQ(model->multi_dwelling, row.multi_dwelling);
    EXPECT_EQ(model->power.pdu, 8);
    EXPECT_EQ(model->leap.device_type, "HWQSProcessor");
  }
  EXPECT_EQ(catalogue().find_processor("HQP7-2")->clear_connect_a.devices, 99U);
  EXPECT_EQ(catalogue().find_processor("HQP7-2")->clear_connect_a.zones, 100U);
  EXPECT_EQ(catalogue().find_processor("HQP8"), nullptr);
}

TEST(Catalogue, has_the_addresses_of_each_link_type) {
  const LinkTypeFacts& wired = catalogue().link_type(LinkType::qs_wired);
  EXPECT_EQ(wired.addresses.first, 1);
  EXPECT_EQ(wired.addresses.last, 99);
  EXPECT_FALSE(wired.repeaters.has(2));
  const LinkTypeFacts& radio = catalogue().link_type(LinkType::clear_connect_a);
  EXPECT_TRUE(radio.addresses.has(6));
  EXPECT_FALSE(radio.addresses.has(5));
  EXPECT_EQ(radio.addresses.last - radio.addresses.first + 1, 95) << "99 less the four for repeaters";
  EXPECT_EQ(radio.repeaters.last - radio.repeaters.first + 1, 4);
}

TEST(Catalogue, says_of_every_number_where_it_is_from) {
  for (const Family& family : catalogue().families) {
    SCOPED_TRACE(family.name);
    EXPECT_FALSE(family.power.origin.source.empty());
    EXPECT_FALSE(family.leap.origin.source.empty());
    EXPECT_NE(family.outputs > 0, family.outputs_origin.source.empty());
    EXPECT_EQ(family.buttons.empty(), family.buttons_origin.source.empty());
    EXPECT_EQ(family.inputs.empty(), family.inputs_origin.source.empty());
    EXPECT_EQ(!family.senses_occupancy && !family.senses_light, family.senses_origin.source.empty());
    EXPECT_EQ(family.per_link.limit == 0, family.per_link.origin.source.empty());
  }
}

TEST(Catalogue, has_families_that_make_sense) {
  std::set<std::string_view> names;
  for (const Family& family : catalogue().families) {
    SCOPED_TRACE(family.name);
    EXPECT_TRUE(names.insert(family.name).second) << "twice";
    EXPECT_FALSE(family.title.empty());
    EXPECT_EQ(family.link_types.empty(), family.is_virtual());
    using Kind = Family::Kind;
    const bool lights = family.kind == Kind::dimmer || family.kind == Kind::switching;
    if (family.is_keypad() || family.is_virtual()) {
      EXPECT_FALSE(family.buttons.empty());
    }
    EXPECT_EQ(family.outputs > 0, !family.loads.empty());
    if (lights) {
      EXPECT_TRUE(family.takes(LoadType::switched));
      EXPECT_EQ(family.takes(LoadType::dimmed), family.kind == Kind::dimmer);
    }
    EXPECT_EQ(family.takes(LoadType::shade), family.kind == Kind::shade);
    EXPECT_EQ(family.takes(LoadType::fan), family.kind == Kind::fan);
    EXPECT_EQ(family.takes(LoadType::contact), family.kind == Kind::contacts);
    EXPECT_EQ(family.takes(LoadType::climate), family.kind == Kind::thermostat);
    EXPECT_EQ(family.senses_occupancy || family.senses_light, family.kind == Kind::sensor);
    std::set<int> positions(family.buttons.begin(), family.buttons.end());
    positions.insert(family.inputs.begin(), family.inputs.end());
    EXPECT_EQ(positions.size(), family.buttons.size() + family.inputs.size()) << "a position twice";
    EXPECT_EQ(family.raise.has_value(), family.lower.has_value());
    EXPECT_FALSE(family.raise && positions.contains(*family.raise));
    EXPECT_TRUE(std::all_of(family.leap.device_class.begin(), family.leap.device_class.end(),
                            [](unsigned char c) { return std::isxdigit(c); }));
  }
  EXPECT_TRUE(catalogue().find_family("LQSE-4A-120-D")->fits(LinkType::qs_wired));
  EXPECT_FALSE(catalogue().find_family("LQSE-4A-120-D")->fits(LinkType::clear_connect_a));
  EXPECT_EQ(catalogue().find_family("nothing"), nullptr);
}

TEST(Catalogue, gives_keypads_a_type_that_clients_know) {
  // Home Assistant's library lists a keypad only when its DeviceType is one of these.
  const std::set<std::string_view> known{
      "Pico3ButtonRaiseLower", "SunnataKeypad", "SunnataHybridKeypad", "SeeTouchHybridKeypad", "SeeTouchInternational",
      "SeeTouchKeypad",        "AlisseKeypad",  "PalladiomKeypad",     "HomeownerKeypad",      "PhantomKeypad"};
  for (const Family& family : catalogue().families) {
    const bool is_keypad = family.is_keypad() || family.is_virtual();
    EXPECT_TRUE(!is_keypad || known.contains(family.leap.device_type)) << family.name;
  }
}

}  // namespace
}  // namespace candela::project
