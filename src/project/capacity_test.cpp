// The limits of links and systems: what just fits is accepted, one more is not. All numbers come from the catalogue.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "project/catalogue.h"
#include "project/loads.h"
#include "project/test_home.h"

namespace candela::project {
namespace {

using ::testing::HasSubstr;

std::string link_word(LinkType type) { return catalogue().link_type(type).name; }

/// A home with links of one type, and devices and zones made to measure on the first of them.
class Home {
 public:
  Home(const ProcessorModel& model, LinkType type) : model_(model), type_(type) {}

  Home& links(std::size_t count) {
    links_ = count;
    return *this;
  }
  Home& limits(std::string text) {
    limits_ = ", limits: " + std::move(text);
    return *this;
  }
  /// Devices of a family, and a zone on each of their outputs (at most `zones` of them).
  Home& add(std::string_view family_name, std::size_t count, std::size_t zones = SIZE_MAX) {
    const Family& family = *catalogue().find_family(family_name);
    for (; count > 0; --count) {
      const std::size_t number = ++device_count_;
      if (family.kind == Family::Kind::keypad) {
        keypads_ += fmt::format("      - {{id: d{0}, name: d, family: {1}, link: l1}}\n", number, family.name);
      } else {
        devices_ += fmt::format("  - {{id: d{}, family: {}, link: l1}}\n", number, family.name);
      }
      for (int output = 1; output <= family.outputs && zones > 0; ++output, --zones) {
        zones_ += fmt::format("      - {{id: z{}, name: z, load: {}, output: {{device: d{}, output: {}}}}}\n",
                              ++zone_count_, word_for(family.loads.front()), number, output);
      }
    }
    return *this;
  }
  /// Further outputs of a device for the zone that was added last, from `first` on.
  Home& also(std::string_view device, std::size_t count, std::size_t first = 2) {
    std::string outputs;
    for (std::size_t i = 0; i < std::max<std::size_t>(count, 1); ++i) {
      outputs += fmt::format("{{device: {}, output: {}}}, ", device, first + i);
    }
    zones_.replace(zones_.rfind('}'), 1, fmt::format(", also: [{}]}}", outputs));
    return *this;
  }
  Home& add_virtual(std::size_t count) {
    for (; count > 0; --count) {
      keypads_ +=
          fmt::format("      - {{id: v{}, name: v, kind: {}}}\n", count, count % 2 == 0 ? "phantom" : "homeowner");
    }
    return *this;
  }
  std::size_t zones() const { return zone_count_; }

  Reading read() const {
    std::string text = "candela: 1\nproject: {name: Home}\nlocation: {latitude: 0, longitude: 0, time_zone: UTC}\n";
    text += fmt::format("processors:\n  - id: p\n    model: {}\n    links:\n", model_.name);
    for (std::size_t i = 1; i <= links_; ++i) {
      text += fmt::format("      - {{id: l{}, type: {}, driver: simulated{}}}\n", i, link_word(type_), limits_);
    }
    if (!devices_.empty()) text += "devices:\n" + devices_;
    text += "areas:\n  - id: a\n    name: a\n";
    if (!zones_.empty()) text += "    zones:\n" + zones_;
    if (!keypads_.empty()) text += "    keypads:\n" + keypads_;
    return read_text(text);
  }

 private:
  const ProcessorModel& model_;
  const LinkType type_;
  std::size_t links_ = 1;
  std::size_t device_count_ = 0;
  std::size_t zone_count_ = 0;
  std::string limits_, devices_, zones_, keypads_;
};

/// Warnings (an area with many zones) are not what these tests are about.
std::string errors(const Reading& reading) {
  std::string text;
  for (const Complaint& it : reading.complaints) {
    if (it.severity == Complaint::Severity::error) text += it.text() + "\n";
  }
  return text;
}
bool complains(const Reading& reading, std::string_view rule) {
  return std::any_of(reading.complaints.begin(), reading.complaints.end(),
                     [&](const Complaint& it) { return it.rule == rule; });
}

/// Fills a link with as many zones as asked, in as few devices as may be.
void add_zones(Home& home, LinkType type, std::size_t zones) {
  if (type == LinkType::qs_wired) {
    for (; zones > 0; zones -= std::min<std::size_t>(zones, 128))
      home.add("LQSE-2DAL", 1, std::min<std::size_t>(zones, 128));
  } else {
    home.add("HQRJ-WPM-6D-1", zones / 6).add("HRST-PRO-N-XX", zones % 6);
  }
}

struct LinkCase {
  std::string model;
  LinkType type;
};
void PrintTo(const LinkCase& it, std::ostream* out) { *out << it.model << " " << link_word(it.type); }

std::vector<LinkCase> all_links() {
  std::vector<LinkCase> cases;
  for (const ProcessorModel& model : catalogue().processors) {
    for (const LinkTypeFacts& kind : catalogue().link_types) cases.push_back({model.name, kind.type});
  }
  return cases;
}

class LinkCapacity : public ::testing::TestWithParam<LinkCase> {
 protected:
  const ProcessorModel& model() const { return *catalogue().find_processor(GetParam().model); }
  const LinkLimits& limits() const { return model().limits(GetParam().type); }
  Home home() const { return {model(), GetParam().type}; }
  std::string_view keypad() const { return GetParam().type == LinkType::qs_wired ? "HQWT-U-P4W" : "HRST-W4B-XX"; }
  /// Repeaters have addresses of their own on a radio link, and count as devices.
  std::size_t repeaters() const {
    const AddressRange& range = catalogue().link_type(GetParam().type).repeaters;
    return range.first == 0 ? 0 : static_cast<std::size_t>(range.last - range.first + 1);
  }
};

TEST_P(LinkCapacity, takes_its_devices_and_not_one_more) {
  Home full = home();
  if (repeaters() > 0) full.add("HQR-REP-120", repeaters());
  full.add(keypad(), limits().devices - repeaters());
  EXPECT_EQ(errors(full.read()), "");
  const Reading reading = full.add(keypad(), 1).read();
  EXPECT_FALSE(reading.project);
  EXPECT_THAT(errors(reading), HasSubstr(fmt::format("has {} devices", limits().devices + 1)));
  EXPECT_THAT(errors(reading), HasSubstr(fmt::format("carries {} [link-capacity]", limits().devices)));
}

TEST_P(LinkCapacity, takes_its_zones_and_not_one_more) {
  Home full = home();
  add_zones(full, GetParam().type, limits().zones);
  EXPECT_EQ(errors(full.read()), "");
  EXPECT_EQ(full.zones(), limits().zones);
  Home over = home();
  add_zones(over, GetParam().type, limits().zones + 1);
  const Reading reading = over.read();
  EXPECT_FALSE(reading.project);
  EXPECT_THAT(errors(reading), HasSubstr(fmt::format("has {} zones", limits().zones + 1)));
  EXPECT_THAT(errors(reading), HasSubstr(fmt::format("carries {} [link-capacity]", limits().zones)));
}

TEST_P(LinkCapacity, can_be_set_by_a_project_only_where_the_catalogue_is_not_sure) {
  const Reading reading = home().limits("{devices: 3}").add(keypad(), 4).read();
  if (limits().origin.sure == Origin::Sure::high) {
    EXPECT_TRUE(complains(reading, "link-limits"));
  } else {
    EXPECT_THAT(errors(reading), HasSubstr("has 4 devices"));
    EXPECT_EQ(errors(home().limits("{devices: 3}").add(keypad(), 3).read()), "");
  }
}

TEST_P(LinkCapacity, counts_the_links_of_the_processor) {
  EXPECT_EQ(errors(home().links(model().links).read()), "");
  EXPECT_THAT(errors(home().links(model().links + 1).read()), HasSubstr("[link-count]"));
}

INSTANTIATE_TEST_SUITE_P(all, LinkCapacity, ::testing::ValuesIn(all_links()), [](const auto& test) {
  std::string name = test.param.model + "_" + link_word(test.param.type);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(Addresses, of_a_radio_link_are_never_reserved_ones) {
  const LinkTypeFacts& kind = catalogue().link_type(LinkType::clear_connect_a);
  const std::size_t free = static_cast<std::size_t>(kind.addresses.last - kind.addresses.first + 1);
  Home home(*catalogue().find_processor("HQP7-1"), LinkType::clear_connect_a);
  const Reading reading = home.add("HRST-W4B-XX", free).read();
  ASSERT_TRUE(reading.project) << errors(reading);
  std::set<int> addresses;
  for (const Device& device : reading.project->devices) addresses.insert(device.address);
  EXPECT_EQ(addresses.size(), free);
  EXPECT_EQ(*addresses.begin(), kind.addresses.first);
  EXPECT_EQ(*addresses.rbegin(), kind.addresses.last);
  EXPECT_THAT(errors(home.add("HRST-W4B-XX", 1).read()), HasSubstr("[link-addresses]"));
}

TEST(Addresses, of_repeaters_are_the_reserved_ones) {
  const AddressRange& range = catalogue().link_type(LinkType::clear_connect_a).repeaters;
  const std::size_t count = static_cast<std::size_t>(range.last - range.first + 1);
  Home home(*catalogue().find_processor("HQP7-1"), LinkType::clear_connect_a);
  const Reading reading = home.add("HQR-REP-120", count).read();
  ASSERT_TRUE(reading.project) << errors(reading);
  for (const Device& device : reading.project->devices) EXPECT_TRUE(range.has(device.address)) << int{device.address};
  EXPECT_THAT(errors(home.add("HQR-REP-120", 1).read()), HasSubstr("[link-addresses]"));
}

/// A system of as many processors, links and radio links as asked, two links to a processor.
std::string system_errors(std::size_t processors, std::size_t wired_links, std::size_t radio_links) {
  std::string text =
      "candela: 1\nproject: {name: Tower}\nlocation: {latitude: 0, longitude: 0, time_zone: UTC}\nprocessors:\n";
  for (std::size_t i = 0, link = 0; i < processors; ++i) {
    text += fmt::format("  - {{id: p{}, model: HQP7-2, links: [", i);
    for (int k = 0; k < 2 && link < wired_links + radio_links; ++k, ++link) {
      text += fmt::format("{{id: l{}, type: {}, driver: simulated}}, ", link,
                          link < wired_links ? "qs_wired" : "clear_connect_a");
    }
    text += "]}\n";
  }
  return errors(read_text(text + "areas: [{id: a, name: a}]\n"));
}

TEST(SystemCapacity, counts_processors) {
  const std::size_t limit = catalogue().system.processors.limit;
  EXPECT_EQ(system_errors(limit, 0, 0), "");
  EXPECT_THAT(system_errors(limit + 1, 0, 0),
              HasSubstr(fmt::format("has {} processors, and a system has at most {}", limit + 1, limit)));
}

TEST(SystemCapacity, counts_links) {
  const std::size_t limit = catalogue().system.links.limit;
  EXPECT_EQ(system_errors(limit / 2, limit, 0), "");
  EXPECT_THAT(system_errors(limit / 2 + 1, limit + 1, 0), HasSubstr(fmt::format("has {} links", limit + 1)));
}

TEST(SystemCapacity, counts_radio_links) {
  const std::size_t limit = catalogue().system.clear_connect_a_links.limit;
  EXPECT_EQ(system_errors(limit, 0, limit), "");
  EXPECT_THAT(system_errors(limit + 1, 0, limit + 1),
              HasSubstr(fmt::format("has {} Clear Connect Type A links", limit + 1)));
}

TEST(SystemCapacity, counts_zones) {
  const auto errors_with = [](std::size_t zones) {
    std::string text(kTestHome);
    text += "  - id: many\n    name: Many\n    zones:\n";
    constexpr std::size_t kThere = 4;
    for (std::size_t i = kThere; i < zones; ++i) text += fmt::format("      - {{id: z{}, name: z}}\n", i);
    return errors(read_text(text));
  };
  const std::size_t limit = catalogue().system.zones.limit;
  EXPECT_EQ(errors_with(limit), "");
  EXPECT_THAT(errors_with(limit + 1),
              HasSubstr(fmt::format("has {} zones, and a system has at most {}", limit + 1, limit)));
}

TEST(AreaCapacity, is_a_warning_because_the_numbers_are_not_sure) {
  const auto reading_with = [](std::size_t zones, std::size_t scenes) {
    std::string text(kTestHome);
    text += "  - id: many\n    name: Many\n    zones:\n";
    for (std::size_t i = 0; i < zones; ++i) text += fmt::format("      - {{id: z{}, name: z}}\n", i);
    text += "    scenes:\n";
    for (std::size_t i = 0; i < scenes; ++i) text += fmt::format("      - {{id: s{}, name: s, zones: {{z0: 1}}}}\n", i);
    return read_text(text);
  };
  const std::size_t zones = catalogue().system.zones_per_area.limit;
  const std::size_t scenes = catalogue().system.scenes_per_area.limit;
  EXPECT_FALSE(complains(reading_with(zones, scenes), "area-capacity"));
  EXPECT_TRUE(complains(reading_with(zones + 1, scenes), "area-capacity"));
  EXPECT_TRUE(complains(reading_with(zones, scenes + 1), "area-capacity"));
  EXPECT_TRUE(reading_with(zones + 1, scenes + 1).project);
  EXPECT_TRUE(reading_with(1, 255).project);
  EXPECT_FALSE(reading_with(1, 256).project);
}

/// The addresses and zones of a link belong to what hangs on it.
TEST(LinkCapacityOf, virtual_keypads_is_nothing) {
  const ProcessorModel& model = *catalogue().find_processor("HQP7-1");
  Home full(model, LinkType::qs_wired);
  full.add("HQWT-U-P4W", model.qs_wired.devices);
  EXPECT_EQ(errors(full.add_virtual(100).read()), "");
}

TEST(FamilyCapacity, is_a_warning_because_the_numbers_are_not_sure) {
  for (const Family& family : catalogue().families) {
    if (family.per_link.limit == 0) continue;
    SCOPED_TRACE(family.name);
    EXPECT_NE(family.per_link.origin.sure, Origin::Sure::high);
    Home home(*catalogue().find_processor("HQP7-1"), family.link_types.front());
    EXPECT_FALSE(complains(home.add(family.name, family.per_link.limit, 0).read(), "family-capacity"));
    const Reading reading = home.add(family.name, 1, 0).read();
    EXPECT_TRUE(complains(reading, "family-capacity"));
    EXPECT_TRUE(reading.project);
  }
}

TEST(FamilyCapacity, counts_outputs_that_are_bound_and_those_of_groups) {
  const ProcessorModel& model = *catalogue().find_processor("HQP7-MDU-1");
  const std::size_t limit = model.qs_wired.zones;
  const auto reading_with = [&](std::size_t outputs) {
    Home home(model, LinkType::qs_wired);
    // One zone on all of them: the link counts outputs, whatever they are called.
    return home.add("LQSE-2DAL", 1, 1).also("d1", outputs - 1).read();
  };
  EXPECT_EQ(errors(reading_with(limit)), "");
  EXPECT_THAT(errors(reading_with(limit + 1)), HasSubstr(fmt::format("has {} zones", limit + 1)));
}

TEST(ZoneCapacity, is_a_warning_because_the_number_is_not_sure) {
  const std::size_t limit = catalogue().system.outputs_per_zone.limit;
  const auto reading_with = [&](std::size_t outputs) {
    Home home(*catalogue().find_processor("HQP7-1"), LinkType::qs_wired);
    return home.add("LQSE-2DAL", 1, 1).also("d1", outputs - 1).read();
  };
  EXPECT_FALSE(complains(reading_with(limit), "zone-capacity"));
  EXPECT_TRUE(complains(reading_with(limit + 1), "zone-capacity"));
  EXPECT_TRUE(reading_with(limit + 1).project);
}

/// Every family fits where the catalogue says, as often as its outputs allow, with a load that it takes.
TEST(Families, can_all_be_used_to_their_last_output) {
  for (const Family& family : catalogue().families) {
    if (family.is_virtual()) continue;
    SCOPED_TRACE(family.name);
    for (const LinkType type : family.link_types) {
      Home home(*catalogue().find_processor("HQP7-1"), type);
      EXPECT_EQ(errors(home.add(family.name, 1).read()), "");
    }
    if (family.outputs == 0) continue;
    Home home(*catalogue().find_processor("HQP7-1"), family.link_types.front());
    EXPECT_THAT(errors(home.add(family.name, 1).also("d1", 0, family.outputs + 1U).read()),
                HasSubstr("[output-range]"));
  }
}

}  // namespace
}  // namespace candela::project
