#pragma once

#include <map>
#include <set>
#include <vector>

#include "servers/lip/call.h"

namespace candela::lip {

/// Makes lines out of what happens, and keeps the little that has to be remembered for them.
class Reporter {
 public:
  explicit Reporter(const servers::Context& context) : context_(context) {}

  /// The view already holds the change.
  void on_change(const Change& change, Effects& effects, std::vector<Report>& reports);
  /// Zones that are raised or lowered are reported when they stop, by themselves too.
  std::optional<MonoTime> next_due() const;
  void catch_up(MonoTime now, std::vector<Report>& reports);

  /// Contact inputs that are closed, as far as was heard.
  const std::vector<ButtonId>& closed_contacts() const { return closed_; }

 private:
  void tell(const ZoneTargeted& it, const Cause& cause, Effects& effects, std::vector<Report>& reports);
  void tell(const ButtonActed& it, std::vector<Report>& reports);
  void tell(const OccupancyChanged& it, std::vector<Report>& reports) const;
  void tell(const SceneChanged& it, std::vector<Report>& reports) const;
  void tell(const TimeclockEventPassed& it, std::vector<Report>& reports) const;
  void tell(const TimeclockEventEnabled& it, std::vector<Report>& reports) const;
  void tell_mode(std::vector<Report>& reports) const;
  void tell_arrival(ZoneId zone, Level level, std::vector<Report>& reports) const;
  void move_contact(ButtonId button, ButtonMove move);
  void forget_what_is_gone();
  const Project& project() const { return *context_.view.project(); }

  const servers::Context& context_;
  std::map<ZoneId, MonoTime> ramping_;  ///< and when each arrives, if nobody stops it
  std::set<ButtonId> held_;
  std::vector<ButtonId> closed_;
};

}  // namespace candela::lip
