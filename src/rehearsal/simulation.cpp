#include "rehearsal/simulation.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "rehearsal/people.h"

namespace candela::rehearsal {
namespace {

/// An event of the script, and when it happens next.
struct Due {
  UtcTime at{};
  const Step* step = nullptr;
};

/// The script's events in the order of time. Those of every day come again.
class Timeline {
 public:
  Timeline(const std::vector<Step>& steps, const Calendar& calendar, UtcTime from) : calendar_(calendar) {
    UtcTime now = from;
    for (const Step& step : steps) {
      const auto at = step.at ? calendar.find(*step.at, step.every_day ? from : now) : std::optional(now);
      if (!at || *at < now) {
        if (!step.every_day) problem_ = fmt::format("{}: time never goes back: {}", step.line, step.text);
        if (!at) continue;
      }
      due_.push_back({*at, &step});
      if (!step.every_day) now = *at;
    }
  }

  /// Empty, or why the script cannot be played.
  const std::string& problem() const { return problem_; }

  UtcTime next() const { return due_.empty() ? UtcTime::max() : first()->at; }

  const Step& take() {
    const auto it = first();
    const Step& step = *it->step;
    const auto again = step.every_day ? next_day(step, it->at) : std::nullopt;
    if (again) {
      due_[static_cast<std::size_t>(it - due_.begin())].at = *again;
    } else {
      due_.erase(it);
    }
    return step;
  }

 private:
  /// Of several at one moment, the one that is written first.
  std::vector<Due>::const_iterator first() const {
    return std::min_element(due_.begin(), due_.end(), [](const Due& a, const Due& b) { return a.at < b.at; });
  }

  std::optional<UtcTime> next_day(const Step& step, UtcTime now) const {
    Moment moment = *step.at;
    moment.to_the_minute = false;
    return calendar_.find(moment, now + UtcTime::duration{1});
  }

  const Calendar& calendar_;
  std::vector<Due> due_;
  std::string problem_;
};

class Simulation {
 public:
  Simulation(const SimulationRequest& request, const Actor& actor, const SimulationListener& listener)
      : request_(request),
        actor_(actor),
        listener_(listener),
        calendar_(request.project->location),
        timeline_(request.events, calendar_, request.from),
        home_(request.project, request.from, [this](const Change& it) { note(it); }) {
    if (request.seed) people_.emplace(*request.project, calendar_, *request.seed, request.from);
    begun_ = true;
  }

  Result<SimulationSummary> run() {
    if (!timeline_.problem().empty()) return Error{timeline_.problem()};
    for (;;) {
      const UtcTime people = people_ ? people_->next() : UtcTime::max();
      const UtcTime next = std::min(timeline_.next(), people);
      if (next > request_.to) break;
      home_.go_to(next);
      if (const Outcome outcome = timeline_.next() <= people ? play_step() : play_people(); !outcome) {
        return outcome.error();
      }
      if (!home_.fault().empty()) break;
    }
    home_.go_to(request_.to);
    if (!home_.fault().empty()) return Error{fmt::format("{}: {}", calendar_.text(home_.now().utc), home_.fault())};
    return summary();
  }

 private:
  void note(const Change& change) {
    if (!begun_) return;
    ++summary_.changes;
    summary_.usage.note(change);
    if (listener_.on_change) listener_.on_change(change, home_.project());
    constexpr std::uint64_t kChangesBetweenProgress = 256;
    if (listener_.on_progress && summary_.changes % kChangesBetweenProgress == 0) listener_.on_progress(change.at.utc);
  }

  Outcome play_step() {
    const Step& step = timeline_.take();
    ++summary_.deeds;
    Outcome outcome = actor_.perform(step.deed, home_);
    if (outcome) return outcome;
    return Error{fmt::format("{}: {}: {}", step.line, step.text, outcome.error().message)};
  }

  Outcome play_people() {
    ++summary_.deeds;
    return actor_.perform(people_->take(), home_);
  }

  SimulationSummary summary() {
    summary_.wakes = home_.wakes();
    return std::move(summary_);
  }

  const SimulationRequest& request_;
  const Actor& actor_;
  const SimulationListener& listener_;
  Calendar calendar_;
  Timeline timeline_;
  bool begun_ = false;
  SimulationSummary summary_;
  Home home_;
  std::optional<People> people_;
};

}  // namespace

Result<SimulationSummary> simulate(const SimulationRequest& request, const Actor& actor,
                                   const SimulationListener& listener) {
  return Simulation(request, actor, listener).run();
}

}  // namespace candela::rehearsal
