#include <array>

#include "protocols/leap/timespan.h"
#include "servers/leap/command_body.h"
#include "servers/leap/handlers.h"
#include "servers/leap/statuses.h"

namespace candela::leap::timeclocks {
namespace {

namespace json = boost::json;

json::object definition(const Timeclock& timeclock) {
  json::object object = href("timeclock", timeclock.number);
  object["Parent"] = {{"href", "/project"}};
  object["Name"] = timeclock.name;
  return object;
}

json::object date(const std::chrono::year_month_day& day) {
  return {{"Day", static_cast<unsigned>(day.day())},
          {"Month", static_cast<unsigned>(day.month())},
          {"Year", static_cast<int>(day.year())}};
}

void add_weekdays(json::object& object, std::uint8_t weekdays) {
  constexpr std::array<std::string_view, 7> kNames{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                   "Friday", "Saturday", "Sunday"};
  for (std::size_t day = 0; day < kNames.size(); ++day) object[kNames[day]] = (weekdays >> day & 1U) != 0;
}

/// Dawn and dusk, which clients do not know, are told as the sunrise and sunset they belong to.
void add_time(json::object& object, const TimeOfDay& at) {
  if (at.kind == TimeOfDay::Kind::fixed) {
    const std::chrono::hh_mm_ss time{at.offset};
    object["TimeclockEventType"] = "FixedTime";
    object["TimeOfDay"] = {{"Hour", time.hours().count()}, {"Minute", time.minutes().count()}};
    return;
  }
  const bool rises = at.kind == TimeOfDay::Kind::sunrise || at.kind == TimeOfDay::Kind::dawn;
  object["TimeclockEventType"] = "Astronomic";
  object["AstronomicEventType"] = rises ? "Sunrise" : "Sunset";
  object["AstronomicTimeOffset"] = format_timespan(at.offset);
}

json::object definition(const TimeclockEvent& event) {
  json::object object = href("timeclockevent", event.number);
  object["Parent"] = href("timeclock", event.timeclock);
  object["ProgrammingModel"] = href("programmingmodel", event.number);
  object["Name"] = event.name;
  object["ScheduleType"] = event.schedule.weekdays != 0 ? "DayOfWeek" : "None";
  if (event.schedule.weekdays != 0) add_weekdays(object, event.schedule.weekdays);
  if (event.schedule.begin) object["BeginDate"] = date(*event.schedule.begin);
  if (event.schedule.end) object["EndDate"] = date(*event.schedule.end);
  add_time(object, event.at);
  return object;
}

template <class Pick>
Answer events_that(Call& call, Pick pick) {
  std::vector<json::object> items;
  for (const TimeclockEvent& event : call.project().timeclock_events) {
    if (pick(event)) items.push_back(definition(event));
  }
  return ok("MultipleTimeclockEventDefinition", "TimeclockEvents", items);
}

}  // namespace

Answer all(Call& call) {
  std::vector<json::object> items;
  for (const Timeclock& timeclock : call.project().timeclocks) items.push_back(definition(timeclock));
  return ok("MultipleTimeclockDefinition", "Timeclocks", items);
}

Answer one(Call&, const Timeclock& timeclock) {
  return ok("OneTimeclockDefinition", "Timeclock", definition(timeclock));
}

Answer statuses(Call& call) {
  std::vector<TimeclockId> all;
  for (const Timeclock& timeclock : call.project().timeclocks) all.push_back(timeclock.number);
  return ok(timeclock_statuses(call.view(), all));
}

Answer status(Call& call, const Timeclock& timeclock) { return ok(timeclock_status(call.view(), timeclock.number)); }

Answer set_status(Call& call, const Timeclock& timeclock) {
  const Switch enabled = read_switch(call, "TimeclockStatus", "EnabledState");
  if (enabled.refusal) return *enabled.refusal;
  if (!call.submit(EnableTimeclock{timeclock.number, enabled.on})) return busy();
  return ok("OneTimeclockStatus", "TimeclockStatus",
            {{"href", path_of("timeclock", timeclock.number.value, "/status")},
             {"Timeclock", href("timeclock", timeclock.number)},
             {"EnabledState", enabled_word(enabled.on)}});
}

Answer events(Call& call) {
  return events_that(call, [](const TimeclockEvent&) { return true; });
}

Answer events_of(Call& call, const Timeclock& timeclock) {
  return events_that(call, [&](const TimeclockEvent& event) { return event.timeclock == timeclock.number; });
}

Answer event(Call&, const TimeclockEvent& event) {
  return ok("OneTimeclockEventDefinition", "TimeclockEvent", definition(event));
}

Answer event_status(Call& call, const TimeclockEvent& event) {
  return ok(timeclock_event_status(call.view(), event.number));
}

Answer set_event_status(Call& call, const TimeclockEvent& event) {
  const Switch enabled = read_switch(call, "TimeclockEventStatus", "EnableState");
  if (enabled.refusal) return *enabled.refusal;
  if (!call.submit(EnableTimeclockEvent{event.number, enabled.on})) return busy();
  return ok("OneTimeclockEventStatus", "TimeclockEventStatus",
            {{"href", path_of("timeclockevent", event.number.value, "/status")},
             {"TimeclockEvent", href("timeclockevent", event.number)},
             {"EnableState", enabled_word(enabled.on)}});
}

}  // namespace candela::leap::timeclocks
