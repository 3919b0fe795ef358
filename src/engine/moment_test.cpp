#include "engine/moment.h"

#include <gtest/gtest.h>

namespace candela::engine {
namespace {

const Moment kWhy{{}, {.event = 7, .source = {Source::Kind::page, {}}}};

TEST(Changes, AreThoseOfThisEventWhateverLayInTheirPlaces) {
  Changes changes;
  changes.add(kWhy, ProjectActivated{std::make_shared<const Project>()});
  changes.add(kWhy, LedChanged{{3}, LedState::on});
  changes.add(kWhy, ZoneTargeted{{4}, Fade::still(Level::full(), {})});
  changes.begin();
  EXPECT_TRUE(changes.all().empty());
  const Moment later = kWhy.then(CauseStep::Kind::zone_commanded, 5);
  changes.add(later, ZoneTargeted{{5}, Fade::still(Level::off(), {}), true});
  changes.add(later, LedChanged{{6}, LedState::off});
  ASSERT_EQ(changes.all().size(), 2u);
  EXPECT_EQ(changes.all()[0], (Change{{}, later.cause, ZoneTargeted{{5}, Fade::still(Level::off(), {}), true}}));
  EXPECT_EQ(changes.all()[1], (Change{{}, later.cause, LedChanged{{6}, LedState::off}}));
  EXPECT_EQ(changes.since(1).size(), 1u);
}

TEST(Changes, HoldOnToNothingThatWasWrittenOver) {
  Changes changes;
  const auto project = std::make_shared<const Project>();
  changes.add(kWhy, ProjectActivated{project});
  changes.begin();
  changes.add(kWhy, NightChanged{true});
  EXPECT_EQ(project.use_count(), 1);
}

TEST(Changes, KeepTheirOrderWhileTheyGrow) {
  Changes changes;
  for (std::uint32_t i = 0; i < 100; ++i) changes.add(kWhy, LedChanged{{i}, LedState::on});
  changes.reserve(10);
  changes.reserve(1000);
  ASSERT_EQ(changes.all().size(), 100u);
  for (std::uint32_t i = 0; i < 100; ++i) EXPECT_EQ(std::get<LedChanged>(changes.all()[i].what).led, LedId{i});
}

}  // namespace
}  // namespace candela::engine
