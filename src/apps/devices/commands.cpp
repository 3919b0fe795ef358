#include "apps/devices/commands.h"

#include <boost/json.hpp>
#include <charconv>

#include "base/json.h"

namespace candela::devices {
namespace {

using Words = std::vector<std::string_view>;

Words split(std::string_view line) {
  constexpr std::string_view kBlanks = " \t\r";
  Words words;
  while (true) {
    const auto begin = line.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) return words;
    const auto end = std::min(line.find_first_of(kBlanks, begin), line.size());
    words.push_back(line.substr(begin, end - begin));
    line.remove_prefix(end);
  }
}

template <class Number>
std::optional<Number> to_number(std::string_view text) {
  Number number{};
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

Outcome both(Outcome first, const auto& then) { return first ? then() : first; }

Outcome move(SimulatedBus& bus, const Words& words) {
  const auto button = [&](ButtonMove it) { return bus.move_button(words[1], it); };
  if (words[0] == "press") return button(ButtonMove::press);
  if (words[0] == "release") return button(ButtonMove::release);
  const ButtonMove second = words[0] == "tap" ? ButtonMove::release : ButtonMove::hold;
  return both(button(ButtonMove::press), [&] { return button(second); });
}

Outcome set_level(SimulatedBus& bus, const Words& words, MonoTime now) {
  const auto percent = to_number<double>(words[2]);
  if (!percent || !(*percent >= 0 && *percent <= 100)) return Error{"a level is 0 to 100"};
  if (words[0] == "tilt") return bus.set_tilt(words[1], *percent, now);
  return bus.set_level(words[1], *percent, now);
}

Outcome sense(SimulatedBus& bus, const Words& words, MonoTime now) {
  if (words[0] == "close" || words[0] == "open") return bus.close(words[1], words[0] == "close");
  if (words[0] != "lux") return bus.see(words[1], words[0] == "occupied", now);
  const auto lux = to_number<std::uint16_t>(words[2]);
  if (!lux) return Error{"light is 0 to 65535 lux"};
  return bus.measure(words[1], *lux, now);
}

Outcome spoil(SimulatedBus& bus, const Words& words) {
  const auto frames = to_number<std::uint32_t>(words[1]);
  if (!frames) return Error{"how many frames?"};
  if (words[0] == "corrupt") {
    bus.corrupt(*frames);
  } else {
    bus.drop(*frames);
  }
  return done();
}

Outcome reverse(SimulatedBus& bus, const Words& words) {
  if (words[1] != "on" && words[1] != "off") return Error{"on or off?"};
  bus.reverse(words[1] == "on");
  return done();
}

Outcome run(SimulatedBus& bus, const Words& words, MonoTime now) {
  const auto is = [&](std::size_t count, std::initializer_list<std::string_view> verbs) {
    return words.size() == count && std::ranges::find(verbs, words[0]) != verbs.end();
  };
  if (is(2, {"press", "release", "tap", "hold"})) return move(bus, words);
  if (is(2, {"occupied", "vacant", "close", "open"}) || is(3, {"lux"})) return sense(bus, words, now);
  if (is(3, {"level", "tilt"})) return set_level(bus, words, now);
  if (is(2, {"silent", "speak"})) return bus.set_silent(words[1], words[0] == "silent");
  if (is(2, {"duplicate"})) return bus.set_double(words[1], true);
  if (is(3, {"duplicate"}) && words[2] == "off") return bus.set_double(words[1], false);
  if (is(2, {"corrupt", "drop"})) return spoil(bus, words);
  if (is(2, {"reverse"})) return reverse(bus, words);
  return Error{
      "unknown command; known are press, release, tap, hold, level, tilt, occupied, vacant, lux, close, open, silent, "
      "speak, duplicate, corrupt, drop, reverse, state"};
}

}  // namespace

std::string execute(SimulatedBus& bus, std::string_view line, MonoTime now) {
  const Words words = split(line);
  if (words.size() == 1 && words[0] == "state") return to_text(bus.state(now));
  const Outcome outcome = words.empty() ? Outcome(Error{"an empty line"}) : run(bus, words, now);
  return outcome ? "ok" : "error " + outcome.error().message;
}

}  // namespace candela::devices
