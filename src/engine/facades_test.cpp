// Facades through the whole engine: what moves when, and what people do meanwhile.
#include "engine/facades.h"

#include "engine/engine_fixture.h"

namespace candela::engine {
namespace {

constexpr UtcTime kMidnight{std::chrono::sys_days{std::chrono::year{2026} / 3 / 9} + 23h};  // of 10 March in Stockholm

/// A facade to the south with two shades; the clock is put to midnight.
class FacadesTest : public EngineTest {
 protected:
  FacadesTest() {
    clock_.set({MonoTime{1h}, kMidnight});
    home_.project().location = {59.33, 18.07, "Europe/Stockholm"};
    left_ = add_shade();
    right_ = add_shade();
    facade_.number = FacadeId{900};
    facade_.id = facade_.name = "south";
    facade_.shades = {left_, right_};
    facade_.depth = 1;
    facade_.surface = 0.5;
  }

  ZoneId add_shade() {
    const ZoneId zone = home_.add_zone(home_.home(), LoadType::shade);
    home_.zone(zone).travel = 20s;
    return zone;
  }
  void begin(SavedState remembered = {}) {
    home_.project().facades = {facade_};
    EngineTest::begin(std::move(remembered));
  }
  FacadeDay today() {
    const Almanac almanac(home_.project().location);
    return plan_day(facade_, almanac, almanac.local(clock_.now().utc).date, Level::full(), std::nullopt);
  }
  /// Lets time pass until then, waking only when the engine asks to be woken.
  std::vector<Change> live_until(UtcTime end) {
    std::vector<Change> all;
    const auto step = [&](Duration time) {
      const auto changes = wait(time);
      all.insert(all.end(), changes.begin(), changes.end());
    };
    while (const auto wake = engine_.next_wake()) {
      if (*wake - clock_.now().mono > end - clock_.now().utc) break;
      ++wakes_;
      step(*wake - clock_.now().mono);
    }
    step(end - clock_.now().utc);
    return all;
  }
  /// What is remembered of the house as it stands, when it stops now.
  SavedState saved() const {
    SavedState state;
    for (const ZoneId zone : {left_, right_}) {
      const View::ZoneState& it = view_.zone(zone);
      state.zones.push_back({zone, it.fade.from, it.fade.to, it.changed, it.fade.duration});
    }
    return state;
  }

  Facade facade_;
  ZoneId left_;
  ZoneId right_;
  int wakes_ = 0;
};

TEST_F(FacadesTest, FollowTheSunWithFewWakes) {
  begin();
  const FacadeDay day = today();
  ASSERT_GE(day.moves.size(), 3U);
  const auto changes = live_until(kMidnight + 24h - 1s);
  const auto moves = only<ZoneTargeted>(changes);
  ASSERT_EQ(moves.size(), 2 * day.moves.size()) << "nothing moves them before the first";
  EXPECT_EQ(wakes_, static_cast<int>(day.moves.size())) << "nothing ticks";
  EXPECT_EQ(changes.front().cause.source.kind, Source::Kind::timer);
  EXPECT_EQ(steps_of(changes.front()), (std::vector<CauseStep>{{CauseStep::Kind::facade_moved, 900}}));
  EXPECT_EQ(reads(left_), 100);
}

TEST_F(FacadesTest, AreAtTheirLevelAtEveryMove) {
  begin();
  const FacadeDay day = today();
  for (const FacadeDay::Move& move : day.moves) {
    live_until(move.at + 1min);
    EXPECT_EQ(level(left_), move.level);
    EXPECT_EQ(level(right_), move.level);
  }
  live_until(kMidnight + 10 * 24h);
  EXPECT_LE(wakes_, 10 * (facade_.most_moves + 1)) << "and one at midnight";
}

TEST_F(FacadesTest, LeaveAShadeThatPeopleMovedUntilTheNextDaysFirstMove) {
  begin();
  const FacadeDay day = today();
  live_until(day.moves[0].at + 1min);
  send(MoveZone{left_, Movement::raise});
  wait(10s);
  send(MoveZone{left_, Movement::stop});
  const double own = reads(left_);
  live_until(kMidnight + 24h);
  EXPECT_EQ(reads(left_), own);
  EXPECT_EQ(reads(right_), 100);
  const FacadeDay tomorrow = today();
  live_until(tomorrow.moves[0].at - 1s);
  EXPECT_EQ(reads(left_), own);
  live_until(tomorrow.moves[0].at + 1min);
  EXPECT_EQ(level(left_), tomorrow.moves[0].level);
}

TEST_F(FacadesTest, TakeAShadeBackWhenStartedAgain) {
  begin();
  const FacadeDay day = today();
  live_until(day.moves[0].at + 1min);
  set(left_, 3);
  live_until(day.moves[1].at + 1min);
  EXPECT_EQ(reads(left_), 3);
  EXPECT_TRUE(only<FacadeChanged>(send(ControlFacade{facade_.number, Control::start})).empty()) << "no news";
  wait(1min);
  EXPECT_EQ(level(left_), day.moves[1].level);
}

TEST_F(FacadesTest, TellWhatTheyWantAndWhichShadesPeopleMoved) {
  begin();
  EXPECT_FALSE(view_.wanted(facade_.number)) << "nothing before the day's first move";
  const FacadeDay day = today();
  live_until(day.moves[0].at + 1min);
  EXPECT_EQ(view_.wanted(facade_.number), day.moves[0].level);
  EXPECT_TRUE(view_.shades_elsewhere(facade_.number).empty());
  set(left_, 3);
  set(right_, 4);
  const auto moved = only<FacadeMoved>(live_until(day.moves[1].at + 1min));
  EXPECT_EQ(moved, (std::vector<FacadeMoved>{{facade_.number, day.moves[1].level}})) << "though no shade obeys";
  EXPECT_EQ(view_.shades_elsewhere(facade_.number), (std::vector<ZoneId>{left_, right_}));
  send(ControlFacade{facade_.number, Control::start});
  EXPECT_TRUE(view_.shades_elsewhere(facade_.number).empty());
  send(ControlFacade{facade_.number, Control::stop});
  EXPECT_FALSE(view_.wanted(facade_.number));
}

TEST_F(FacadesTest, StopAndStart) {
  begin();
  const FacadeDay day = today();
  live_until(day.moves[0].at + 1min);
  EXPECT_EQ(only<FacadeChanged>(send(ControlFacade{facade_.number, Control::toggle})),
            (std::vector<FacadeChanged>{{facade_.number, false}}));
  EXPECT_FALSE(view_.is_enabled(facade_.number));
  EXPECT_FALSE(engine_.next_wake());
  live_until(day.moves[1].at + 1h);
  EXPECT_EQ(level(left_), day.moves[0].level);
  const auto changes = send(ControlFacade{facade_.number, Control::toggle}, Source{Source::Kind::page, {}});
  EXPECT_EQ(only<FacadeChanged>(changes).size(), 1U);
  EXPECT_EQ(changes.back().cause.source.kind, Source::Kind::page);
  wait(1min);
  EXPECT_NE(level(left_), day.moves[0].level);
  send(ControlFacade{FacadeId{left_.value}, Control::start});  // no such facade: nothing
}

TEST_F(FacadesTest, BeginSwitchedOffWhenTheProjectSaysSo) {
  facade_.enabled = false;
  begin();
  EXPECT_FALSE(engine_.next_wake());
  EXPECT_FALSE(view_.is_enabled(facade_.number));
  send(ControlFacade{facade_.number, Control::start});
  wait(1min);
  EXPECT_EQ(reads(left_), 100) << "where shades are before the day's first move";
}

TEST_F(FacadesTest, ADriveThatStopsNearbyIsNoPerson) {
  begin();
  const FacadeDay day = today();
  live_until(day.moves[0].at + 1min);
  const double told = reads(left_);
  send(LevelReported{left_, percent(told - 1)}, Source{Source::Kind::device, {}});
  live_until(day.moves[1].at + 1min);
  EXPECT_EQ(level(left_), day.moves[1].level);
}

TEST_F(FacadesTest, GoOnAfterARestartWithWhatWasMissed) {
  begin();
  const FacadeDay day = today();
  live_until(day.moves[0].at + 1min);
  set(right_, 7);
  wait(1min);
  const SavedState state = saved();
  clock_.set({MonoTime{1h}, day.moves[1].at + 5min});
  begin(state);
  wait(1min);
  EXPECT_EQ(level(left_), day.moves[1].level) << "the facade's own: it missed a move";
  EXPECT_EQ(reads(right_), 7) << "people's";
  clock_.set({MonoTime{1h}, kMidnight + 24h + 1h});
  begin(state);
  wait(1min);
  EXPECT_EQ(level(left_), day.moves[0].level) << "nothing moves in the night";
  live_until(today().moves[0].at + 1min);
  EXPECT_EQ(level(right_), today().moves[0].level);
}

TEST_F(FacadesTest, RememberWhoWasSwitchedOff) {
  SavedState state;
  state.facades = {{facade_.number, false}, {FacadeId{12345}, false}};
  begin(state);
  EXPECT_FALSE(view_.is_enabled(facade_.number));
  EXPECT_FALSE(engine_.next_wake());
}

TEST_F(FacadesTest, ATransferLeavesThemAlone) {
  begin();
  const FacadeDay day = today();
  live_until(day.moves[0].at + 1min);
  set(left_, 7);
  home_.add_zone(home_.home());
  EngineTest::send(ActivateProject{home_.build()});
  const auto now = wait(1min);
  EXPECT_TRUE(only<ZoneTargeted>(now).empty());
  EXPECT_EQ(reads(left_), 7);
  live_until(day.moves[1].at + 1min);
  EXPECT_EQ(reads(left_), 7);
  EXPECT_EQ(level(right_), day.moves[1].level);
}

TEST_F(FacadesTest, ATransferThatTurnsTheFacadeTakesEffect) {
  begin();
  const FacadeDay day = today();
  live_until(day.moves[0].at + 1min);
  facade_.enabled = false;
  home_.project().facades = {facade_};
  send(ActivateProject{home_.build()});
  EXPECT_FALSE(engine_.next_wake());
  EXPECT_FALSE(view_.is_enabled(facade_.number));
  facade_.enabled = true;
  facade_.azimuth = 0;
  home_.project().facades = {facade_};
  send(ActivateProject{home_.build()});
  live_until(kMidnight + 24h - 1s);
  EXPECT_EQ(reads(left_), 100);
  home_.project().facades.clear();
  send(ActivateProject{home_.build()});
  EXPECT_FALSE(engine_.next_wake());
}

TEST_F(FacadesTest, ASetClockMovesThemOnce) {
  begin();
  const FacadeDay day = today();
  live_until(day.moves[0].at + 1min);
  clock_.set({clock_.now().mono + 1s, day.moves[2].at + 5min});
  const auto changes = send(ClockReported{true});
  EXPECT_EQ(only<ZoneTargeted>(changes).size(), 2U);
  wait(1min);
  EXPECT_EQ(level(left_), day.moves[2].level);
}

TEST_F(FacadesTest, LetAnEmergencyHoldThem) {
  home_.zone(left_).emergency = percent(100);
  begin();
  const FacadeDay day = today();
  live_until(day.moves[0].at + 1min);
  send(SetEmergency{true});
  live_until(day.moves[1].at + 1min);
  EXPECT_EQ(reads(left_), 100);
  send(SetEmergency{false});
  wait(1min);
  EXPECT_EQ(level(left_), day.moves[1].level) << "an emergency is nobody's hand";
}

}  // namespace
}  // namespace candela::engine
