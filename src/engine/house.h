#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/almanac.h"
#include "engine/away.h"
#include "engine/buttons.h"
#include "engine/facades.h"
#include "engine/led_conditions.h"
#include "engine/lights.h"
#include "engine/occupancy.h"
#include "engine/presence.h"
#include "engine/sequences.h"
#include "engine/shows.h"
#include "engine/timeclock.h"
#include "engine/timeclock_day_night.h"

namespace candela::engine {

/// The house under one project: its lights and everything that decides about them. What is asked (by an event, or by an
/// action of a preset: the same words) is carried out here, and what changed is added to the list of changes.
class House {
 public:
  /// Everything off and at its beginning; nothing told yet.
  House(ProjectPtr project, Changes& changes, Now now);
  House(const House&) = delete;  // rooms hold each other
  House& operator=(const House&) = delete;

  /// The beginning: what is remembered from before a restart.
  void restore(const SavedState& remembered, const Moment& why);
  /// A new project took the place of `old`'s: all that goes on, goes on by number.
  void carry_over(const House& old, const Moment& why);

  // What happens and what is asked. Objects that the project does not have change nothing.
  void handle(const ButtonMoved& it, const Moment& why);
  void handle(const SetZone& it, const Moment& why);
  void handle(const MoveZone& it, const Moment& why);
  void handle(const SetArea& it, const Moment& why);
  void handle(const MoveArea& it, const Moment& why);
  void handle(const ActivateScene& it, const Moment& why);
  void handle(const SetLed& it, const Moment& why);
  void handle(const SetVariable& it, const Moment& why);
  void handle(const SetMode& it, const Moment& why);
  void handle(const ControlSequence& it, const Moment& why);
  void handle(const SaveScene& it, const Moment& why);
  void handle(const LevelReported& it, const Moment& why);
  void handle(const PresenceReported& it, const Moment& why);
  void handle(const LinkReported& it, const Moment& why);
  void handle(const MoveZones& it, const Moment& why);
  void handle(const SetTilt& it, const Moment& why);
  void handle(const SetColour& it, const Moment& why);
  void handle(const SetClimate& it, const Moment& why);
  void handle(const TiltReported& it, const Moment& why);
  void handle(const TemperatureReported& it, const Moment& why);
  void handle(const SetEmergency& it, const Moment& why);
  void handle(const ShedLoad& it, const Moment& why);
  void handle(const ControlShow& it, const Moment& why);
  void handle(const ControlFacade& it, const Moment& why);
  void handle(const EnableTimeclock& it, const Moment& why);
  void handle(const EnableTimeclockEvent& it, const Moment& why);
  void handle(const RunTimeclockEvent& it, const Moment& why);
  void handle(const SetOccupancyMode& it, const Moment& why);
  void handle(const EnableSensor& it, const Moment& why);
  void handle(const OccupancyReported& it, const Moment& why);
  void handle(const LightReported& it, const Moment& why);
  void handle(const SetAway& it, const Moment& why);
  void handle(const ClockReported& it, const Moment& why);

  /// Carries out a preset; none = nothing.
  void run(Slot preset, const Moment& why);

  /// When something is due at the latest; as of `now`, since some of it goes by the calendar.
  std::optional<MonoTime> next_due(Now now) const;
  /// Another event comes, with a list of changes of its own: what is due before it is carried out.
  void begin(Now now);
  /// Carries out what is due by now, each at its own time.
  void fire_due(Now now);
  /// Tells what follows from what was done in this moment: LEDs, scenes, conditions, sequences that give way.
  void settle();

  /// Scenes whose saving was asked for; the caller changes the project and forgets them.
  struct SceneToSave {
    SceneId scene;
    Moment why;
  };
  std::vector<SceneToSave>& scenes_to_save() { return scenes_to_save_; }
  /// What the scene is when it is saved now: its zones as they are aimed.
  std::vector<Assignment> as_it_is(SceneId scene) const;

  const Plan& plan() const { return lights_.plan(); }
  Lights& lights() { return lights_; }
  const Lights& lights() const { return lights_; }
  const Almanac& almanac() const { return almanac_; }
  std::uint8_t variable(Slot slot) const { return variables_[slot]; }
  ModeId mode() const { return mode_; }
  const Sequences& sequences() const { return sequences_; }
  Occupancy occupancy(OccupancyGroupId group) const {
    const Slot slot = plan().slot(group);
    return slot == kNoSlot ? Occupancy::unknown : occupancy_.state(slot);
  }
  bool is_night() const { return night_; }
  bool is_away() const { return away_.is_active(); }

  /// Recomputes what was kept incrementally; empty = equal. For tests and checkers.
  std::string inconsistency(Now now) const;

 private:
  /// Bounds what one moment can set off: programs may call themselves.
  struct Guard {
    MonoTime moment{};
    std::uint32_t runs = 0;
    std::uint32_t depth = 0;
    bool stopped = false;
  };

  void hear_contact(const ButtonMoved& it, const Moment& why);
  bool may_run(const Moment& why);
  void leave_run() { --guard_.depth; }
  void stop_program(const Moment& why);
  void perform_all(Slot preset, const Moment& why);
  void perform(const Act& act, const Moment& why);
  void choose(const Act& act, const Moment& why);
  void set(Slot zone, Level level, std::optional<Duration> fade, Duration delay, const Moment& why);
  void move(Slot zone, Movement movement, const Moment& why);
  void start_sequence(Slot sequence, const Moment& why);
  void stop_sequence(Slot sequence, const Moment& why);
  void end_sequence(Slot sequence, const Moment& why);
  void advance_sequence(Now at);
  void interrupt_sequences();

  /// What comes next by the clock that only runs, and by the calendar; max = nothing, min = not known.
  struct Coming {
    MonoTime mono = MonoTime::max();
    UtcTime utc = UtcTime::max();
    bool by(Now now) const { return mono <= now.mono || utc <= now.utc; }
    bool is_known() const { return mono != MonoTime::min(); }
    std::optional<MonoTime> at(Now now) const;
  };
  Coming coming() const;
  void fire(Now now);

  // By the calendar
  bool has_jumped(Now now) const;
  void fire_calendar(Now at);
  void run_timeclock(Now at);
  void pass_timeclock(const Timeclock::Due& due, const Moment& why);
  void turn_night(const Moment& why);
  void play_away(const Moment& why);
  void carry_out_away(const Moment& why);
  void tell_occupancy(const Moment& why);
  void tell_what_differs(const SavedState& remembered, const Moment& why);
  void find_who_gives_way();
  void note_people();
  void carry_variables(const House& old, const Moment& why);

  Changes& changes_;
  Lights lights_;
  Almanac almanac_;
  Presence presence_;
  Buttons buttons_;
  Sequences sequences_;
  LedConditions led_conditions_;
  Timeclock timeclock_;
  DayNightClock day_night_;
  OccupancyGroups occupancy_;
  Away away_;
  Shows shows_;
  Facades facades_;
  std::vector<std::uint8_t> variables_;  ///< states, by slot
  Rows<Slot> interrupted_by_;            ///< by zone: the sequences that give way when somebody else sets it
  bool some_give_way_ = false;
  ModeId mode_;
  bool night_ = false;
  std::optional<UtcTime> next_night_change_;
  Now latest_;                                      ///< when time was last looked at
  Coming coming_{MonoTime::min(), UtcTime::min()};  ///< as of then, as most events come while nothing is due
  std::vector<Timeclock::Due> due_;                 ///< these three are kept for their memory
  OccupancyGroups::Transitions transitions_;
  Away::Commands away_commands_;
  std::vector<SceneToSave> scenes_to_save_;
  struct Ending {
    Slot sequence;
    Moment why;
  };
  std::vector<Ending> to_end_;  ///< kept for its memory
  Guard guard_;
  std::size_t scanned_ = 0;  ///< how many of the changes were looked at for what follows from them
};

}  // namespace candela::engine
