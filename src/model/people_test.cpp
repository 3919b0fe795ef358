#include "model/people.h"

#include <gtest/gtest.h>

namespace candela {
namespace {

using Kind = CauseStep::Kind;

Cause by(Source::Kind source, Kind step) {
  Cause cause;
  cause.source.kind = source;
  return cause.then(step, 7);
}

TEST(People, DoWhatTheyDoByHandOrByBeingThere) {
  EXPECT_TRUE(is_doing_of_people(by(Source::Kind::device, Kind::button_pressed)));
  EXPECT_TRUE(is_doing_of_people(by(Source::Kind::device, Kind::level_reported)));
  EXPECT_TRUE(is_doing_of_people(by(Source::Kind::client, Kind::zone_commanded)));
  EXPECT_TRUE(is_doing_of_people(by(Source::Kind::mqtt, Kind::zone_commanded)));
  EXPECT_TRUE(is_doing_of_people(by(Source::Kind::device, Kind::seen_occupied)));
  EXPECT_TRUE(is_doing_of_people(by(Source::Kind::timer, Kind::seen_unoccupied)));
}

TEST(People, DoNotDoWhatTheHouseDoesByItself) {
  EXPECT_FALSE(is_doing_of_people(by(Source::Kind::timer, Kind::timeclock_due)));
  EXPECT_FALSE(is_doing_of_people(by(Source::Kind::timer, Kind::sequence_step)));
  EXPECT_FALSE(is_doing_of_people(by(Source::Kind::timer, Kind::away_replay)));
  EXPECT_FALSE(is_doing_of_people(by(Source::Kind::system, Kind::restored)));
  EXPECT_FALSE(is_doing_of_people(by(Source::Kind::client, Kind::load_shed)));
  EXPECT_FALSE(is_doing_of_people(by(Source::Kind::client, Kind::away_ended)));
  EXPECT_FALSE(is_doing_of_people(by(Source::Kind::system, Kind::button_pressed)));
}

TEST(People, AreNotAway) {
  EXPECT_TRUE(is_doing_of_away(by(Source::Kind::timer, Kind::away_chance)));
  EXPECT_TRUE(is_doing_of_away(by(Source::Kind::timer, Kind::away_replay)));
  EXPECT_FALSE(is_doing_of_away(by(Source::Kind::timer, Kind::timeclock_due)));
}

}  // namespace
}  // namespace candela
