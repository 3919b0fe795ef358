// The sample homes in projects/ are what people meet first, so they must be without a single complaint.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "project/catalogue.h"
#include "project/project_file.h"

namespace candela::project {
namespace {

using ::testing::IsEmpty;

Project sample(const std::string& name) {
  const auto files = load_files(std::filesystem::path(CANDELA_SOURCE_DIR) / "projects" / name);
  EXPECT_TRUE(files) << (files ? "" : files.error().message);
  if (!files) return {};
  Numbering numbering;
  Reading reading = read(*files, numbering);
  std::string complaints;
  for (const Complaint& complaint : reading.complaints) complaints += complaint.text() + "\n";
  EXPECT_THAT(complaints, IsEmpty());
  EXPECT_TRUE(reading.project.has_value());
  return reading.project.value_or(Project{});
}

std::size_t keypads(const Project& project) {
  return static_cast<std::size_t>(std::count_if(project.devices.begin(), project.devices.end(),
                                                [](const Device& device) { return device.is_keypad(); }));
}

TEST(Samples, the_flat_has_one_processor_with_one_link) {
  const Project flat = sample("flat.yaml");
  ASSERT_EQ(flat.processors.size(), 1U);
  EXPECT_EQ(flat.processors[0].model, "HQP7-1");
  EXPECT_EQ(flat.links.size(), 1U);
}

TEST(Samples, the_villa_has_wired_radio_and_dmx_lights) {
  const Project villa = sample("villa.yaml");
  EXPECT_EQ(villa.zones.size(), 68U);
  EXPECT_EQ(keypads(villa), 21U) << "one of them in the owner's app";
  EXPECT_EQ(villa.links.size(), 2U);
  ASSERT_EQ(villa.gateways.size(), 1U);
  EXPECT_EQ(villa.gateways[0].sacn.destination, "127.0.0.1") << "a sample must not send into somebody's network";
  for (const Zone& zone : villa.zones) EXPECT_TRUE(zone.position) << zone.id;
}

TEST(Samples, the_villa_runs_by_itself_too) {
  const Project villa = sample("villa.yaml");
  EXPECT_EQ(villa.timeclock_events.size(), 8U);
  EXPECT_EQ(villa.occupancy_groups.size(), 4U);
  EXPECT_EQ(villa.shows.size(), 1U);
  EXPECT_EQ(villa.facades.size(), 1U);
  EXPECT_EQ(villa.modes.size(), 2U);
  EXPECT_FALSE(villa.away.zones.empty());
  EXPECT_TRUE(villa.day_night);
  std::set<LoadType> loads;
  for (const Zone& zone : villa.zones) loads.insert(zone.load);
  EXPECT_EQ(loads.size(), 9U) << "all but contacts that stay closed, and thermostats";
}

TEST(Samples, both_links_of_full_are_full) {
  const Project full = sample("full.yaml");
  ASSERT_EQ(full.links.size(), 2U);
  const ProcessorModel& model = *catalogue().find_processor("HQP7-2");
  std::size_t zones = 0;
  for (const Link& link : full.links) {
    const auto is_here = [&](const Device& device) { return device.link == link.number; };
    EXPECT_EQ(std::count_if(full.devices.begin(), full.devices.end(), is_here), model.limits(link.type).devices);
    zones += model.limits(link.type).zones;
  }
  EXPECT_EQ(full.zones.size(), zones);
}

TEST(Samples, the_home_in_the_guide_can_be_copied) {
  const auto guide = load_files(std::filesystem::path(CANDELA_SOURCE_DIR) / "docs" / "project-file.md");
  ASSERT_TRUE(guide);
  const std::string& text = guide->front().text;
  const std::size_t begin = text.find("candela: 1\nproject:");
  ASSERT_NE(begin, std::string::npos);
  Numbering numbering;
  const Reading reading = read({{"guide.yaml", text.substr(begin, text.find("```", begin) - begin)}}, numbering);
  EXPECT_TRUE(reading.project);
  EXPECT_THAT(reading.complaints, IsEmpty());
}

}  // namespace
}  // namespace candela::project
