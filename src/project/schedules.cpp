#include <fmt/format.h>

#include <string>

#include "model/recurrence.h"
#include "project/builder.h"
#include "project/dates.h"
#include "project/values.h"

namespace candela::project {
namespace {

/// A way to write days, and what to say of text that is not written so.
template <class T>
struct DayForm {
  std::optional<T> (*parse)(std::string_view text);
  std::string_view rule;
  std::string_view is_not;
  std::string_view remedy;
};
using Date = std::chrono::year_month_day;
using DayOfYear = std::chrono::month_day;
constexpr DayForm<Date> kDate{parse_date, "bad-date", "a date", "write year, month and day, such as 2026-12-24"};
constexpr DayForm<DayOfYear> kDayOfYear{parse_day_of_year, "bad-date", "a day of the year",
                                        "write month and day, such as 12-24"};
constexpr DayForm<std::uint8_t> kWeekday{parse_weekdays, "bad-weekday", "a weekday",
                                         "write mon, tue, wed, thu, fri, sat or sun, or from one to another: mon-fri"};

template <class T>
std::optional<T> day_of(const Node& node, const DayForm<T>& form, Complaints& complaints) {
  if (!node.is_scalar()) return std::nullopt;
  const auto day = form.parse(node.text);
  if (!day) {
    complaints.error(node.mark, form.rule, fmt::format("'{}' is not {}", node.text, form.is_not),
                     std::string(form.remedy));
  }
  return day;
}

template <class T>
std::vector<T> days_of(const Node& map, std::string_view key, const DayForm<T>& form, Complaints& complaints) {
  std::vector<T> days;
  for (const Node& item : map.list_of(key)) {
    if (const auto day = day_of(item, form, complaints)) days.push_back(*day);
  }
  return days;
}

/// Where nothing says on which days, it is every day.
bool names_no_day(const Schedule& it) {
  return it.weekdays == 0 && it.dates.empty() && it.annual.empty() && it.rule.empty() && it.holidays.empty();
}

}  // namespace

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

std::string Builder::rule_of(const Node& node) {
  if (!node.is_scalar() || rules_ > kMostRules) return {};
  if (++rules_ > kMostRules) {
    complaints_.error(node.mark, "too-large", fmt::format("the project has more than {} recurrence rules", kMostRules),
                      "no home needs that many; say weekdays or dates where these do");
    return {};
  }
  const auto complaint = complaint_about_rule(node.text);
  if (!complaint) return node.text;
  complaints_.error(node.mark, "bad-rule", fmt::format("'{}' {}", node.text, *complaint),
                    "write an iCalendar rule such as FREQ=MONTHLY;BYDAY=1SA");
  return {};
}

void Builder::fill_holidays() {
  constexpr std::int64_t kMostEaster = 200;
  for (std::size_t i = 0; i < project().holidays.size(); ++i) {
    const Node& node = *draft_.holidays_nodes[i];
    Holidays& holidays = project().holidays[i];
    holidays.dates = days_of(node, "dates", kDate, complaints_);
    holidays.annual = days_of(node, "annual", kDayOfYear, complaints_);
    for (const Node& item : node.list_of("rules")) {
      if (std::string rule = rule_of(item); !rule.empty()) holidays.rules.push_back(std::move(rule));
    }
    for (const Node& item : node.list_of("easter")) {
      const auto days = item.is_scalar() && !item.quoted ? parse_whole(item.text) : std::nullopt;
      if (days && *days >= -kMostEaster && *days <= kMostEaster) holidays.easter.push_back(static_cast<int>(*days));
    }
    const bool is_empty =
        holidays.dates.empty() && holidays.annual.empty() && holidays.rules.empty() && holidays.easter.empty();
    if (is_empty) {
      complaints_.warning(node.mark, "no-days", fmt::format("the holidays '{}' have no days", holidays.id),
                          "add 'dates', 'annual', 'rules' or 'easter'");
    }
  }
}

void Builder::fill_timeclocks() {
  for (std::size_t i = 0; i < project().timeclocks.size(); ++i) {
    project().timeclocks[i].enabled = flag_of(*draft_.timeclock_nodes[i], "enabled").value_or(true);
  }
  for (std::size_t i = 0; i < project().timeclock_events.size(); ++i) {
    fill_timeclock_event(*draft_.timeclock_event_nodes[i], project().timeclock_events[i]);
  }
}

void Builder::fill_timeclock_event(const Node& node, TimeclockEvent& event) {
  const Node* on = node.find("on");
  event.schedule = on != nullptr && on->is_map() ? schedule_of(*on) : Schedule{};
  if (names_no_day(event.schedule)) event.schedule.weekdays = Schedule::kEveryDay;
  event.at = time_of(node, "at").value_or(TimeOfDay{});
  event.modes = modes_of(node);
  event.enabled = flag_of(node, "enabled").value_or(true);
  event.missed = node.text_of("missed") == "run" ? Missed::run : Missed::skip;
  event.preset = preset(node, project().areas.front().number);
  if (event.preset.empty()) {
    complaints_.warning(node.mark, "empty-preset", fmt::format("the event '{}' does nothing", event.id),
                        "add 'zones', 'scenes' or 'actions'");
  }
}

Schedule Builder::schedule_of(const Node& node) {
  Schedule schedule;
  for (const std::uint8_t days : days_of(node, "weekdays", kWeekday, complaints_)) {
    schedule.weekdays = static_cast<std::uint8_t>(schedule.weekdays | days);
  }
  schedule.dates = days_of(node, "dates", kDate, complaints_);
  schedule.annual = days_of(node, "annual", kDayOfYear, complaints_);
  schedule.except = days_of(node, "except", kDate, complaints_);
  schedule.except_annual = days_of(node, "except_annual", kDayOfYear, complaints_);
  schedule.holidays = holidays_of(node, "holidays");
  schedule.except_holidays = holidays_of(node, "except_holidays");
  if (const Node* from = node.find("from")) schedule.begin = day_of(*from, kDate, complaints_);
  if (const Node* until = node.find("until")) schedule.end = day_of(*until, kDate, complaints_);
  if (const Node* rule = node.find("rule")) schedule.rule = rule_of(*rule);
  check_schedule(node, schedule);
  return schedule;
}

void Builder::check_schedule(const Node& node, const Schedule& schedule) {
  if (schedule.begin && schedule.end && *schedule.end < *schedule.begin) {
    complaints_.error(node.find("until")->mark, "schedule-window", "'until' is before 'from', so this never happens",
                      "let 'until' be the last day that counts");
  }
  // "Every second Friday", or "ten times", means nothing without a day to count from.
  if (!schedule.rule.empty() && needs_beginning(schedule.rule) && !schedule.begin) {
    complaints_.error(node.find("rule")->mark, "schedule-window", "this rule counts, and there is no day to count from",
                      "add 'from', the first day of the rule");
  }
}

std::vector<std::uint32_t> Builder::holidays_of(const Node& map, std::string_view key) {
  std::vector<std::uint32_t> sets;
  for (const Node& item : map.list_of(key)) {
    if (!item.is_scalar()) continue;
    const Names::Named* holidays = names_.resolve(item.text, ObjectKind::holidays, item.mark);
    if (holidays != nullptr) sets.push_back(holidays->index);
  }
  return sets;
}

void Builder::fill_day_night() {
  const Node* node = root_.find("day_night");
  if (node == nullptr) return;
  if (!project().day_night) project().day_night.emplace();
  DayNight& day_night = *project().day_night;
  day_night.day = time_of(*node, "day").value_or(day_night.day);
  day_night.night = time_of(*node, "night").value_or(day_night.night);
  if (day_night.day == day_night.night) {
    complaints_.error(node->mark, "day-night", "day and night begin at the same time", "let them begin at two times");
  }
}

void Builder::fill_settings() {
  const Node* node = root_.find("settings");
  if (node == nullptr) return;
  Settings& settings = project().settings;
  const auto set = [&](std::string_view key, Duration& value, Duration shortest, Duration longest) {
    const auto written = duration_of(*node, key);
    if (!written) return;
    if (*written >= shortest && *written <= longest) {
      value = *written;
      return;
    }
    complaints_.error(
        node->find(key)->mark, "setting", fmt::format("'{}' is too short or too long", key),
        fmt::format("choose {}ms to {}s", shortest / std::chrono::milliseconds(1), longest / std::chrono::seconds(1)));
  };
  using std::chrono::milliseconds;
  using std::chrono::seconds;
  set("hold_time", settings.hold_time, milliseconds(100), seconds(10));
  set("tap_time", settings.tap_time, milliseconds(100), seconds(10));
  set("full_ramp", settings.full_ramp, milliseconds(500), seconds(60));
  settings.runs_on_untrusted_time = flag_of(*node, "runs_on_untrusted_time").value_or(false);
  if (const Node* button = node->find("pairing_button"); button != nullptr && button->is_scalar()) {
    const Names::Named* named = names_.resolve(button->text, ObjectKind::button, button->mark);
    if (named != nullptr) settings.pairing_button = project().buttons[named->index].number;
  }
  if (const Node* role = node->find("pairing_role"); role != nullptr && role->is_scalar()) {
    settings.pairing_role = role->text == "monitor" ? Role::monitor : Role::control;
  }
}

std::optional<TimeOfDay> Builder::time_of(const Node& map, std::string_view key) {
  const Node* node = map.find(key);
  if (node == nullptr || !node->is_scalar()) return std::nullopt;
  const auto time = parse_time_of_day(node->text);
  if (!time) {
    complaints_.error(node->mark, "bad-time", fmt::format("'{}' is not a time of the day", node->text),
                      "write a time such as 22:30, or sunrise, sunset, dawn or dusk, also sunset-0:20 or dawn+1h");
  }
  return time;
}

std::vector<ModeId> Builder::modes_of(const Node& map) {
  std::vector<ModeId> modes;
  for (const Node& item : map.list_of("modes")) {
    if (!item.is_scalar()) continue;
    const Names::Named* mode = names_.resolve(item.text, ObjectKind::mode, item.mark);
    if (mode != nullptr) modes.push_back(project().modes[mode->index].number);
  }
  return modes;
}

}  // namespace candela::project
