#include "store/live_state.h"

#include <rapidcheck.h>

#include <atomic>

#include "model/small_home.h"
#include "store/store_fixture.h"

namespace candela {
namespace {

using store::StateKind;
using store::StateRow;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr ZoneId kBlind{108};
constexpr ZoneId kLamp{109};
constexpr ZoneId kHeating{110};

/// The small home with one of everything that has a state of its own.
ProjectPtr home() {
  Project project = testing::small_home();
  project.variables.push_back({VariableId{101}, "time", "Time", {"day", "night"}});
  project.variables.push_back({VariableId{102}, "count", "Count", {"one", "two"}, 0, false});
  project.timeclocks.push_back({TimeclockId{103}, "usual", "Usual"});
  TimeclockEvent event;
  event.number = TimeclockEventId{104};
  event.id = "sunset";
  project.timeclock_events.push_back(event);
  OccupancyGroup group;
  group.number = OccupancyGroupId{105};
  group.id = "hall";
  project.occupancy_groups.push_back(group);
  project.shows.push_back({ShowId{106}, "daylight", "Daylight", {}, {}});
  project.facades.push_back({.number = FacadeId{107}, .id = "south", .name = "South", .shades = {}});
  project.zones.push_back({.number = kBlind, .id = "blind", .name = "Blind", .load = LoadType::tilting_shade});
  project.zones.push_back({.number = kLamp, .id = "lamp", .name = "Lamp", .load = LoadType::spectrum});
  project.zones.push_back({.number = kHeating, .id = "heating", .name = "Heating", .load = LoadType::climate});
  project.build_index();
  return std::make_shared<const Project>(std::move(project));
}

class LiveStateTest : public StoreTest {
 protected:
  const ProjectPtr home_ = home();
  const ZoneId zone_ = home_->zones.at(0).number;
  const SceneId scene_ = home_->scenes.at(0).number;
  const DeviceId device_ = home_->devices.at(0).number;

  std::shared_ptr<const std::vector<Assignment>> edited() const {
    using namespace std::chrono_literals;
    return std::make_shared<const std::vector<Assignment>>(std::vector<Assignment>{
        {zone_, Level::from_percent(40), 3s, 1500ms, false, std::nullopt, {}},
        {zone_, Level::off(), 0s, 0s, true, Level::from_percent(20), Colour::xy(3127, 3290)},
        {zone_, Level::full(), 90min, 0s, false, Level::off(), Colour::white(2700)},
    });
  }

  std::vector<Change> everything() const {
    using How = TimeclockEventPassed::How;
    const Fade tilt{Level::off(), Level::from_percent(30), {}, std::chrono::seconds(9)};
    return {
        change(ProjectActivated{home_}),
        change(ZoneTilted{kBlind, tilt}),
        change(ZoneColoured{kLamp, {}, Colour::white(3000)}),
        change(ClimateChanged{kHeating, ClimateMode::heat, 2150, 2600, 1990}),
        change(VariableChanged{VariableId{101}, 1}),
        change(VariableChanged{VariableId{102}, 1}),
        change(SceneEdited{scene_, edited()}),
        change(TimeclockEnabled{TimeclockId{103}, false}),
        change(TimeclockEventEnabled{TimeclockEventId{104}, false}),
        change(TimeclockEventPassed{TimeclockEventId{104}, How::ran, 20600}),
        change(TimeclockEventPassed{TimeclockEventId{104}, How::by_command, 20601}),
        change(OccupancyModeChanged{OccupancyGroupId{105}, OccupancyMode::vacancy}),
        change(OccupancyChanged{OccupancyGroupId{105}, Occupancy::partial}),
        change(OccupancyChanged{OccupancyGroupId{105}, Occupancy::unknown}),
        change(SensorEnabled{device_, false}),
        change(ShowChanged{ShowId{106}, true}),
        change(FacadeChanged{FacadeId{107}, false}),
        change(ModeChanged{ModeId{7}}),
        change(AwayChanged{true}),
        change(EmergencyChanged{true}),
        change(LoadShed{30}),
    };
  }

  void expect_everything() {
    const SavedState& state = contents_.state;
    EXPECT_THAT(state.tilts, ElementsAre(SavedState::Tilt{kBlind, Level::from_percent(30)}));
    EXPECT_THAT(state.colours, ElementsAre(SavedState::ZoneColour{kLamp, Colour::white(3000)}));
    EXPECT_THAT(state.climates, ElementsAre(SavedState::Climate{kHeating, ClimateMode::heat, 2150, 2600}));
    EXPECT_THAT(state.variables, ElementsAre(SavedState::Variable{VariableId{101}, 1})) << "the other is not kept";
    EXPECT_THAT(state.scene_edits, ElementsAre(SavedState::SceneEdit{scene_, *edited()}));
    EXPECT_THAT(state.timeclocks, ElementsAre(SavedState::TimeclockState{TimeclockId{103}, false}));
    EXPECT_THAT(state.timeclock_events,
                ElementsAre(SavedState::TimeclockEventState{TimeclockEventId{104}, false, 20600}));
    EXPECT_THAT(state.occupancy,
                ElementsAre(SavedState::OccupancyState{OccupancyGroupId{105}, OccupancyMode::vacancy}));
    EXPECT_THAT(state.groups_in_use, ElementsAre(SavedState::GroupInUse{OccupancyGroupId{105}, true}))
        << "what was last known of it";
    EXPECT_THAT(state.sensors, ElementsAre(SavedState::Sensor{device_, false}));
    EXPECT_THAT(state.shows, ElementsAre(ShowId{106}));
    EXPECT_THAT(state.facades, ElementsAre(SavedState::Facade{FacadeId{107}, false}));
    EXPECT_EQ(state.mode, ModeId{7});
    EXPECT_TRUE(state.away);
    EXPECT_TRUE(state.emergency);
    EXPECT_EQ(state.shed_percent, 30);
  }
};

TEST_F(LiveStateTest, RemembersEverythingAHouseIsInTheMiddleOf) {
  open();
  note(everything());
  open();
  expect_everything();
  open();
  expect_everything();
}

TEST_F(LiveStateTest, RemembersWhatAwayHasLit) {
  open();
  Change lit = targeted(zone_.value, Level::off(), Level::full());
  lit.cause = lit.cause.then(CauseStep::Kind::away_chance, zone_.value);
  note({change(ProjectActivated{home_}), lit});
  open();
  EXPECT_THAT(contents_.state.lit_by_away, ElementsAre(zone_));
  note({targeted(zone_.value, Level::full(), Level::from_percent(40))});
  open();
  EXPECT_THAT(contents_.state.lit_by_away, IsEmpty()) << "somebody else has set it since";
}

TEST_F(LiveStateTest, AfterAPowerCutToo) {
  open();
  note(everything());
  wait_for_levels();
  fs::copy(directory_, root_ / "image");
  store_.reset();
  fs::remove_all(directory_);
  fs::rename(root_ / "image", directory_);
  open();
  EXPECT_THAT(contents_.warnings, IsEmpty());
  expect_everything();
}

/// The answer to the client is on its way already.
TEST_F(LiveStateTest, WhatAClientSetsToStayIsWrittenAtOnce) {
  open({.level_delay = std::chrono::hours(1)});
  Change set = change(ModeChanged{ModeId{7}});
  set.cause.source.kind = Source::Kind::client;
  note({targeted(zone_.value, Level::off(), Level::full()), set});
  for (;;) {
    fs::remove_all(root_ / "image");
    fs::copy(directory_, root_ / "image");
    Store::Contents found;
    if (Store::open(root_ / "image", found) && found.state.mode == ModeId{7}) break;
  }
}

TEST_F(LiveStateTest, OnlyWhatAClientSetsToStayIsASetting) {
  Change mode = change(ModeChanged{ModeId{7}});
  EXPECT_FALSE(store::is_setting(mode)) << "the house by itself";
  mode.cause.source.kind = Source::Kind::page;
  EXPECT_TRUE(store::is_setting(mode));
  mode.cause.source.kind = Source::Kind::mqtt;
  EXPECT_TRUE(store::is_setting(mode));
  Change level = targeted(zone_.value, Level::off(), Level::full());
  level.cause.source.kind = Source::Kind::client;
  EXPECT_FALSE(store::is_setting(level));
}

TEST_F(LiveStateTest, TheSecondCopyHasItWithTheNextRecord) {
  open();
  note(everything());
  wait_for_levels();
  EXPECT_EQ(save_setting("a", "b"), "");
  store_.reset();
  fs::remove(directory_ / "candela.db");
  open();
  expect_everything();
}

TEST_F(LiveStateTest, WhatIsAsInTheProjectAgainNeedsNoRow) {
  open();
  note(everything());
  open();
  note({change(ProjectActivated{home_}), change(SceneEdited{scene_, nullptr}), change(ShowChanged{ShowId{106}, false}),
        change(AwayChanged{false})});
  open();
  EXPECT_THAT(contents_.state.scene_edits, IsEmpty());
  EXPECT_THAT(contents_.state.shows, IsEmpty());
  EXPECT_FALSE(contents_.state.away);
  EXPECT_TRUE(contents_.state.emergency);
}

TEST_F(LiveStateTest, ForgetsWhatAProjectNoLongerHas) {
  open();
  note(everything());
  note({targeted(zone_.value, Level::off(), Level::full())});
  Project smaller = *home_;
  smaller.zones.clear();
  smaller.variables[0].kept = false;
  smaller.timeclock_events.clear();
  smaller.build_index();
  note({change(ProjectActivated{std::make_shared<const Project>(smaller)})});
  open();
  EXPECT_THAT(contents_.state.zones, IsEmpty());
  EXPECT_THAT(contents_.state.tilts, IsEmpty());
  EXPECT_THAT(contents_.state.colours, IsEmpty());
  EXPECT_THAT(contents_.state.variables, IsEmpty());
  EXPECT_THAT(contents_.state.timeclock_events, IsEmpty());
  EXPECT_EQ(contents_.state.timeclocks.size(), 1U);
  EXPECT_EQ(contents_.state.mode, ModeId{7}) << "the house's own states stay";
  // The old project again: what is told anew is written anew.
  note(everything());
  open();
  expect_everything();
}

/// It does not come back when the zone is again what it was.
TEST_F(LiveStateTest, ForgetsTheLookOfAZoneThatHasBecomeAnotherLoad) {
  open();
  note(everything());
  open();
  Project otherwise = *home_;
  for (Zone& zone : otherwise.zones) {
    if (zone.number == kBlind) zone.load = LoadType::shade;
    if (zone.number == kLamp) zone.load = LoadType::warm_dim;
    if (zone.number == kHeating) zone.load = LoadType::fan;
  }
  otherwise.build_index();
  note({targeted(kLamp.value, Level::off(), Level::full()),
        change(ProjectActivated{std::make_shared<const Project>(otherwise)})});
  open();
  EXPECT_THAT(contents_.state.tilts, IsEmpty());
  EXPECT_THAT(contents_.state.colours, IsEmpty());
  EXPECT_THAT(contents_.state.climates, IsEmpty());
  EXPECT_EQ(contents_.state.zones.size(), 1U) << "levels go on";
  note({change(ProjectActivated{home_})});
  open();
  EXPECT_THAT(contents_.state.colours, IsEmpty());
}

TEST(StateRows, ReadWhatTheyWrote) {
  rc::check([](std::array<std::int64_t, 5> values, std::uint32_t number) {
    for (std::int64_t kind = 1; kind <= static_cast<std::int64_t>(store::kStateKinds); ++kind) {
      if (kind == static_cast<std::int64_t>(StateKind::scene)) continue;
      StateRow row{static_cast<StateKind>(kind), number, values};
      const std::string text = store::value_text(row);
      const auto read = store::read_row(kind, number, text);
      RC_ASSERT(read.has_value());
      RC_ASSERT(store::value_text(*read) == text);
    }
  });
}

TEST(StateRows, AreNotReadFromAnythingElse) {
  EXPECT_FALSE(store::read_row(0, 1, "1"));
  EXPECT_FALSE(store::read_row(store::kStateKinds + 1, 1, "1"));
  for (const char* text : {"", " ", "1 2", "one", "1 ", "99999999999999999999"}) {
    EXPECT_FALSE(store::read_row(static_cast<std::int64_t>(StateKind::variable), 1, text)) << text;
  }
  for (const char* text : {"1", "1 2 3", "1 2 3 4 5 6 7 8 9 10", "1 2 3 4 5 6 7 8 9 10 11;;"}) {
    EXPECT_FALSE(store::read_row(static_cast<std::int64_t>(StateKind::scene), 1, text)) << text;
  }
}

/// May be read and moved by two threads.
class SharedClock final : public Clock {
 public:
  Now now() const override {
    const std::int64_t passed = passed_;
    return {MonoTime(std::chrono::hours(1) + std::chrono::seconds(passed)),
            UtcTime(std::chrono::seconds(utc_ + passed))};
  }
  void pass(std::chrono::seconds by) { passed_ += by.count(); }
  void set_utc(UtcTime utc) {
    utc_ = std::chrono::duration_cast<std::chrono::seconds>(utc.time_since_epoch()).count() - passed_;
  }

 private:
  std::atomic<std::int64_t> passed_ = 0;
  std::atomic<std::int64_t> utc_ = std::chrono::duration_cast<std::chrono::seconds>(kNoon.time_since_epoch()).count();
};

class AliveTest : public LiveStateTest {
 protected:
  ~AliveTest() override { store_.reset(); }  // it reads the clock to the end

  void open_alive(std::chrono::milliseconds interval = std::chrono::hours(1)) {
    open({.level_delay = std::chrono::milliseconds(1), .clock = &clock_, .alive_interval = interval});
  }
  SharedClock clock_;
};

TEST_F(AliveTest, SaysWhenItWasLastKnownToRun) {
  using namespace std::chrono_literals;
  open_alive();
  EXPECT_FALSE(contents_.state.last_alive) << "the first start";
  clock_.pass(10s);
  open_alive();
  EXPECT_EQ(contents_.state.last_alive, kNoon + 10s) << "a clean stop";
  clock_.pass(20s);
  EXPECT_EQ(save_setting("a", "b"), "");
  fs::copy(directory_, root_ / "image");
  clock_.pass(20s);
  Store::Contents found;
  ASSERT_TRUE(Store::open(root_ / "image", found));
  EXPECT_EQ(found.state.last_alive, kNoon + 30s) << "with whatever is written";
}

TEST_F(AliveTest, AnIdleHouseSaysSoOnceInAWhileOrNever) {
  using namespace std::chrono_literals;
  open_alive(1ms);
  clock_.pass(1s);
  for (;;) {
    fs::remove_all(root_ / "image");
    fs::copy(directory_, root_ / "image");
    Store::Contents found;
    if (Store::open(root_ / "image", found) && found.state.last_alive == kNoon + 1s) break;
  }
  open_alive(0ms);
  clock_.pass(1s);
  wait_for_levels();
  fs::remove_all(root_ / "image");
  fs::copy(directory_, root_ / "image");
  Store::Contents found;
  ASSERT_TRUE(Store::open(root_ / "image", found));
  EXPECT_EQ(found.state.last_alive, kNoon + 1s);
}

TEST_F(AliveTest, ATimeThatNobodyVouchesForIsNotRemembered) {
  using namespace std::chrono_literals;
  open_alive();
  open_alive();
  clock_.set_utc(UtcTime(1h));  // the clock lost its power: 1970 again
  EXPECT_EQ(save_setting("a", "b"), "");
  open_alive();
  EXPECT_EQ(contents_.state.last_alive, kNoon) << "it does not go back by itself";
  note({change(ClockChanged{false})});
  clock_.set_utc(kNoon + 24h);
  open_alive();
  EXPECT_EQ(contents_.state.last_alive, kNoon) << "nor forward, on a time that is not trusted";
  note({change(ClockChanged{true})});
  clock_.set_utc(kNoon - 24h);
  open_alive();
  EXPECT_EQ(contents_.state.last_alive, kNoon - 24h) << "but it was wrong if somebody vouches for another time";
}

}  // namespace
}  // namespace candela
