#include <fmt/format.h>

#include <string>

#include "project/builder.h"
#include "project/values.h"

namespace candela::project {

void Builder::make_holidays() {
  for (const Node& node : root_.list_of("holidays")) {
    if (!declare(node, ObjectKind::holidays, project().holidays.size())) continue;
    Holidays holidays;
    holidays.id = node.text_of("id");
    holidays.name = name_of(node);
    project().holidays.push_back(std::move(holidays));
    draft_.holidays_nodes.push_back(&node);
  }
}

void Builder::make_timeclocks() {
  for (const Node& node : root_.list_of("timeclocks")) {
    if (!declare(node, ObjectKind::timeclock, project().timeclocks.size())) continue;
    Timeclock timeclock;
    timeclock.id = node.text_of("id");
    timeclock.number = {number("timeclock", timeclock.id)};
    timeclock.name = name_of(node);
    project().timeclocks.push_back(std::move(timeclock));
    draft_.timeclock_nodes.push_back(&node);
    make_timeclock_events(node, project().timeclocks.back().number);
  }
}

void Builder::make_timeclock_events(const Node& timeclock, TimeclockId timeclock_number) {
  for (const Node& node : timeclock.list_of("events")) {
    if (!declare(node, ObjectKind::timeclock_event, project().timeclock_events.size())) continue;
    TimeclockEvent event;
    event.id = node.text_of("id");
    event.number = {number("timeclock_event", event.id)};
    event.name = name_of(node);
    event.timeclock = timeclock_number;
    project().timeclock_events.push_back(std::move(event));
    draft_.timeclock_event_nodes.push_back(&node);
  }
}

void Builder::make_shows() {
  for (const Node& node : root_.list_of("shows")) {
    if (!declare(node, ObjectKind::show, project().shows.size())) continue;
    NaturalShow show;
    show.id = node.text_of("id");
    show.number = {number("show", show.id)};
    show.name = name_of(node);
    project().shows.push_back(std::move(show));
    draft_.show_nodes.push_back(&node);
  }
}

}  // namespace candela::project
