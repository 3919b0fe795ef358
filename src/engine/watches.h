#pragma once

#include <cstdint>
#include <vector>

#include "engine/moment.h"
#include "engine/plan.h"
#include "engine/zones.h"

namespace candela::engine {

/// Everything that is so or not so because of where zones are going: lit LEDs, scenes that match, and what a toggle
/// does next. One watch counts its zones whose target lies in a range; a zone knows its watches, so a change costs as
/// much as has to do with that zone, however large the home is.
class Watches {
 public:
  Watches() = default;
  Watches(const Plan& plan, const Zones& zones);

  /// Takes over, by number, what was told of LEDs and scenes, what clients set, and which scenes people chose.
  void carry_over(const Plan& plan, const Watches& old, const Plan& old_plan);

  /// The zone may have another target; told as often as one likes.
  void zone_aimed(const ZoneState& zone, Slot slot, const Moment& why) {
    const Level level = zone.fade.to;
    for (Member& member : members_[slot]) {
      const bool met = member.range.contains(level);
      if (met == member.met) continue;
      member.met = met;
      Watch& watch = *member.watch;
      if (met) {
        if (--watch.missing == 0) turned(watch, zone.number, why);  // the last one came
      } else {
        if (++watch.missing == 1) turned(watch, zone.number, why);  // the first one went
      }
    }
  }
  /// Of several scenes of an area that match, the one chosen last is the active one.
  void scene_chosen(const Plan& plan, Slot scene, const Moment& why);
  /// A client or a sequence sets an LED.
  void set_led(Slot button, LedState state, const Moment& why, Changes& changes);

  /// For an LED with LedLogic::condition: whether the condition now holds.
  void set_condition(Slot button, bool holds, const Moment& why);

  /// Tells which LEDs and scenes are now otherwise. Called when all zones of one moment have got their targets, so
  /// that no LED flickers on the way.
  void settle(const Plan& plan, Changes& changes);
  /// The same for all of them, whether or not a zone moved: for a new project.
  void settle_all(const Plan& plan, const Moment& why, Changes& changes);

  /// What the LED's logic says, unreversed: a toggle that is lit now goes off.
  bool lit(Slot button) const {
    const Led& led = leds_[button];
    return led.by_condition ? led.condition_holds : led.watch != kNoSlot && is_met(led.watch);
  }
  /// Whether the LED goes by the house; else it is whatever a client or a sequence sets.
  bool follows_logic(Slot button) const { return leds_[button].follows_logic; }
  bool condition_holds(Slot button) const { return leds_[button].condition_holds; }
  LedState led(Slot button) const { return leds_[button].told; }
  SceneId scene(Slot area) const { return areas_[area].told; }

  // For the checker.
  bool is_overridden(Slot button) const { return leds_[button].overridden; }
  bool scene_matches(Slot scene) const { return is_met(scene); }
  Slot chosen_scene(Slot area) const { return areas_[area].chosen; }

 private:
  struct Watch {
    std::int32_t missing = 0;  ///< how many more of its zones it needs; below 0 when more are in range than it needs
    Slot owner = kNoSlot;      ///< a scene's area, a button

    bool is_met() const { return missing <= 0; }
  };
  struct Member {
    Watch* watch = nullptr;  ///< in watches_, which does not move once it is built
    LevelRange range;
    bool met = false;  ///< the zone is aimed at a level within the range
  };
  struct Led {
    LedId number;                   ///< none for buttons without an LED
    std::uint32_t watch = kNoSlot;  ///< for the logic, or for a toggle without one
    LedState told = LedState::off;
    LedState set = LedState::off;  ///< by a client, where the LED is the client's
    bool follows_logic = false;
    bool by_condition = false;
    bool condition_holds = false;
    bool reversed = false;
    bool overridden = false;  ///< a client set it against its logic
    bool touched = false;
  };
  struct AreaState {
    AreaId number;
    SceneId told;
    Slot chosen = kNoSlot;
    bool touched = false;
  };
  struct Touched {
    Slot slot;
    Moment why;
  };

  bool is_of_scene(std::uint32_t watch) const { return watch < scene_count_; }
  bool is_met(std::uint32_t watch) const { return watches_[watch].is_met(); }
  void add_scenes(const Plan& plan, std::vector<Rows<Member>::Entry>& entries);
  void add_button(const Plan& plan, Slot button, std::vector<Rows<Member>::Entry>& entries);
  void watch_zones(Slot button, std::span<const Slot> zones, std::vector<Rows<Member>::Entry>& entries);
  void turned(const Watch& watch, ZoneId zone, const Moment& why);
  void touch_led(Slot button, const Moment& why);
  void touch_area(Slot area, const Moment& why);
  void settle_led(Slot button, const Moment& why, Changes& changes);
  void settle_area(const Plan& plan, Slot area, const Moment& why, Changes& changes);

  std::size_t scene_count_ = 0;
  std::vector<Watch> watches_;  ///< first one for each scene, then those of buttons
  Rows<Member> members_;        ///< by zone
  std::vector<Led> leds_;       ///< by button
  std::vector<AreaState> areas_;
  std::vector<Touched> touched_leds_;
  std::vector<Touched> touched_areas_;
};

}  // namespace candela::engine
