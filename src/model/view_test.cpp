#include "model/view.h"

#include <gtest/gtest.h>

#include "model/small_home.h"

namespace candela {
namespace {

class ViewTest : public ::testing::Test {
 protected:
  ViewTest() : home_(std::make_shared<const Project>(testing::small_home())) { apply(ProjectActivated{home_}); }

  template <class What>
  void apply(What what) {
    view_.apply(Change{now_, {}, what});
  }

  Now now_{MonoTime(std::chrono::seconds(100)), UtcTime{}};
  ProjectPtr home_;
  View view_;
};

TEST_F(ViewTest, KnowsNothingOfWhatWasNeverHeardOf) {
  EXPECT_EQ(view_.level(ZoneId{4}, now_.mono), Level::off());
  EXPECT_EQ(view_.led(LedId{13}), LedState::off);
  EXPECT_FALSE(view_.scene(AreaId{3}));
  EXPECT_FALSE(view_.device(DeviceId{8}).known);
}

TEST_F(ViewTest, FollowsChanges) {
  apply(ZoneTargeted{{4}, {Level::off(), Level::full(), now_.mono, std::chrono::seconds(2)}});
  apply(LedChanged{{13}, LedState::on});
  apply(SceneChanged{{3}, {6}});
  apply(PresenceChanged{{8}, false, DeviceFault::silent});
  EXPECT_EQ(view_.level(ZoneId{4}, now_.mono + std::chrono::seconds(1)).whole_percent(), 50);
  EXPECT_EQ(view_.led(LedId{13}), LedState::on);
  EXPECT_EQ(view_.scene(AreaId{3}), SceneId{6});
  EXPECT_EQ(view_.device(DeviceId{8}).fault, DeviceFault::silent);
}

TEST_F(ViewTest, ForgetsWhatTheNewProjectDoesNotHave) {
  apply(ZoneTargeted{{4}, Fade::still(Level::full(), now_.mono)});
  apply(ZoneTargeted{{5}, Fade::still(Level::full(), now_.mono)});
  Project smaller = testing::small_home();
  smaller.zones.pop_back();
  smaller.build_index();
  apply(ProjectActivated{std::make_shared<const Project>(std::move(smaller))});
  EXPECT_TRUE(view_.level(ZoneId{4}, now_.mono).is_on());
  EXPECT_FALSE(view_.level(ZoneId{5}, now_.mono).is_on());
}

}  // namespace
}  // namespace candela
