// What holds for every home and every sequence of events.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "engine/engine.h"
#include "engine/random_home.h"
#include "model/view.h"

namespace candela::engine {
namespace {

using Rolls = std::vector<std::uint32_t>;
using Draws = std::vector<Draw>;

/// A home in its first project, ready for events.
struct Running {
  explicit Running(const std::vector<ProjectPtr>& projects) { send({{}, ActivateProject{projects[0]}}); }

  std::vector<Change> send(const Event& event) {
    if (const auto* it = std::get_if<ActivateProject>(&event.what)) project = it->project;
    const auto changes = engine.on(event, clock.now());
    view.apply(changes);
    return {changes.begin(), changes.end()};
  }
  MonoTime now() const { return clock.now().mono; }

  Engine engine;
  View view;
  ManualClock clock;
  ProjectPtr project;
};

void expect_within_trims(const Running& home) {
  for (const Zone& zone : home.project->zones) {
    const Level level = home.engine.level(zone.number, home.now());
    const Level output = zone.trims.output(level);
    if (level.is_on()) {
      RC_ASSERT(output >= zone.trims.low);
      RC_ASSERT(output <= zone.trims.high);
    } else {
      RC_ASSERT(output == Level::off());
    }
    if (zone.load == LoadType::switched) RC_ASSERT(level == Level::off() || level == Level::full());
  }
}

void expect_same_state(const Running& a, const Running& b) {
  for (const Zone& zone : a.project->zones) {
    RC_ASSERT(a.engine.level(zone.number, a.now()) == b.engine.level(zone.number, b.now()));
  }
  for (const Button& button : a.project->buttons) RC_ASSERT(a.engine.led(button.led) == b.engine.led(button.led));
  for (const Area& area : a.project->areas) RC_ASSERT(a.engine.scene(area.number) == b.engine.scene(area.number));
}

RC_GTEST_PROP(Always, ZonesStayWithinTheirTrimsAlsoMidFade, (const Rolls& rolls, const Draws& draws)) {
  const auto projects = random_projects(rolls);
  Running home(projects);
  for (const Draw& draw : draws) {
    const auto [wait, event] = event_of(draw, projects);
    home.clock.advance(wait);
    expect_within_trims(home);
    home.send(event);
    expect_within_trims(home);
  }
}

RC_GTEST_PROP(Always, LedsAndScenesEqualAFullRecomputation, (const Rolls& rolls, const Draws& draws)) {
  const auto projects = random_projects(rolls);
  Running home(projects);
  RC_ASSERT(home.engine.inconsistency() == "");
  for (const Draw& draw : draws) {
    const auto [wait, event] = event_of(draw, projects);
    home.clock.advance(wait);
    home.send(event);
    RC_ASSERT(home.engine.inconsistency() == "");
  }
}

RC_GTEST_PROP(Always, ReplayingTheEventsGivesTheSameChanges, (const Rolls& rolls, const Draws& draws)) {
  const auto projects = random_projects(rolls);
  Running first(projects);
  Running second(projects);
  for (const Draw& draw : draws) {
    const auto [wait, event] = event_of(draw, projects);
    first.clock.advance(wait);
    second.clock.advance(wait);
    RC_ASSERT(first.send(event) == second.send(event));
  }
}

RC_GTEST_PROP(Always, WakingOnTimeOrLateComesToTheSame, (const Rolls& rolls, const Draws& draws)) {
  const auto projects = random_projects(rolls);
  Running punctual(projects);
  Running late(projects);
  for (const Draw& draw : draws) {
    const auto [wait, event] = event_of(draw, projects);
    if (std::holds_alternative<ActivateProject>(event.what)) continue;  // what is due waits for it
    const Now then{punctual.now() + wait,
                   punctual.clock.now().utc + std::chrono::duration_cast<std::chrono::milliseconds>(wait)};
    while (punctual.engine.next_wake() && *punctual.engine.next_wake() <= then.mono) {
      punctual.clock.advance(*punctual.engine.next_wake() - punctual.now());
      punctual.send({{}, TimePassed{}});
    }
    punctual.clock.set(then);
    late.clock.advance(wait);
    punctual.send(event);
    late.send(event);
    expect_same_state(punctual, late);
  }
}

RC_GTEST_PROP(Always, AViewOfTheChangesEqualsTheEngine, (const Rolls& rolls, const Draws& draws)) {
  const auto projects = random_projects(rolls);
  Running home(projects);
  for (const Draw& draw : draws) {
    const auto [wait, event] = event_of(draw, projects);
    home.clock.advance(wait);
    home.send(event);
    RC_ASSERT(home.view.project() == home.project);
    for (const Zone& zone : home.project->zones) {
      RC_ASSERT(home.view.level(zone.number, home.now()) == home.engine.level(zone.number, home.now()));
    }
    for (const Button& button : home.project->buttons) {
      RC_ASSERT(home.view.led(button.led) == home.engine.led(button.led));
    }
    for (const Area& area : home.project->areas) {
      RC_ASSERT(home.view.scene(area.number) == home.engine.scene(area.number));
    }
  }
}

RC_GTEST_PROP(Always, NothingIsOverdueAndChangesAreInOrder, (const Rolls& rolls, const Draws& draws)) {
  const auto projects = random_projects(rolls);
  Running home(projects);
  std::uint64_t count = 1;  // the activation was the first
  for (const Draw& draw : draws) {
    const auto [wait, event] = event_of(draw, projects);
    home.clock.advance(wait);
    const auto changes = home.send(event);
    ++count;
    RC_ASSERT(!home.engine.next_wake() || *home.engine.next_wake() > home.now());
    const bool activated = std::holds_alternative<ActivateProject>(event.what);
    if (activated) RC_ASSERT(std::holds_alternative<ProjectActivated>(changes.at(0).what));
    const auto earlier = [](const Change& a, const Change& b) { return a.at.mono < b.at.mono; };
    RC_ASSERT(activated || std::is_sorted(changes.begin(), changes.end(), earlier));
    for (const Change& change : changes) {
      RC_ASSERT(change.at.mono <= home.now());
      RC_ASSERT(change.cause.event >= 1u);
      RC_ASSERT(change.cause.event <= count);
      RC_ASSERT(change.cause.step_count > 0);
    }
  }
}

RC_GTEST_PROP(Always, EverythingComesToRest, (const Rolls& rolls, const Draws& draws)) {
  const auto projects = random_projects(rolls);
  Running home(projects);
  for (const Draw& draw : draws) {
    const auto [wait, event] = event_of(draw, projects);
    home.clock.advance(wait);
    home.send(event);
  }
  home.clock.advance(std::chrono::minutes(2));  // longer than any delay and fade drawn, one after the other
  home.send({{}, TimePassed{}});
  RC_ASSERT(!home.engine.next_wake());
  for (const Zone& zone : home.project->zones) RC_ASSERT(!home.view.zone(zone.number).fade.moving(home.now()));
}

}  // namespace
}  // namespace candela::engine
