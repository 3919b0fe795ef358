#include "rehearsal/rehearse.h"

#include <fmt/format.h>

#include <utility>

#include "rehearsal/question.h"

namespace candela::rehearsal {
namespace {

/// Of what happens between two lines; the oldest stay, because the first change says most.
constexpr std::size_t kMaxChanges = 100'000;

/// A home, a scenario, and where it is in it.
class Rehearsal {
 public:
  Rehearsal(const ProjectPtr& project, UtcTime begin, const Actor& actor)
      : actor_(actor), calendar_(project->location), home_(project, begin, [this](const Change& it) { note(it); }) {
    past_.begin = begin;
    past_.changes.clear();
  }

  /// Nothing if the line is as it should be.
  std::optional<Failure> play(const Step& step) {
    if (const Outcome outcome = go_to(step); !outcome) return unplayable(step, outcome.error());
    if (step.kind == Step::Kind::then) return check(step);
    past_.changes.clear();
    if (const Outcome outcome = actor_.perform(step.deed, home_); !outcome) return unplayable(step, outcome.error());
    home_.check_consistency();
    if (!home_.fault().empty()) return unplayable(step, Error{home_.fault()});
    return std::nullopt;
  }

  UtcTime now() const { return home_.now().utc; }

 private:
  void note(const Change& change) {
    if (past_.changes.size() < kMaxChanges) past_.changes.push_back(change);
  }

  /// To the moment of the line, if it has one; what changes on the way is the past that it may ask for.
  Outcome go_to(const Step& step) {
    if (!step.at) return done();
    const auto time = calendar_.find(*step.at, now());
    if (!time) return Error{"there is no such time: the sun does not rise or set then"};
    if (*time < now()) return Error{fmt::format("time never goes back: it is {} already", calendar_.text(now()))};
    past_.changes.clear();
    home_.go_to(*time);
    if (!home_.fault().empty()) return Error{home_.fault()};
    return done();
  }

  std::optional<Failure> check(const Step& step) {
    const UtcTime deadline =
        now() + std::chrono::floor<UtcTime::duration>(step.within.value_or(step.lasting.value_or(Duration::zero())));
    for (;;) {
      const auto answer = ask(step.check, home_, past_);
      if (!answer) return unplayable(step, answer.error());
      const bool is_over = now() >= deadline;
      if (!answer->holds && (is_over || step.lasting)) return refuted(step, *answer);
      if (is_over || (answer->holds && !step.lasting)) return std::nullopt;
      home_.go_on_until(deadline);
      if (!home_.fault().empty()) return unplayable(step, Error{home_.fault()});
    }
  }

  Failure unplayable(const Step& step, const Error& error) const {
    return {step.line, step.text, {}, error.message, {}, calendar_.text(now())};
  }

  Failure refuted(const Step& step, const Answer& answer) const {
    return {step.line, step.text, step.text, answer.found, answer.because, calendar_.text(now())};
  }

  const Actor& actor_;
  Calendar calendar_;
  Past past_;
  Home home_;
};

}  // namespace

Verdict rehearse(const Scenario& scenario, const ProjectPtr& project, const Actor& actor) {
  Verdict verdict{scenario.name, scenario.line, 0, {}, {}};
  const auto begin = Calendar(project->location).find(scenario.begin.value_or(Moment{}), UtcTime{});
  if (!begin) {
    verdict.failure = {scenario.line, "scenario: " + scenario.name, {}, "its beginning is no time there is", {}, {}};
    return verdict;
  }
  Rehearsal rehearsal(project, *begin, actor);
  for (const Step& step : scenario.steps) {
    ++verdict.steps;
    verdict.failure = rehearsal.play(step);
    if (verdict.failure) break;
  }
  verdict.virtual_time = rehearsal.now() - *begin;
  return verdict;
}

}  // namespace candela::rehearsal
