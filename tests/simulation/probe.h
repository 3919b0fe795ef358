#pragma once

#include <optional>

#include "base/fade.h"
#include "model/event.h"

namespace candela::simulation {

/// A zone that obeys direct commands only, thought out anew from the words of the model: what it is asked last is what
/// it does, at once or when its delay is over; a newer command takes the place of one that waits.
class Probe {
 public:
  Probe(const Zone& zone, Duration full_ramp) : zone_(zone), full_ramp_(full_ramp) {}

  ZoneId number() const { return zone_.number; }
  /// Whether commands for an area are for it too: they are for lights.
  bool obeys_area() const { return is_dimmed(zone_.load) || zone_.load == LoadType::switched; }
  bool ramps_with_area() const { return is_dimmed(zone_.load); }
  const Fade& course() const { return course_; }
  std::optional<MonoTime> due() const { return waiting_ ? std::optional(waiting_->due) : std::nullopt; }
  void use_ramp(Duration full_ramp) { full_ramp_ = full_ramp; }

  /// What waited and is due has happened.
  void elapse(MonoTime now);
  void set(Level level, std::optional<Duration> fade, Duration delay, MonoTime now);
  void move(Movement movement, MonoTime now);
  /// A report either tells nothing new or is where the zone stands from now on.
  bool may_report_bring(const Fade& told, Level level, MonoTime now) const;
  void adopt(const Fade& course) { course_ = course; }
  /// Nothing waits any more: the processor went off.
  void forget() { waiting_.reset(); }

 private:
  struct Waiting {
    MonoTime due;
    Level level;
    std::optional<Duration> fade;
  };
  Level nearest(Level level) const;
  void go(Level level, std::optional<Duration> fade, MonoTime now);
  Duration part(Duration whole, Level from, Level to) const;

  Zone zone_;
  Duration full_ramp_;
  Fade course_;
  std::optional<Waiting> waiting_;
};

}  // namespace candela::simulation
