#include "engine/shows.h"

#include <algorithm>

#include "base/colour_math.h"

namespace candela::engine {

using Kind = CauseStep::Kind;

namespace {

/// A course without points today may have some on another day: where the sun does not rise, say.
constexpr auto kLookAgain = std::chrono::hours(24);

Level between(Level from, Level to, std::int64_t done, std::int64_t span) {
  if (done >= span) return to;
  const std::int64_t way = static_cast<std::int64_t>(to.raw()) - from.raw();
  return Level::from_raw(static_cast<std::uint32_t>(from.raw() + way * done / span));
}

}  // namespace

Shows::Shows(const Plan& plan) : shows_(plan.project().shows.size()) {
  for (Slot slot = 0; slot < shows_.size(); ++slot) {
    for (const ZoneId zone : plan.project().shows[slot].zones) {
      if (plan.slot(zone) != kNoSlot) shows_[slot].members.push_back({.zone = plan.slot(zone)});
    }
  }
}

// The course

/// The days around now have every point that can be next to it, as offsets from the sun may cross midnight.
Shows::Span Shows::span_at(const NaturalShow& show, const Almanac& almanac, UtcTime now) {
  constexpr std::int32_t kDaysAround = 2;
  Span span;
  const std::int32_t today = almanac.local(now).date;
  for (std::int32_t date = today - kDaysAround; date <= today + kDaysAround; ++date) {
    for (const NaturalShow::At& point : show.course) {
      const auto when = almanac.moment(date, point.time);
      if (!when) continue;
      if (*when <= now && (span.from == nullptr || *when >= span.begin)) {
        span.from = &point;
        span.begin = *when;
      }
      if (*when > now && (span.to == nullptr || *when < span.end)) {
        span.to = &point;
        span.end = *when;
      }
    }
  }
  if (span.from == nullptr || span.to == nullptr) span = {.begin = now, .end = now + kLookAgain};
  return span;
}

Shows::Order Shows::value_at(const Span& span, UtcTime now) {
  if (span.from == nullptr) return {};
  const std::int64_t done = (now - span.begin).count();
  const std::int64_t whole = (span.end - span.begin).count();
  Order order{span.from->level, span.from->colour, kLeadIn};
  if (order.level && span.to->level) order.level = between(*order.level, *span.to->level, done, whole);
  if (order.colour && span.to->colour) order.colour = candela::between(order.colour, span.to->colour, done, whole);
  return order;
}

Shows::Order Shows::end_of(const Span& span, UtcTime now) {
  if (span.from == nullptr) return {};
  Order order{span.from->level, span.from->colour, span.end - now};
  if (order.level && span.to->level) order.level = span.to->level;
  if (order.colour && span.to->colour) order.colour = span.to->colour;
  return order;
}

// What runs

void Shows::control(Slot slot, Control control, const Almanac& almanac, Lights& lights, const Moment& why,
                    Changes& changes) {
  Show& show = shows_[slot];
  const NaturalShow& course = lights.plan().project().shows[slot];
  const Moment told = why.then(Kind::show_course, course.number.value);
  const bool starts = control == Control::start || (control == Control::toggle && !show.running);
  if (!starts && !show.running) return;
  if (starts != show.running) changes.add(told, ShowChanged{course.number, starts});
  if (starts) {
    for (Member& member : show.members) member = {.zone = member.zone};
    return begin(show, course, almanac, lights, told, changes);
  }
  show.running = false;
  for (Member& member : show.members) freeze(member, lights, told, changes);
}

void Shows::begin(Show& show, const NaturalShow& course, const Almanac& almanac, Lights& lights, const Moment& why,
                  Changes& changes) {
  show.running = true;
  show.leading_in = true;
  show.cause = why.cause;
  show.due = why.at.utc + std::chrono::duration_cast<UtcTime::duration>(kLeadIn);
  const Order order = value_at(span_at(course, almanac, show.due), show.due);
  for (Member& member : show.members) send(member, order, lights, why, changes);
}

void Shows::go_on(Show& show, const NaturalShow& course, const Almanac& almanac, Lights& lights, const Moment& why,
                  Changes& changes) {
  const Span span = span_at(course, almanac, why.at.utc);
  show.leading_in = false;
  show.due = span.end;
  const Order order = end_of(span, why.at.utc);
  for (Member& member : show.members) {
    look_for_people(member, lights);
    send(member, order, lights, why, changes);
  }
}

std::optional<UtcTime> Shows::next_due() const {
  std::optional<UtcTime> next;
  for (const Show& show : shows_) {
    if (show.running && (!next || show.due < *next)) next = show.due;
  }
  return next;
}

void Shows::fire(const Almanac& almanac, Lights& lights, Now now, Changes& changes) {
  for (Slot slot = 0; slot < shows_.size(); ++slot) {
    Show& show = shows_[slot];
    if (show.running && show.due <= now.utc) {
      go_on(show, lights.plan().project().shows[slot], almanac, lights, {now, show.cause}, changes);
    }
  }
}

void Shows::clock_set(UtcTime now) {
  for (Show& show : shows_) show.due = now;
}

// People

void Shows::look_for_people(Member& member, const Lights& lights) {
  const Level aimed = lights.wanted(member.zone).to;
  const ZoneState& zone = lights.zone(member.zone);
  // Something waits, perhaps the show's own off command for the end of a minimum time on: not decided yet.
  const bool is_decided = zone.waiting == Delays::kNoTicket;
  if (is_decided && member.told_level && !alike(aimed, reachable(zone.load, *member.told_level))) {
    member.own_level = true;
  }
  if (member.told_colour && lights.colour_of(member.zone) != member.told_colour) member.left = true;
}

void Shows::send(Member& member, const Order& order, Lights& lights, const Moment& why, Changes& changes) {
  if (member.left) return;
  Order news = order;
  if (member.own_level) news.level.reset();
  news.colour = lights.reachable_colour(member.zone, order.colour);
  // Who is there already is not told again.
  const Fade& course = lights.wanted(member.zone);
  const MonoTime now = why.at.mono;
  if (news.level == member.told_level && news.level == course.to && !course.moving(now)) news.level.reset();
  if (news.colour == member.told_colour && news.colour == lights.colour_at(member.zone, now)) news.colour = {};
  if (news.level) member.told_level = news.level;
  if (news.colour) member.told_colour = news.colour;
  if (news.level || news.colour) {
    lights.follow_course(member.zone, news.level, news.colour, news.fade, why, changes);
  }
}

void Shows::freeze(Member& member, Lights& lights, const Moment& why, Changes& changes) {
  look_for_people(member, lights);
  if (member.left) return;
  const MonoTime now = why.at.mono;
  Order here;
  const Fade& course = lights.wanted(member.zone);
  if (member.told_level && !member.own_level && course.moving(now)) here.level = course.at(now);
  const Colour colour = lights.colour_at(member.zone, now);
  if (member.told_colour && colour != member.told_colour) here.colour = colour;
  if (here.level || here.colour) {
    lights.follow_course(member.zone, here.level, here.colour, Duration::zero(), why, changes);
  }
}

// Beginnings

/// As far as can be told from where the zone is aimed.
bool Shows::is_peoples(const NaturalShow& course, const Member& member, const Lights& lights) {
  const Level aimed = lights.wanted(member.zone).to;
  const LoadType load = lights.zone(member.zone).load;
  return std::none_of(course.course.begin(), course.course.end(), [&](const NaturalShow::At& point) {
    return !point.level || alike(aimed, reachable(load, *point.level));
  });
}

void Shows::restore(const SavedState& remembered, const Almanac& almanac, Lights& lights, const Moment& why,
                    Changes& changes) {
  for (const ShowId id : remembered.shows) {
    const Slot slot = lights.plan().slot(id);
    if (slot == kNoSlot || shows_[slot].running) continue;
    const NaturalShow& course = lights.plan().project().shows[slot];
    const Moment restored = why.then(Kind::restored).then(Kind::show_course, id.value);
    changes.add(restored, ShowChanged{id, true});
    for (Member& member : shows_[slot].members) {
      const Colour colour = lights.colour_of(member.zone);
      const bool of_course = std::any_of(course.course.begin(), course.course.end(), [&](const NaturalShow::At& point) {
        return lights.reachable_colour(member.zone, point.colour) == colour;
      });
      member.left = colour && !of_course;
      member.own_level = is_peoples(course, member, lights);
    }
    begin(shows_[slot], course, almanac, lights, restored, changes);
  }
}

void Shows::carry_over(const Shows& old, const Plan& plan, const Plan& old_plan, UtcTime now) {
  for (Slot slot = 0; slot < shows_.size(); ++slot) {
    const Slot before = old_plan.slot(plan.project().shows[slot].number);
    if (before == kNoSlot || !old.shows_[before].running) continue;
    const Show& was = old.shows_[before];
    Show& show = shows_[slot];
    show.running = true;
    show.cause = was.cause;
    show.due = now;
    for (Member& member : show.members) {
      const ZoneId number = plan.project().zones[member.zone].number;
      const auto same = std::find_if(was.members.begin(), was.members.end(), [&](const Member& it) {
        return old_plan.project().zones[it.zone].number == number;
      });
      if (same == was.members.end()) continue;
      const Slot zone = member.zone;
      member = *same;
      member.zone = zone;
    }
  }
}

}  // namespace candela::engine
