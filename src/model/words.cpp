#include "model/words.h"

#include <array>
#include <cstdio>

namespace candela {

std::string_view word(LedState state) {
  switch (state) {
    case LedState::off: return "off";
    case LedState::on: return "on";
    case LedState::flash: return "flash";
    case LedState::rapid_flash: return "rapid_flash";
  }
  return "";
}

std::string_view word(ButtonMove move) {
  switch (move) {
    case ButtonMove::press: return "press";
    case ButtonMove::release: return "release";
    case ButtonMove::hold: return "hold";
    case ButtonMove::multi_tap: return "multi_tap";
  }
  return "";
}

std::string_view word(DeviceFault fault) {
  switch (fault) {
    case DeviceFault::none: return "none";
    case DeviceFault::silent: return "silent";
    case DeviceFault::duplicate_address: return "duplicate_address";
  }
  return "";
}

std::string_view word(LinkFault fault) {
  switch (fault) {
    case LinkFault::none: return "none";
    case LinkFault::port_closed: return "port_closed";
    case LinkFault::no_devices: return "no_devices";
    case LinkFault::corrupted_frames: return "corrupted_frames";
    case LinkFault::reversed_pair: return "reversed_pair";
  }
  return "";
}

std::string iso_text(UtcTime time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return text.data();
}

}  // namespace candela
