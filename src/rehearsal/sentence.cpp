#include "rehearsal/sentence.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

namespace candela::rehearsal {
namespace {

constexpr std::array kDeeds{
    DeedPattern{"[button] BUTTON is pressed", Deed::Kind::press},
    DeedPattern{"[button] BUTTON is held for TIME", Deed::Kind::hold},
    DeedPattern{"[button] BUTTON is tapped twice", Deed::Kind::tap_twice},
    DeedPattern{"[button] BUTTON is pushed down", Deed::Kind::push_down},
    DeedPattern{"[button] BUTTON is let go", Deed::Kind::let_go},
    DeedPattern{"[sensor] SENSOR sees somebody", Deed::Kind::see_somebody},
    DeedPattern{"[sensor] SENSOR sees nobody [any] [more]", Deed::Kind::see_nobody},
    DeedPattern{"[sensor] SENSOR measures NUMBER lux", Deed::Kind::measure_light},
    DeedPattern{"ZONE measures NUMBER degrees", Deed::Kind::measure_temperature},
    DeedPattern{"PLACE is set to LEVEL [over FADE] [after DELAY]", Deed::Kind::set},
    DeedPattern{"PLACE is raised", Deed::Kind::raise},
    DeedPattern{"PLACE is lowered", Deed::Kind::lower},
    DeedPattern{"PLACE is stopped", Deed::Kind::stop},
    DeedPattern{"ZONE is tilted to LEVEL [over FADE]", Deed::Kind::tilt},
    DeedPattern{"ZONE is turned to NUMBER K [over FADE]", Deed::Kind::whiten},
    DeedPattern{"ZONE is turned to hue NUMBER and saturation LEVEL [over FADE]", Deed::Kind::tint},
    DeedPattern{"fan ZONE is set to STATE", Deed::Kind::set_fan},
    DeedPattern{"contact ZONE is closed", Deed::Kind::close_contact},
    DeedPattern{"contact ZONE is opened", Deed::Kind::open_contact},
    DeedPattern{"thermostat ZONE is set to STATE", Deed::Kind::set_thermostat},
    DeedPattern{"thermostat ZONE is set to heat to NUMBER degrees", Deed::Kind::heat_to},
    DeedPattern{"thermostat ZONE is set to cool to NUMBER degrees", Deed::Kind::cool_to},
    DeedPattern{"ZONE reports LEVEL", Deed::Kind::report},
    DeedPattern{"scene SCENE is recalled", Deed::Kind::recall_scene},
    DeedPattern{"scene SCENE is saved", Deed::Kind::save_scene},
    DeedPattern{"the LED of BUTTON is set to STATE", Deed::Kind::set_led},
    DeedPattern{"[the] variable VARIABLE is set to STATE", Deed::Kind::set_variable},
    DeedPattern{"the mode is set to MODE", Deed::Kind::set_mode},
    DeedPattern{"sequence SEQUENCE is started", Deed::Kind::start_sequence},
    DeedPattern{"sequence SEQUENCE is stopped", Deed::Kind::stop_sequence},
    DeedPattern{"timeclock TIMECLOCK is enabled", Deed::Kind::enable_timeclock},
    DeedPattern{"timeclock TIMECLOCK is disabled", Deed::Kind::disable_timeclock},
    DeedPattern{"event EVENT is enabled", Deed::Kind::enable_event},
    DeedPattern{"event EVENT is disabled", Deed::Kind::disable_event},
    DeedPattern{"event EVENT is run", Deed::Kind::run_event},
    DeedPattern{"show SHOW is started", Deed::Kind::start_show},
    DeedPattern{"show SHOW is stopped", Deed::Kind::stop_show},
    DeedPattern{"facade FACADE is enabled", Deed::Kind::enable_facade},
    DeedPattern{"facade FACADE is disabled", Deed::Kind::disable_facade},
    DeedPattern{"facade FACADE is resumed", Deed::Kind::resume_facade},
    DeedPattern{"occupancy of GROUP is set to STATE", Deed::Kind::set_occupancy_mode},
    DeedPattern{"away begins", Deed::Kind::begin_away},
    DeedPattern{"away ends", Deed::Kind::end_away},
    DeedPattern{"an|the emergency begins", Deed::Kind::begin_emergency},
    DeedPattern{"the emergency ends", Deed::Kind::end_emergency},
    DeedPattern{"load is shed by LEVEL", Deed::Kind::shed_load},
    DeedPattern{"device DEVICE falls silent", Deed::Kind::lose_device},
    DeedPattern{"device DEVICE answers again", Deed::Kind::find_device},
    DeedPattern{"the clock cannot be trusted", Deed::Kind::doubt_clock},
    DeedPattern{"the clock can be trusted", Deed::Kind::trust_clock},
    DeedPattern{"TIME pass|passes", Deed::Kind::pass_time},
    DeedPattern{"the processor restarts", Deed::Kind::restart},
    DeedPattern{"the power fails for TIME", Deed::Kind::fail_power_for},
    DeedPattern{"the power fails", Deed::Kind::fail_power},
    DeedPattern{"the power returns", Deed::Kind::return_power},
    DeedPattern{"project FILE is transferred", Deed::Kind::transfer},
};

constexpr std::array kGivens{
    DeedPattern{"PLACE is at LEVEL", Deed::Kind::be_at},
    DeedPattern{"scene SCENE is active", Deed::Kind::be_in_scene},
    DeedPattern{"the mode is MODE", Deed::Kind::set_mode},
    DeedPattern{"[the] variable VARIABLE is STATE", Deed::Kind::set_variable},
};

constexpr std::array kChecks{
    CheckPattern{"nothing has changed", Check::Kind::nothing_changed},
    // Before the places, so that it is not taken for one.
    CheckPattern{"away is [not] on", Check::Kind::away},
    CheckPattern{"PLACE has not changed", Check::Kind::unchanged},
    CheckPattern{"PLACE is [not] at LEVEL", Check::Kind::at},
    CheckPattern{"PLACE is [not] on", Check::Kind::on},
    CheckPattern{"everything is off", Check::Kind::all_off},
    CheckPattern{"PLACE is [not] off", Check::Kind::off},
    CheckPattern{"PLACE is [not] above LEVEL", Check::Kind::above},
    CheckPattern{"PLACE is [not] below LEVEL", Check::Kind::below},
    CheckPattern{"PLACE is [not] between LEVEL and UPPER", Check::Kind::between},
    CheckPattern{"PLACE is [not] going to LEVEL", Check::Kind::going_to},
    CheckPattern{"ZONE is [not] at NUMBER K", Check::Kind::white},
    CheckPattern{"ZONE is [not] at hue NUMBER and saturation LEVEL", Check::Kind::tint},
    CheckPattern{"ZONE is [not] tilted to LEVEL", Check::Kind::tilted},
    CheckPattern{"fan ZONE is [not] at STATE", Check::Kind::fan},
    CheckPattern{"contact ZONE is [not] closed", Check::Kind::closed},
    CheckPattern{"contact ZONE is [not] open", Check::Kind::open},
    CheckPattern{"thermostat ZONE is [not] set to STATE", Check::Kind::thermostat},
    CheckPattern{"thermostat ZONE is [not] set to heat to NUMBER degrees", Check::Kind::heat_to},
    CheckPattern{"thermostat ZONE is [not] set to cool to NUMBER degrees", Check::Kind::cool_to},
    CheckPattern{"scene SCENE is [not] active", Check::Kind::scene},
    CheckPattern{"no scene of AREA is active", Check::Kind::no_scene},
    CheckPattern{"the LED of BUTTON is [not] STATE [rapidly]", Check::Kind::led},
    CheckPattern{"occupancy of GROUP is [not] STATE", Check::Kind::occupancy},
    CheckPattern{"the mode is [not] MODE", Check::Kind::mode},
    CheckPattern{"[the] variable VARIABLE is [not] STATE", Check::Kind::variable},
    CheckPattern{"sequence SEQUENCE is [not] running", Check::Kind::sequence},
    CheckPattern{"show SHOW is [not] running", Check::Kind::show},
    CheckPattern{"timeclock TIMECLOCK is enabled", Check::Kind::timeclock_enabled},
    CheckPattern{"timeclock TIMECLOCK is disabled", Check::Kind::timeclock_disabled},
    CheckPattern{"event EVENT is enabled", Check::Kind::event_enabled},
    CheckPattern{"event EVENT is disabled", Check::Kind::event_disabled},
    CheckPattern{"event EVENT has [not] run", Check::Kind::event_run},
    CheckPattern{"facade FACADE is enabled", Check::Kind::facade_enabled},
    CheckPattern{"facade FACADE is disabled", Check::Kind::facade_disabled},
    CheckPattern{"the shade SHADE of facade FACADE is [not] moved elsewhere", Check::Kind::facade_leaves},
    CheckPattern{"facade FACADE is [not] asking for LEVEL", Check::Kind::facade_wants},
    CheckPattern{"it is [not] night", Check::Kind::night},
    CheckPattern{"it is [not] day", Check::Kind::day},
    CheckPattern{"the emergency is [not] on", Check::Kind::emergency},
};

bool is_name(std::string_view part) {
  return part.size() > 1 && std::all_of(part.begin(), part.end(), [](char c) { return c >= 'A' && c <= 'Z'; }) &&
         part != "LED";
}

template <class T, class Value>
bool keep(T& place, const std::optional<Value>& taken) {
  if (!taken) return false;
  place = *taken;
  return true;
}

/// "a|b|c" has the word.
bool offers(std::string_view alternatives, std::string_view word) {
  while (!word.empty()) {
    const std::size_t end = alternatives.find('|');
    if (alternatives.substr(0, end) == word) return true;
    if (end == std::string_view::npos) return false;
    alternatives.remove_prefix(end + 1);
  }
  return false;
}

/// Lays one pattern over the words of a line.
class Matcher {
 public:
  Matcher(std::string_view pattern, Words& words) : words_(words) {
    Words parts(pattern);
    while (!parts.done()) parts_.push_back(parts.take());
  }

  std::optional<Named> match() {
    const std::size_t begin = words_.position();
    if (match_from(0)) return named_;
    words_.go_to(begin);
    return std::nullopt;
  }
  /// How many words were understood.
  std::size_t reached() const { return reached_; }

 private:
  bool match_from(std::size_t part) {
    reached_ = std::max(reached_, words_.position());
    if (part == parts_.size()) return words_.done();
    if (parts_[part].front() != '[') return take(parts_[part]) && match_from(part + 1);

    const std::size_t end = end_of_option(part);
    const std::size_t position = words_.position();
    const Named before = named_;
    if (take_option(part, end) && match_from(end + 1)) return true;
    words_.go_to(position);
    named_ = before;
    return match_from(end + 1);
  }

  std::size_t end_of_option(std::size_t part) const {
    while (parts_[part].back() != ']') ++part;
    return part;
  }

  bool take_option(std::size_t part, std::size_t end) {
    for (std::size_t i = part; i <= end; ++i) {
      std::string_view text = parts_[i];
      if (text.front() == '[') text.remove_prefix(1);
      if (text.back() == ']') text.remove_suffix(1);
      if (!take(text)) return false;
    }
    return true;
  }

  bool take(std::string_view part) {
    if (is_name(part)) return take_name(part);
    const std::string word = words_.take();
    if (!offers(part, word)) return false;
    if (part == "not") named_.negated = true;
    if (part == "rapidly") named_.state += " rapidly";
    return true;
  }

  bool take_name(std::string_view part) {
    if (part == "LEVEL") return keep(named_.level, words_.take_level());
    if (part == "UPPER") return keep(named_.upper, words_.take_level());
    if (part == "TIME") return keep(named_.time, words_.take_time());
    if (part == "FADE") return keep(named_.fade, words_.take_time());
    if (part == "DELAY") return keep(named_.delay, words_.take_time());
    if (part == "NUMBER") return keep(named_.number, words_.take_number());
    const std::string word = words_.take();
    (part == "STATE" || part == "SHADE" ? named_.state : named_.object) = word;
    return !word.empty();
  }

  Words& words_;
  std::vector<std::string> parts_;
  Named named_;
  std::size_t reached_ = 0;
};

/// "UPPER" is a level too.
std::string as_people_write_it(std::string_view pattern) {
  std::string text(pattern);
  const std::size_t upper = text.find("UPPER");
  if (upper != std::string::npos) text.replace(upper, 5, "LEVEL");
  return text;
}

Error not_understood(Words& words, std::size_t reached, std::string_view nearest) {
  words.go_to(reached);
  const std::string rest = words.rest();
  const std::string problem =
      rest.empty() ? "the sentence is not complete" : fmt::format("'{}' is not understood", rest);
  return Error{fmt::format("{}; the nearest that can be said is '{}'", problem, as_people_write_it(nearest))};
}

template <class Sentence, class Patterns>
Result<Sentence> read(Words& words, const Patterns& patterns, std::string_view& nearest, std::size_t& reached) {
  for (const auto& pattern : patterns) {
    Matcher matcher(pattern.words, words);
    if (auto named = matcher.match()) return Sentence{pattern.kind, std::move(*named)};
    if (matcher.reached() > reached || nearest.empty()) {
      reached = matcher.reached();
      nearest = pattern.words;
    }
  }
  return Error{};
}

}  // namespace

std::span<const DeedPattern> deed_patterns() { return kDeeds; }
std::span<const DeedPattern> given_patterns() { return kGivens; }
std::span<const CheckPattern> check_patterns() { return kChecks; }

Result<Deed> read_deed(Words& words) {
  std::string_view nearest;
  std::size_t reached = words.position();
  auto deed = read<Deed>(words, kDeeds, nearest, reached);
  if (!deed) return not_understood(words, reached, nearest);
  return deed;
}

Result<Deed> read_given(Words& words) {
  std::string_view nearest;
  std::size_t reached = words.position();
  auto given = read<Deed>(words, kGivens, nearest, reached);
  if (!given) given = read<Deed>(words, kDeeds, nearest, reached);
  if (!given) return not_understood(words, reached, nearest);
  return given;
}

Result<Check> read_check(Words& words) {
  std::string_view nearest;
  std::size_t reached = words.position();
  auto check = read<Check>(words, kChecks, nearest, reached);
  if (!check) return not_understood(words, reached, nearest);
  return check;
}

}  // namespace candela::rehearsal
