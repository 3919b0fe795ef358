#include "engine/away.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <set>

#include "engine/away_chance.h"
#include "engine/home_builder.h"

namespace candela::engine {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::sys_days;
using testing::ElementsAre;
using testing::IsEmpty;
using Kind = CauseStep::Kind;
using Method = AwaySettings::Method;

TimeOfDay clock_time(std::chrono::seconds time) { return {TimeOfDay::Kind::fixed, time}; }
UtcTime utc(std::chrono::year_month_day day, std::chrono::milliseconds time = 0ms) { return sys_days{day} + time; }

class AwayTest : public testing::Test {
 protected:
  struct Switched {
    UtcTime at;
    Away::Command command;
    friend bool operator==(const Switched&, const Switched&) = default;
  };

  AwayTest() {
    home_.project().location = {52.52, 13.405, "Europe/Berlin"};
    for (int i = 0; i < 4; ++i) zones_.push_back(home_.add_zone(home_.home()));
    zones_.push_back(home_.add_zone(home_.home(), LoadType::switched));
    other_ = home_.add_zone(home_.home());
    settings().method = Method::random;
    settings().zones = zones_;
    settings().from = clock_time(18h);
    settings().to = clock_time(23h);
  }
  AwaySettings& settings() { return home_.project().away; }
  void begin_house(UtcTime now) {
    away_ = Away(home_.build());
    now_ = now;
  }
  /// Away begins at once.
  void begin(UtcTime now) {
    begin_house(now);
    away_.begin(almanac_, now_);
  }
  /// What away does until then, at the times it asks to be woken.
  std::vector<Switched> until(UtcTime end) {
    std::vector<Switched> all;
    while (away_.next_due() && *away_.next_due() <= end) {
      now_ = std::max(now_, *away_.next_due());
      for (const Away::Command& command : advance(now_)) all.push_back({now_, command});
    }
    now_ = end;
    return all;
  }
  Away::Commands advance(UtcTime now) {
    Away::Commands out;
    away_.advance(almanac_, now, out);
    now_ = now;
    return out;
  }
  Away::Commands end() {
    Away::Commands out;
    away_.end(out);
    return out;
  }
  SavedState saved() const {
    SavedState saved;
    saved.away = away_.is_active();
    saved.switchings = away_.recorded();
    saved.lit_by_away = away_.lit();
    return saved;
  }
  void restart(UtcTime now) {
    const SavedState state = saved();
    begin_house(now);
    away_.restore(state, almanac_, now);
  }
  std::vector<Switched> evening(UtcTime begins) {
    begin(begins);
    return until(begins + 24h);
  }

  HomeBuilder home_;
  const Almanac almanac_{Location{52.52, 13.405, "Europe/Berlin"}};
  std::vector<ZoneId> zones_;
  ZoneId other_;
  Away away_;
  UtcTime now_{};
  const std::chrono::year_month_day day_{2026y / 6 / 10};  // a Wednesday; Berlin is two hours ahead of UTC
};

TEST(AwayChance, IsTheSameEverywhere) {
  // SplitMix64's own numbers after the seed is mixed; they are what projects rely on from now on.
  Chance chance(1, 20'000, ZoneId{5});
  Chance again(1, 20'000, ZoneId{5});
  Chance other_day(1, 20'001, ZoneId{5});
  Chance other_zone(1, 20'000, ZoneId{6});
  const std::uint64_t first = chance.next();
  EXPECT_EQ(first, again.next());
  EXPECT_NE(first, other_day.next());
  EXPECT_NE(first, other_zone.next());
  EXPECT_NE(first, chance.next());
}

TEST_F(AwayTest, ASeedRepeatsItselfAndNoEveningTheOther) {
  const auto first = evening(utc(day_));
  EXPECT_GT(first.size(), 4u);
  EXPECT_EQ(evening(utc(day_)), first);
  const auto second = evening(utc(day_) + 24h);
  settings().seed = 2;
  const auto other = evening(utc(day_));
  const auto times = [](const std::vector<Switched>& all, UtcTime from) {
    std::vector<std::chrono::milliseconds> since;
    for (const Switched& it : all) since.push_back(it.at - from);
    return since;
  };
  EXPECT_NE(times(second, utc(day_) + 24h), times(first, utc(day_)));
  EXPECT_NE(times(other, utc(day_)), times(first, utc(day_)));
}

TEST_F(AwayTest, SwitchesOnlyItsZonesAndOnlyInTheWindow) {
  settings().from = {TimeOfDay::Kind::sunset, -30min};
  settings().to = clock_time(1h + 30min);  // over midnight
  begin(utc(day_));
  const auto all = until(utc(day_) + days(400));
  std::set<Slot> used;
  std::map<Slot, Level> levels;
  for (const Switched& it : all) {
    EXPECT_TRUE(almanac_.is_within(it.at, settings().from, settings().to));
    EXPECT_LT(it.command.zone, zones_.size());
    EXPECT_EQ(it.command.why, Kind::away_chance);
    EXPECT_NE(it.command.level.is_on(), levels[it.command.zone].is_on()) << "on twice or off twice";
    if (it.command.level.is_on()) {
      EXPECT_GE(it.command.level, it.command.zone == 4 ? Level::full() : Level::from_percent(50));
    }
    levels[it.command.zone] = it.command.level;
    used.insert(it.command.zone);
  }
  EXPECT_EQ(used.size(), zones_.size());
  EXPECT_GT(all.size(), 400u * 4);
}

TEST_F(AwayTest, BurnsForPlausibleTimes) {
  begin(utc(day_));
  std::map<Slot, UtcTime> on;
  for (const Switched& it : until(utc(day_) + days(50))) {
    if (it.command.level.is_on()) {
      on[it.command.zone] = it.at;
      continue;
    }
    EXPECT_GE(it.at - on[it.command.zone], 5min);
    EXPECT_LE(it.at - on[it.command.zone], 90min);
  }
  EXPECT_EQ(on.size(), zones_.size());
}

TEST_F(AwayTest, EveryEveningHasALight) {
  settings().zones = {zones_[0]};
  begin(utc(day_));
  std::set<days> evenings;
  for (const Switched& it : until(utc(day_) + days(60))) {
    evenings.insert(std::chrono::floor<days>(it.at.time_since_epoch()));
  }
  EXPECT_EQ(evenings.size(), 60u);
}

TEST_F(AwayTest, LoadsThatAreNoLightsAreLeftAlone) {
  const ZoneId shade = home_.add_zone(home_.home(), LoadType::shade);
  settings().zones = {shade, ZoneId{9999}};
  begin(utc(day_));
  EXPECT_EQ(away_.next_due(), std::nullopt);
}

TEST_F(AwayTest, EndingPutsOffWhatAwayLit) {
  begin(utc(day_));
  while (away_.lit().size() < 2 && now_ < utc(day_, 21h)) until(now_ + 1min);
  const auto lit = away_.lit();
  ASSERT_EQ(lit.size(), 2u);
  const auto touched = static_cast<Slot>(std::find(zones_.begin(), zones_.end(), lit[0]) - zones_.begin());
  away_.people_set(touched, Level::from_percent(30), now_);
  const auto out = end();
  EXPECT_EQ(out.size(), lit.size() - 1);
  for (const Away::Command& it : out) {
    EXPECT_EQ(it.level, Level::off());
    EXPECT_EQ(it.why, Kind::away_ended);
    EXPECT_NE(it.zone, touched);
  }
  EXPECT_EQ(away_.next_due(), std::nullopt);
  EXPECT_THAT(end(), IsEmpty());
  EXPECT_THAT(away_.lit(), IsEmpty());
}

TEST_F(AwayTest, WhatPeopleTouchIsTheirsForTheEvening) {
  begin(utc(day_));
  until(utc(day_, 17h));
  const UtcTime touched = now_;
  away_.people_set(0, Level::full(), now_);
  for (const Switched& it : until(utc(day_, 23h))) EXPECT_NE(it.command.zone, 0u);
  bool plays_again = false;
  for (const Switched& it : until(touched + days(5))) plays_again = plays_again || it.command.zone == 0;
  EXPECT_TRUE(plays_again);
}

TEST_F(AwayTest, BeginningInTheEveningSwitchesNothingAtOnce) {
  begin(utc(day_, 19h));
  EXPECT_THAT(advance(utc(day_, 19h)), IsEmpty());
  EXPECT_GT(*away_.next_due(), utc(day_, 19h));
}

TEST_F(AwayTest, ALeapOfTheClockLeavesNothingOn) {
  begin(utc(day_));
  until(utc(day_, 18h));
  const std::size_t lit = away_.lit().size();
  ASSERT_GE(lit, 1u);
  const auto out = advance(utc(day_) + days(3) + 10h);
  EXPECT_EQ(out.size(), lit);
  EXPECT_THAT(away_.lit(), IsEmpty());
  // And back: the evening comes once more.
  EXPECT_THAT(advance(utc(day_, 12h)), IsEmpty());
  EXPECT_GT(until(utc(day_, 23h)).size(), 4u);
}

TEST_F(AwayTest, ALeapOfTheClockLightsNothingLate) {
  begin(utc(day_));
  const auto out = advance(utc(day_, 20h));  // 22:00 in Berlin, from the night before
  EXPECT_THAT(out, IsEmpty());
  EXPECT_THAT(away_.lit(), IsEmpty());
}

TEST_F(AwayTest, WhatPeopleTouchBeforeTheEveningPlaysAllTheSame) {
  const auto whole = evening(utc(day_));
  begin(utc(day_));
  for (Slot zone = 0; zone < zones_.size(); ++zone) away_.people_set(zone, Level::off(), utc(day_, 12h));
  EXPECT_EQ(until(utc(day_) + 24h), whole);
}

TEST_F(AwayTest, ARestartInTheMiddleChangesNothing) {
  const auto whole = evening(utc(day_));
  begin(utc(day_));
  auto parts = until(utc(day_, 18h));
  restart(utc(day_, 18h));
  const auto rest = until(utc(day_) + 24h);
  parts.insert(parts.end(), rest.begin(), rest.end());
  EXPECT_EQ(parts, whole);
}

TEST_F(AwayTest, ALongRestartPutsOffWhatIsOver) {
  begin(utc(day_));
  until(utc(day_, 18h));
  const std::size_t lit = away_.lit().size();
  ASSERT_GE(lit, 1u);
  restart(utc(day_, 23h));
  EXPECT_EQ(away_.next_due(), utc(day_, 23h));
  EXPECT_EQ(advance(utc(day_, 23h)).size(), lit);
}

TEST_F(AwayTest, ATransferCarriesTheEveningOver) {
  const auto whole = evening(utc(day_));
  begin(utc(day_));
  auto parts = until(utc(day_, 18h));
  Away fresh(home_.build());
  fresh.carry_over(away_, almanac_, now_);
  away_ = std::move(fresh);
  const auto rest = until(utc(day_) + 24h);
  parts.insert(parts.end(), rest.begin(), rest.end());
  EXPECT_EQ(parts, whole);
}

class Replay : public AwayTest {
 protected:
  Replay() { settings().method = Method::replay; }
  /// Away begins 14 days after.
  void later() {
    now_ = utc(day_) + days(14);
    away_.begin(almanac_, now_);
  }
  static constexpr auto kJitter = 15min;
};

TEST_F(Replay, RepeatsTheDay14DaysBefore) {
  begin_house(utc(day_));
  away_.people_set(0, Level::from_percent(40), utc(day_, 17h));
  away_.people_set(0, Level::off(), utc(day_, 17h + 30min));
  away_.people_set(4, Level::full(), utc(day_, 19h));
  away_.people_set(5, Level::full(), utc(day_, 19h));  // not one of away's
  away_.people_set(1, Level::full(), utc(day_, 10h));  // not in the window
  away_.people_set(1, Level::off(), utc(day_, 11h));
  away_.people_set(2, Level::full(), utc(day_) - days(1) + 18h);  // another day
  later();
  EXPECT_TRUE(away_.replays());
  const auto all = until(now_ + 24h);
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all[0].command, (Away::Command{0, Level::from_percent(40), 1s, Kind::away_replay}));
  EXPECT_EQ(all[1].command, (Away::Command{0, Level::off(), 1s, Kind::away_replay}));
  EXPECT_EQ(all[2].command, (Away::Command{4, Level::full(), 1s, Kind::away_replay}));
  EXPECT_EQ(all[3].command, (Away::Command{4, Level::off(), 1s, Kind::away_replay}));
  const UtcTime again = utc(day_) + days(14);
  EXPECT_LE(all[0].at, again + 17h + kJitter);
  EXPECT_GE(all[0].at, again + 17h - kJitter);
  EXPECT_EQ(all[1].at - all[0].at, 30min);
  EXPECT_EQ(all[3].at, again + 21h);  // the window's end
}

TEST_F(Replay, WhatWasOnBeforeTheWindowIsOnFromItsBegin) {
  begin_house(utc(day_));
  away_.people_set(0, Level::full(), utc(day_, 14h));
  away_.people_set(0, Level::off(), utc(day_, 20h));
  later();
  const auto all = until(now_ + 24h);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_GE(all[0].at, utc(day_) + days(14) + 16h);
  EXPECT_LE(all[0].at, utc(day_) + days(14) + 16h + kJitter);
}

TEST_F(Replay, WithoutARecordGoesByChanceAndSaysSo) {
  begin_house(utc(day_));
  away_.people_set(0, Level::off(), utc(day_, 19h));
  later();
  EXPECT_FALSE(away_.replays());
  const auto all = until(now_ + 24h);
  EXPECT_GT(all.size(), 4u);
  for (const Switched& it : all) EXPECT_EQ(it.command.why, Kind::away_chance);
}

TEST_F(Replay, KeepsTheLocalTimeWhenTheClocksChange) {
  settings().from = clock_time(22h);
  settings().to = clock_time(5h);
  const UtcTime winter = utc(2026y / 3 / 14);  // 14 days before the night of 28 to 29 March
  begin_house(winter);
  away_.people_set(0, Level::full(), winter + 22h);               // 23:00
  away_.people_set(0, Level::off(), winter + 24h + 30min);        // 01:30, in winter time still
  away_.people_set(1, Level::full(), winter + 24h + 1h + 30min);  // 02:30, which is left out
  away_.people_set(1, Level::off(), winter + 24h + 3h);           // 04:00, in summer time
  now_ = utc(2026y / 3 / 28, 12h);
  away_.begin(almanac_, now_);
  const auto all = until(now_ + 24h);
  ASSERT_EQ(all.size(), 4u);
  const UtcTime again = utc(2026y / 3 / 28);
  const std::array expected{again + 22h, again + 24h + 30min, again + 25h, again + 26h};
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_GE(all[i].at, expected.at(i) - kJitter) << i;
    EXPECT_LE(all[i].at, expected.at(i) + kJitter) << i;
    EXPECT_TRUE(almanac_.is_within(all[i].at, settings().from, settings().to));
  }
}

TEST_F(Replay, TheRecordSurvivesARestart) {
  begin_house(utc(day_));
  away_.people_set(0, Level::full(), utc(day_, 17h));
  restart(utc(day_, 18h));
  EXPECT_FALSE(away_.is_active());
  later();
  EXPECT_TRUE(away_.replays());
}

TEST(AwayRecord, IsBoundedAndTheOldestGoes) {
  AwayRecord record;
  for (std::size_t i = 0; i < AwayRecord::kMost + 10; ++i) {
    record.add({ZoneId{2}, Level::full(), UtcTime{} + i * AwayRecord::kSettles});
  }
  EXPECT_EQ(record.all().size(), AwayRecord::kMost);
  UtcTime oldest = UtcTime::max();
  for (const auto& it : record.all()) oldest = std::min(oldest, it.at);
  EXPECT_EQ(oldest, UtcTime{} + 10 * AwayRecord::kSettles);
}

TEST(AwayRecord, OfOneMinuteKeepsHowItEnded) {
  AwayRecord record;
  const auto of = [](std::uint32_t zone, double percent, std::chrono::seconds at) {
    return AwayRecord::Switching{ZoneId{zone}, Level::from_percent(percent), UtcTime{} + at};
  };
  record.add(of(2, 10, 0s));
  record.add(of(3, 10, 20s));
  record.add(of(2, 60, 59s));
  record.add(of(2, 0, 60s));
  EXPECT_THAT(record.all(), ElementsAre(of(2, 60, 0s), of(3, 10, 20s), of(2, 0, 60s)));
}

TEST(AwayRecord, WhatComesAfterTheClockWasSetBackIsAnEntryOfItsOwn) {
  AwayRecord record;
  record.add({ZoneId{2}, Level::full(), UtcTime{} + 100s});
  record.add({ZoneId{2}, Level::off(), UtcTime{} + 90s});
  EXPECT_EQ(record.all().size(), 2u);
}

TEST(AwayEvenings, AreNoneWhenTheSunSetsAfterTheTimeToStop) {
  AwaySettings settings;
  settings.to = clock_time(23h);
  const Location bodo{67.28, 14.4, "Europe/Oslo"};  // late in May the sun sets here after 23:00, in June not at all
  const Almanac almanac(bodo);
  const auto evening = next_evening(almanac, settings, utc(2026y / 5 / 25));
  ASSERT_TRUE(evening);
  EXPECT_LT(evening->end - evening->begin, 12h);
  EXPECT_GT(evening->begin, utc(2026y / 7 / 1));
}

}  // namespace
}  // namespace candela::engine
