#include "engine/engine.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "base/overloaded.h"
#include "engine/buttons.h"
#include "engine/checker.h"
#include "engine/lights.h"
#include "engine/presence.h"

namespace candela {

using engine::kNoSlot;
using engine::Lights;
using engine::Moment;
using engine::Slot;
using Kind = CauseStep::Kind;

class Engine::Impl {
 public:
  explicit Impl(SavedState remembered) : remembered_(std::move(remembered)) {}

  std::span<const Change> on(const Event& event, Now now) {
    changes_.begin();
    ++event_count_;
    const Moment why{now, {.event = event_count_, .source = event.source}};
    if (const auto* activation = std::get_if<ActivateProject>(&event.what)) {
      if (activation->project) activate(activation->project, why);
    } else if (lights_) {
      fire_due(now);
      std::visit([&](const auto& what) { handle(what, why); }, event.what);
      lights_->settle(changes_);
    }
    return changes_.all();
  }

  std::optional<MonoTime> next_wake() const { return lights_ ? lights_->next_due() : std::nullopt; }
  const std::optional<Lights>& lights() const { return lights_; }

 private:
  /// What was due before this event happens first, each at its own time.
  void fire_due(Now now) {
    for (auto due = lights_->next_due(); due && *due <= now.mono; due = lights_->next_due()) {
      const auto ago = std::chrono::duration_cast<UtcTime::duration>(now.mono - *due);
      lights_->fire({*due, now.utc - ago}, changes_);
      lights_->settle(changes_);
    }
  }

  void activate(const ProjectPtr& project, const Moment& event) {
    const Moment why = event.then(Kind::project_activated);
    changes_.add(why, ProjectActivated{project});
    Lights lights(project);
    if (lights_) {
      presence_.carry_over(lights.plan(), lights_->plan());
      lights.carry_over(*lights_, why, changes_);
    } else {
      presence_ = engine::Presence(*project);
      lights.restore(remembered_, why, changes_);
      remembered_ = {};
    }
    lights_.emplace(std::move(lights));
    fire_due(event.at);  // only now, as consumers rely on the project being told first
    changes_.reserve(2 * project->zones.size() + project->buttons.size() + project->areas.size() + 16);
  }

  void handle(const TimePassed&, const Moment&) {}
  void handle(const ActivateProject&, const Moment&) {}

  template <class NotYet>
  void handle(const NotYet&, const Moment&) {}

  void handle(const ButtonMoved& it, const Moment& why) {
    const Slot button = plan().slot(it.button);
    if (button != kNoSlot) move_button(*lights_, button, it.move, why, changes_);
  }

  void handle(const SetZone& it, const Moment& why) {
    const Slot zone = plan().slot(it.zone);
    if (zone == kNoSlot) return;
    set(zone, it.level, it.fade, it.delay, why.then(Kind::zone_commanded, it.zone.value));
  }

  void handle(const SetArea& it, const Moment& why) {
    const Slot area = plan().slot(it.area);
    if (area == kNoSlot) return;
    const Moment commanded = why.then(Kind::area_commanded, it.area.value);
    for (const Slot zone : plan().zones_within(area)) set(zone, it.level, it.fade, it.delay, commanded);
  }

  void handle(const MoveZone& it, const Moment& why) {
    const Slot zone = plan().slot(it.zone);
    if (zone != kNoSlot) move(zone, it.movement, why);
  }

  void handle(const MoveArea& it, const Moment& why) {
    const Slot area = plan().slot(it.area);
    if (area == kNoSlot) return;
    const Moment commanded = why.then(Kind::area_commanded, it.area.value);
    for (const Slot zone : plan().zones_within(area)) move(zone, it.movement, commanded);
  }

  void handle(const ActivateScene& it, const Moment& why) {
    const Slot scene = plan().slot(it.scene);
    if (scene != kNoSlot) lights_->recall(scene, why.then(Kind::scene_activated, it.scene.value), changes_);
  }

  void handle(const SetLed& it, const Moment& why) {
    const Slot button = plan().slot(it.led);
    if (button != kNoSlot) lights_->set_led(button, it.state, why.then(Kind::led_commanded, it.led.value), changes_);
  }

  void handle(const LevelReported& it, const Moment& why) {
    const Slot zone = plan().slot(it.zone);
    if (zone != kNoSlot) lights_->report(zone, it.level, why.then(Kind::level_reported, it.zone.value), changes_);
  }

  void handle(const PresenceReported& it, const Moment& why) {
    const Slot device = plan().slot(it.device);
    if (device == kNoSlot || !presence_.device_reported(device, it.present, it.fault)) return;
    const Moment reported = why.then(Kind::presence_reported, it.device.value);
    changes_.add(reported, PresenceChanged{it.device, it.present, it.fault});
    if (!it.present) lose_keypad(*lights_, device, reported, changes_);
  }

  void handle(const LinkReported& it, const Moment& why) {
    const Slot link = plan().slot(it.link);
    if (link == kNoSlot || !presence_.link_reported(link, it.fault)) return;
    changes_.add(why.then(Kind::fault_reported, it.link.value), LinkChanged{it.link, it.fault});
  }

  void set(Slot zone, Level level, std::optional<Duration> fade, Duration delay, const Moment& why) {
    lights_->command(zone, level, fade.value_or(lights_->zone(zone).own_fade), delay, why, changes_);
  }

  void move(Slot zone, Movement movement, const Moment& why) {
    const std::uint32_t number = lights_->zone(zone).number.value;
    switch (movement) {
      case Movement::raise: return lights_->ramp(zone, true, ButtonId{}, why.then(Kind::zone_raised, number), changes_);
      case Movement::lower:
        return lights_->ramp(zone, false, ButtonId{}, why.then(Kind::zone_lowered, number), changes_);
      case Movement::stop: return lights_->stop(zone, why.then(Kind::zone_stopped, number), changes_);
    }
  }

  const engine::Plan& plan() const { return lights_->plan(); }

  SavedState remembered_;
  std::uint64_t event_count_ = 0;
  std::optional<Lights> lights_;  ///< none before the first project
  engine::Presence presence_;
  engine::Changes changes_;
};

Engine::Engine(SavedState remembered) : impl_(std::make_unique<Impl>(std::move(remembered))) {}
Engine::~Engine() = default;
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;

std::span<const Change> Engine::on(const Event& event, Now now) { return impl_->on(event, now); }
std::optional<MonoTime> Engine::next_wake() const { return impl_->next_wake(); }

Level Engine::level(ZoneId zone, MonoTime now) const {
  const auto& lights = impl_->lights();
  const Slot slot = lights ? lights->plan().slot(zone) : kNoSlot;
  return slot == kNoSlot ? Level::off() : lights->zone(slot).fade.at(now);
}

LedState Engine::led(LedId led) const {
  const auto& lights = impl_->lights();
  const Slot button = lights ? lights->plan().slot(led) : kNoSlot;
  return button == kNoSlot ? LedState::off : lights->watches().led(button);
}

SceneId Engine::scene(AreaId area) const {
  const auto& lights = impl_->lights();
  const Slot slot = lights ? lights->plan().slot(area) : kNoSlot;
  return slot == kNoSlot ? SceneId{} : lights->watches().scene(slot);
}

std::string Engine::inconsistency() const {
  return impl_->lights() ? engine::inconsistency(*impl_->lights()) : std::string();
}

}  // namespace candela
