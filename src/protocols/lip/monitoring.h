#pragma once

#include <bitset>
#include <cstdint>

namespace candela::lip {

/// What a session can be told by itself (lip.md §4). Types that are not named here are kept, and nothing is told.
enum class Monitor : std::uint8_t {
  event = 2,  ///< contact inputs, for clients that ask for those only
  button = 3,
  led = 4,
  zone = 5,
  occupancy = 6,
  scene = 8,
  timeclock = 9,
  variable = 10,
  reply = 11,   ///< off: nothing at all is sent any more
  prompt = 12,  ///< off: no prompts
  occupancy_group = 13,
  climate = 17,
  mode = 18,
  shade_group = 23,
};

/// Which of them a session wants. Begins anew at each login, as a user's does on the systems that clients know.
class Monitoring {
 public:
  static constexpr std::uint32_t kTypes = 27;
  static constexpr std::uint32_t kAll = 255;  ///< all but reply and prompt

  Monitoring() {
    for (const std::uint32_t type : {3, 4, 5, 6, 8, 11, 12, 17, 18, 23}) on_.set(type);
  }

  static bool is_type(std::uint32_t type) { return (type >= 1 && type <= kTypes) || type == kAll; }
  /// REQUIRES: is_type(type).
  void set(std::uint32_t type, bool on) {
    if (type != kAll) {
      on_.set(type, on);
      return;
    }
    for (std::uint32_t each = 1; each <= kTypes; ++each) {
      if (!is_own(each)) on_.set(each, on);
    }
  }
  bool is_on(Monitor type) const { return on_.test(static_cast<std::size_t>(type)); }
  /// kAll is on when all it stands for are.
  bool is_on(std::uint32_t type) const {
    if (type != kAll) return on_.test(type);
    for (std::uint32_t each = 1; each <= kTypes; ++each) {
      if (!is_own(each) && !on_.test(each)) return false;
    }
    return true;
  }

 private:
  static bool is_own(std::uint32_t type) {
    return type == static_cast<std::uint32_t>(Monitor::reply) || type == static_cast<std::uint32_t>(Monitor::prompt);
  }

  std::bitset<kTypes + 1> on_;
};

}  // namespace candela::lip
