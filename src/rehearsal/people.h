#pragma once

#include <cstdint>
#include <vector>

#include "rehearsal/calendar.h"
#include "rehearsal/sentence.h"

namespace candela {
struct Project;
}

namespace candela::rehearsal {

/// People who press and hold buttons and walk past sensors between morning and night, by chance. The same seed gives
/// the same people on every machine.
class People {
 public:
  /// Begins with the first deed after `from`.
  People(const Project& project, const Calendar& calendar, std::uint64_t seed, UtcTime from);

  /// When the next deed is; UtcTime::max() in a home in which there is nothing to do.
  UtcTime next() const { return next_; }
  /// The deed of next(), and goes on to the one after it.
  Deed take();

 private:
  /// 0 to below `limit`.
  std::uint64_t chance(std::uint64_t limit);
  Deed press();
  Deed walk();
  void plan_next();

  const Calendar& calendar_;
  std::uint64_t state_;
  UtcTime next_;
  std::vector<std::string> buttons_;
  struct Sensor {
    std::string id;
    bool sees = false;
  };
  std::vector<Sensor> sensors_;
};

}  // namespace candela::rehearsal
