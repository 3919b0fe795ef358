#include "rehearsal/simulation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "model/describe.h"
#include "model/small_home.h"

namespace candela::rehearsal {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// A simulation of the small home (in UTC), with what it told.
struct Simulated {
  std::vector<std::string> lines;
  SimulationSummary summary;
  std::string error;
};

Simulated run(const std::string& from, const std::string& to, const std::string& events,
              std::optional<std::uint64_t> seed = {}) {
  const auto home = std::make_shared<const Project>(testing::small_home());
  const Calendar calendar(home->location);
  ScenarioFile file = read_events(events);
  for (const Problem& problem : file.problems) ADD_FAILURE() << problem.line << ": " << problem.message;
  const SimulationRequest request{home, *calendar.find(*read_moment(from), {}), *calendar.find(*read_moment(to), {}),
                                  file.scenarios.at(0).steps, seed};
  Simulated simulated;
  SimulationListener listener;
  listener.on_change = [&](const Change& change, const Project& project) {
    if (std::holds_alternative<LedChanged>(change.what)) return;
    simulated.lines.push_back(calendar.text(change.at.utc).substr(4) + " " + describe(change, project));
  };
  auto summary = simulate(request, Actor(), listener);
  if (summary) {
    simulated.summary = *summary;
  } else {
    simulated.error = summary.error().message;
  }
  return simulated;
}

TEST(Simulation, nothing_happens_in_an_empty_home) {
  const Simulated year = run("2026-01-01", "2027-01-01", "");
  EXPECT_THAT(year.lines, IsEmpty());
  EXPECT_EQ(year.summary.changes, 0U);
  EXPECT_EQ(year.summary.wakes, 0U);
}

TEST(Simulation, what_the_script_says_happens_at_its_time) {
  const Simulated evening = run("2026-12-03", "2026-12-04", "18:05 hall-wall is set to 20 % over 0 s\n");
  EXPECT_THAT(evening.lines, ElementsAre("2026-12-03 18:05:00 Hall Wall goes to 20 %"));
}

TEST(Simulation, what_is_due_later_happens_by_itself) {
  const Simulated night = run("2026-12-03", "2026-12-04", "23:00 hall-wall is set to 20 % over 0 s after 30 m\n");
  EXPECT_THAT(night.lines, ElementsAre("2026-12-03 23:30:00 Hall Wall goes to 20 %"));
  EXPECT_EQ(night.summary.wakes, 1U);
}

TEST(Simulation, what_happens_every_day_comes_again) {
  const Simulated week = run("2026-12-01", "2026-12-08",
                             "every day at 07:00 hall-wall is set to 20 % over 0 s\n"
                             "every day at 08:00 hall-wall is set to 0 % over 10 s\n");
  EXPECT_THAT(week.lines, SizeIs(14));
  EXPECT_EQ(week.summary.deeds, 14U);
  const auto usage = week.summary.usage.until(UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 12 / 8}});
  ASSERT_EQ(usage.count(ZoneId{5}), 1U);
  EXPECT_EQ(usage.at(ZoneId{5}).switched_on, 7U);
  EXPECT_EQ(usage.at(ZoneId{5}).lit, 7 * (1h + 10s));
}

TEST(Simulation, a_light_that_is_on_at_the_end_counts_up_to_there) {
  const Simulated day = run("2026-12-01", "2026-12-02", "22:00 hall-wall is set to 20 %\n");
  const auto usage = day.summary.usage.until(UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 12 / 2}});
  EXPECT_EQ(usage.at(ZoneId{5}).lit, 2h);
}

TEST(Simulation, people_are_the_same_for_the_same_seed) {
  const Simulated one = run("2026-12-01", "2026-12-15", "", 7);
  EXPECT_GT(one.summary.deeds, 100U);
  EXPECT_EQ(one.lines, run("2026-12-01", "2026-12-15", "", 7).lines);
  EXPECT_NE(one.lines, run("2026-12-01", "2026-12-15", "", 8).lines);
}

TEST(Simulation, people_sleep_at_night) {
  for (const std::string& line : run("2026-12-01", "2026-12-15", "", 7).lines) {
    const std::string hour = line.substr(11, 2);
    EXPECT_TRUE(hour >= "06") << line;
  }
}

TEST(Simulation, an_event_that_cannot_happen_names_its_line) {
  EXPECT_THAT(run("2026-12-01", "2026-12-02", "\n18:00 button hall.7 is pressed").error,
              HasSubstr("2: 18:00 button hall.7 is pressed: the project has no button 'hall.7'"));
  EXPECT_THAT(run("2026-12-01", "2026-12-02", "2026-11-30 18:00 hall is raised").error,
              HasSubstr("1: time never goes back"));
}

}  // namespace
}  // namespace candela::rehearsal
