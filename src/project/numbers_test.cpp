// Clients hang their own ids on our numbers, so an object keeps its number as long as it keeps its id.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "project/test_home.h"

namespace candela::project {
namespace {

using Numbers = std::map<std::string, std::uint32_t>;

Project read_with(Numbering& numbering, const std::string& text) {
  const Reading reading = read({{"home.yaml", text}}, numbering);
  EXPECT_TRUE(reading.project) << texts(reading);
  return reading.project.value_or(Project{});
}

TEST(Numbers, are_one_space_that_begins_at_two) {
  Numbering numbering;
  const Project home = read_with(numbering, std::string(kTestHome));
  std::set<std::uint32_t> given;
  for (const auto& [key, number] : numbering.all()) EXPECT_TRUE(given.insert(number).second) << key;
  EXPECT_EQ(*given.begin(), kFirstNumber);
  EXPECT_EQ(*given.rbegin(), kFirstNumber + given.size() - 1) << "without gaps";
  EXPECT_EQ(home.areas[0].number.value, kFirstNumber) << "the home is the first";
  for (const char* key :
       {"area:hall", "zone:ceiling", "scene:hall.evening", "scene:nook.off", "processor:main", "link:wired",
        "gateway:dmx", "device:dim", "control_station:door", "button_group:door", "button:door.1", "led:door.1"}) {
    EXPECT_TRUE(numbering.all().contains(key)) << key;
  }
  EXPECT_FALSE(numbering.all().contains("led:door.18")) << "raise has no LED";
}

TEST(Numbers, are_kept_when_they_come_back_from_the_store) {
  Numbering first;
  read_with(first, std::string(kTestHome));
  Numbering restored;
  for (const auto& [key, number] : first.all()) restored.restore(key, number);
  read_with(restored, std::string(kTestHome));
  EXPECT_EQ(restored.all(), first.all());
}

TEST(Numbers, survive_edits_and_are_not_given_twice) {
  Numbering numbering;
  const Project before = read_with(numbering, std::string(kTestHome));
  const Numbers old = numbering.all();

  // The nook's lamp goes, another comes before all other zones, and the ceiling gets another name.
  std::string text = changed(kTestHome, "    zones:\n",
                             "    zones:\n      - {id: new, name: New, output: {device: dim, output: 2}}\n");
  text = changed(text, "name: Ceiling", "name: Big light");
  text = changed(text, "          - {id: nook-lamp, name: Lamp, output: {device: remote}}\n", "          []\n");
  text = changed(text, "zones: {nook-lamp: 30}", "zones: {new: 30}");
  const Project after = read_with(numbering, text);
  EXPECT_EQ(after.find_zone("ceiling")->number, before.find_zone("ceiling")->number);
  EXPECT_EQ(after.find_button("door.1")->number, before.find_button("door.1")->number);
  EXPECT_GT(after.find_zone("new")->number.value, old.rbegin()->second);
  for (const auto& [key, number] : old) EXPECT_EQ(numbering.all().at(key), number) << key;

  // It comes back, and is itself again.
  const Project again = read_with(numbering, std::string(kTestHome));
  EXPECT_EQ(again.find_zone("nook-lamp")->number, before.find_zone("nook-lamp")->number);
}

TEST(Numbers, stay_when_an_object_moves_to_another_area) {
  Numbering numbering;
  const Project before = read_with(numbering, std::string(kTestHome));
  std::string text = changed(kTestHome, "id: nook\n", "id: alcove\n");
  text = changed(text, "nook.cosy", "alcove.cosy");
  const Project after = read_with(numbering, text);
  EXPECT_EQ(after.find_zone("nook-lamp")->number, before.find_zone("nook-lamp")->number);
  EXPECT_NE(after.find_area("alcove")->number, before.find_area("nook")->number);
}

TEST(Numbers, are_not_given_by_a_file_with_errors) {
  Numbering numbering;
  read_with(numbering, std::string(kTestHome));
  const Numbers before = numbering.all();
  const std::string bad =
      changed(kTestHome, "id: ceiling, name: Ceiling, trims: {low: 5", "id: other, name: Other, trims: {low: 99");
  EXPECT_FALSE(read({{"home.yaml", bad}}, numbering).project);
  EXPECT_EQ(numbering.all(), before);
}

}  // namespace
}  // namespace candela::project
