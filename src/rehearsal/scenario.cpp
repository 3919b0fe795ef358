#include "rehearsal/scenario.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace candela::rehearsal {
namespace {

constexpr std::size_t kMaxBytes = 1U << 20U;
constexpr std::size_t kMaxProblems = 100;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

/// What comes after "name:"; nothing if the line is another.
std::optional<std::string_view> heading(std::string_view line, std::string_view name) {
  if (!line.starts_with(name) || line.substr(name.size(), 1) != ":") return std::nullopt;
  return trimmed(line.substr(name.size() + 1));
}

constexpr std::array kSunTimes{std::pair{"sunrise", TimeOfDay::Kind::sunrise},
                               std::pair{"sunset", TimeOfDay::Kind::sunset}, std::pair{"dawn", TimeOfDay::Kind::dawn},
                               std::pair{"dusk", TimeOfDay::Kind::dusk}};

/// "sunset", "sunset + 10 m"
std::optional<Moment> take_sun_time(Words& words) {
  for (const auto& [word, kind] : kSunTimes) {
    if (!words.take_if(word)) continue;
    TimeOfDay time{kind, {}};
    const bool later = words.take_if("+");
    if (later || words.take_if("-")) {
      const auto offset = words.take_time();
      if (!offset) return std::nullopt;
      time.offset = std::chrono::duration_cast<std::chrono::seconds>(later ? *offset : -*offset);
    }
    return Moment{{}, time, true, {}};
  }
  return std::nullopt;
}

/// "2026-12-03 18:05", "2026-12-03", "18:05", "sunset"; takes nothing when it is none of these.
std::optional<Moment> take_moment(Words& words) {
  constexpr std::size_t kWithoutSeconds = 5;
  const std::size_t begin = words.position();
  const auto date = read_date(words.take());
  if (!date) words.go_to(begin);
  const std::size_t after_date = words.position();
  if (auto by_sun = take_sun_time(words)) {
    by_sun->date = date;
    return by_sun;
  }
  words.go_to(after_date);
  const std::string word = words.take();
  if (const auto time = read_time(word)) {
    return Moment{date, TimeOfDay{TimeOfDay::Kind::fixed, *time}, word.size() == kWithoutSeconds, {}};
  }
  words.go_to(after_date);
  if (date) return Moment{date, TimeOfDay{}, false, {}};
  return std::nullopt;
}

/// "5 s later"; takes nothing when it is not that.
std::optional<Moment> take_later(Words& words) {
  const std::size_t begin = words.position();
  const auto time = words.take_time();
  if (time && words.take_if("later")) return Moment{{}, {}, false, *time};
  words.go_to(begin);
  return std::nullopt;
}

/// What a line begins with: when, and which kind of line it is.
struct Opening {
  std::optional<Moment> at;
  bool every_day = false;
  std::optional<Step::Kind> kind;
};

/// True if it took a word that says which kind of line this is.
bool take_kind(Words& words, std::optional<Step::Kind> before, std::optional<Step::Kind>& kind) {
  constexpr std::array kKinds{std::pair{"given", Step::Kind::given}, std::pair{"given:", Step::Kind::given},
                              std::pair{"when", Step::Kind::when},   std::pair{"when:", Step::Kind::when},
                              std::pair{"then", Step::Kind::then},   std::pair{"then:", Step::Kind::then}};
  for (const auto& [word, its_kind] : kKinds) {
    if (!words.take_if(word)) continue;
    kind = its_kind;
    return true;
  }
  if (!before || !words.take_if("and")) return false;
  kind = before;
  return true;
}

Result<Opening> take_opening(Words& words, std::optional<Step::Kind> before) {
  Opening opening;
  for (;;) {
    if (!opening.kind && take_kind(words, before, opening.kind)) continue;
    if (opening.at) return opening;
    const std::size_t begin = words.position();
    if (words.take_if("every")) {
      if (!words.take_if("day")) return Error{"after 'every' comes 'day'"};
      opening.every_day = true;
    }
    const bool announced = words.take_if("at") || opening.every_day;
    opening.at = take_moment(words);
    if (!opening.at && announced) {
      return Error{"after 'at' comes a time such as 18:05, '2026-12-03 18:05', or 'sunset + 10 m'"};
    }
    if (!opening.at) opening.at = take_later(words);
    if (!opening.at) {
      words.go_to(begin);
      return opening;
    }
  }
}

class Reader {
 public:
  explicit Reader(bool events_only) : events_only_(events_only) {
    if (events_only_) file_.scenarios.push_back({"events", 1, {}, {}});
  }

  ScenarioFile read(std::string_view text) {
    if (text.size() > kMaxBytes) complain("the file is larger than 1 MiB; divide it");
    text = text.substr(0, kMaxBytes);
    while (!text.empty() && file_.problems.size() < kMaxProblems) {
      const std::size_t end = text.find('\n');
      ++line_;
      read_line(trimmed(text.substr(0, end)));
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    finish_scenario();
    if (file_.scenarios.empty() && file_.problems.empty())
      complain("there is no scenario; begin one with 'scenario: NAME'");
    return std::move(file_);
  }

 private:
  void complain(std::string message, int line = 0) {
    file_.problems.push_back({line > 0 ? line : line_, std::move(message)});
  }

  void read_line(std::string_view line) {
    if (line.empty() || line.front() == '#') return;
    if (const auto home = heading(line, "home")) return read_home(*home);
    if (const auto name = heading(line, "scenario")) return begin_scenario(*name);
    if (file_.scenarios.empty())
      return complain("this stands before the first scenario; begin one with 'scenario: NAME'");
    Words words(line);
    const auto opening = take_opening(words, kind_);
    if (!opening) return complain(opening.error().message);
    const bool says_something = opening->kind || opening->at;
    if (!says_something) return complain("a line begins with 'given', 'when', 'then', 'and', or a time");
    kind_ = opening->kind.value_or(Step::Kind::when);
    read_step({line_, std::string(line), opening->at, opening->every_day, *kind_, {}, {}, {}, {}}, words);
  }

  void read_home(std::string_view home) {
    if (!file_.scenarios.empty() && !events_only_) return complain("'home:' stands once, before the first scenario");
    file_.home = home;
  }

  void begin_scenario(std::string_view name) {
    if (events_only_) return complain("a script of events has no scenarios; play those with `candela test`");
    if (name.empty()) return complain("a scenario needs a name: 'scenario: Coming home after sunset'");
    finish_scenario();
    file_.scenarios.push_back({std::string(name), line_, {}, {}});
    kind_.reset();
  }

  void finish_scenario() {
    if (events_only_ || file_.scenarios.empty()) return;
    const Scenario& scenario = file_.scenarios.back();
    if (!scenario.begin) {
      complain("the scenario does not say when it plays; add 'given it is 2026-12-03 18:00'", scenario.line);
    }
  }

  void read_step(Step step, Words& words) {
    if (events_only_ && step.kind != Step::Kind::when) {
      return complain("a script of events only says what happens; write expectations in a scenario for `candela test`");
    }
    if (step.every_day && !events_only_)
      return complain("'every day' is for the scripts of `candela simulate --events`");
    if (step.every_day && step.at->date) return complain("'every day' takes a time without a date");
    switch (step.kind) {
      case Step::Kind::given: return read_given_step(std::move(step), words);
      case Step::Kind::when: return add(std::move(step), read_deed(words), &Step::deed);
      case Step::Kind::then: return read_then_step(std::move(step), words);
    }
  }

  void read_given_step(Step step, Words& words) {
    Scenario& scenario = file_.scenarios.back();
    if (step.at) return complain("what is given has no time of its own; write 'given it is 2026-12-03 18:00'");
    const std::size_t begin = words.position();
    if (words.take_if("it") && words.take_if("is")) {
      const auto moment = take_moment(words);
      const bool complete = moment && moment->date && words.done();
      if (!complete) return complain("write the date and the time: 'given it is 2026-12-03 18:00'");
      if (scenario.begin) return complain("when the scenario plays was said already");
      scenario.begin = *moment;
      return;
    }
    words.go_to(begin);
    if (!scenario.steps.empty() && scenario.steps.back().kind != Step::Kind::given) {
      return complain("what is given stands before what happens; say it with 'when'");
    }
    add(std::move(step), read_given(words), &Step::deed);
  }

  void read_then_step(Step step, Words& words) {
    const bool may_take = words.take_if("within");
    if (may_take || words.take_if("for")) {
      const auto time = words.take_time();
      if (!time) return complain("after 'within' or 'for' comes a time such as '5 s'");
      (may_take ? step.within : step.lasting) = *time;
    }
    add(std::move(step), read_check(words), &Step::check);
  }

  template <class Sentence>
  void add(Step step, Result<Sentence> sentence, Sentence Step::*place) {
    if (!sentence) return complain(sentence.error().message);
    step.*place = std::move(*sentence);
    file_.scenarios.back().steps.push_back(std::move(step));
  }

  const bool events_only_;
  int line_ = 0;
  std::optional<Step::Kind> kind_;
  ScenarioFile file_;
};

}  // namespace

ScenarioFile read_scenarios(std::string_view text) { return Reader(false).read(text); }
ScenarioFile read_events(std::string_view text) { return Reader(true).read(text); }

}  // namespace candela::rehearsal
