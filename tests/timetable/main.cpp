// Runs the events below from one date to another, at one place, on a virtual clock, and prints each as
// UTC-SECONDS EVENT HOW LOCAL-DATE (days since 1970-01-01). test_timetable.py has the same events.

#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "engine/almanac.h"
#include "engine/timeclock.h"

namespace {

using namespace candela;
using namespace std::chrono_literals;
using Timetable = engine::Timeclock;
using Kind = TimeOfDay::Kind;

Project home_at(const Location& location) {
  const Schedule every_day{.weekdays = Schedule::kEveryDay};
  const Schedule workdays{.weekdays = 0b0011111};
  Schedule last_fridays;
  last_fridays.rule = "FREQ=MONTHLY;BYDAY=-1FR";
  Schedule thanksgiving_and_easter;
  thanksgiving_and_easter.holidays = {0};
  struct Programmed {
    TimeOfDay at;
    Schedule schedule;
  };
  const Programmed events[] = {{{Kind::fixed, 2h + 15min}, every_day},
                               {{Kind::fixed, 0h}, every_day},
                               {{Kind::sunrise, {}}, every_day},
                               {{Kind::sunset, -30min}, workdays},
                               {{Kind::dawn, {}}, every_day},
                               {{Kind::dusk, 4h}, every_day},
                               {{Kind::fixed, 7h + 15min}, last_fridays},
                               {{Kind::fixed, 23h + 59min}, thanksgiving_and_easter}};
  Project project;
  project.location = location;
  project.holidays.push_back({"days", "Days", {}, {}, {"FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"}, {0, 1}});
  for (const auto& [at, schedule] : events) {
    TimeclockEvent& event = project.timeclock_events.emplace_back();
    event.number = TimeclockEventId{kFirstNumber + static_cast<std::uint32_t>(project.timeclock_events.size())};
    event.at = at;
    event.schedule = schedule;
  }
  project.build_index();
  return project;
}

std::string_view word(Timetable::How how) {
  switch (how) {
    case Timetable::How::ran: return "ran";
    case Timetable::How::ran_late: return "ran-late";
    case Timetable::How::by_command: return "by-command";
    case Timetable::How::missed: return "missed";
    case Timetable::How::no_sun: return "no-sun";
  }
  return "";
}

}  // namespace

int main(int count, char** arguments) {
  constexpr int kArguments = 6;
  if (count != kArguments) {
    std::cerr << "usage: candela-timetable LATITUDE LONGITUDE ZONE FROM TO (UTC seconds since 1970)\n";
    return EXIT_FAILURE;
  }
  const std::vector<std::string> values(arguments + 1, arguments + count);
  const Project project = home_at({std::stod(values[0]), std::stod(values[1]), values[2]});
  const UtcTime from{std::chrono::seconds{std::stoll(values[3])}};
  const UtcTime to{std::chrono::seconds{std::stoll(values[4])}};

  const engine::Almanac almanac(project.location);
  Timetable timeclock(project, almanac, {MonoTime{}, from});
  std::vector<Timetable::Due> due;
  while (const auto next = timeclock.next_due()) {
    if (*next >= to) break;
    timeclock.advance({MonoTime{*next - from}, *next}, {}, due);
  }
  for (const Timetable::Due& it : due) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(it.at.time_since_epoch()).count();
    std::cout << seconds << " " << it.event << " " << word(it.how) << " " << it.date << "\n";
  }
  return EXIT_SUCCESS;
}
