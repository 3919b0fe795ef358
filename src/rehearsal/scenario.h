#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rehearsal/calendar.h"
#include "rehearsal/sentence.h"

namespace candela::rehearsal {

/// One line of a scenario.
struct Step {
  enum class Kind : std::uint8_t { given, when, then };

  int line = 0;              ///< from 1
  std::string text;          ///< as written, without the blanks around it
  std::optional<Moment> at;  ///< none = right after the step before
  bool every_day = false;    ///< from then on, each day at this time (scripts of events only)
  Kind kind = Kind::when;
  Deed deed;                        ///< given, when
  Check check;                      ///< then
  std::optional<Duration> within;   ///< it may take that long to become so
  std::optional<Duration> lasting;  ///< it must be so for that long
};

/// What happens to a home and what shall come of it, in a language that its owner can read.
struct Scenario {
  std::string name;
  int line = 0;
  std::optional<Moment> begin;  ///< local time; scripts of events may have none
  std::vector<Step> steps;
};

/// What is wrong with a line, and what to do about it.
struct Problem {
  int line = 0;
  std::string message;
};

struct ScenarioFile {
  std::string home;  ///< the project file it is for, relative to the scenario's folder; may be empty
  std::vector<Scenario> scenarios;
  std::vector<Problem> problems;  ///< any = none of it may be played
};

/// Never throws; time and memory are bounded by the text, of which 1 MiB is read.
ScenarioFile read_scenarios(std::string_view text);
/// What happens by itself, for a simulation: only `when` lines, without scenarios around them.
ScenarioFile read_events(std::string_view text);

}  // namespace candela::rehearsal
