#include "engine/engine.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "engine/house.h"
#include "engine/scene_edits.h"

namespace candela {

using engine::House;
using engine::kNoSlot;
using engine::Moment;
using engine::SceneEdits;
using engine::Slot;
using Kind = CauseStep::Kind;

/// Carries out events on the house that stands now, and puts another in its place when the project changes: by a
/// transfer, or because a scene was edited.
class Engine::Impl {
 public:
  explicit Impl(SavedState remembered) : remembered_(std::move(remembered)) {}

  std::span<const Change> on(const Event& event, Now now) {
    changes_.begin();
    now_ = now;
    const Moment why{now, {.event = ++event_count_, .source = event.source}};
    if (const auto* activation = std::get_if<ActivateProject>(&event.what)) {
      if (activation->project) activate(activation->project, why);
    } else if (house_) {
      house_->begin(now);
      save_scenes();
      std::visit([&](const auto& what) { handle(what, why); }, event.what);
      house_->settle();
      house_->fire_due(now);
      save_scenes();
    }
    return changes_.all();
  }

  std::optional<MonoTime> next_wake() const { return house_ ? house_->next_due(now_) : std::nullopt; }
  const House* house() const { return house_.get(); }
  Now now() const { return now_; }

 private:
  void handle(const TimePassed&, const Moment&) {}
  void handle(const ActivateProject&, const Moment&) {}
  void handle(const EditScene& it, const Moment& why) {
    edit(it.scene, it.assignments, why.then(Kind::scene_edited, it.scene.value));
  }
  template <class What>
  void handle(const What& what, const Moment& why) {
    house_->handle(what, why);
  }

  void activate(const ProjectPtr& project, const Moment& event) {
    const Moment why = event.then(Kind::project_activated);
    changes_.add(why, ProjectActivated{project});
    if (house_) {
      edits_.keep_unless_replaced(*project_, *project);
    } else {
      edits_ = SceneEdits(remembered_.scene_edits);
    }
    edits_.tell(*project, why, changes_);
    project_ = project;
    build_house(why);
    house_->fire_due(event.at);  // only now, as consumers rely on the project being told first
    save_scenes();
    changes_.reserve(2 * project->zones.size() + project->buttons.size() + project->areas.size() + 16);
  }

  /// The house under the project as it is now, with its edited scenes.
  void build_house(const Moment& why) {
    auto house = std::make_unique<House>(edits_.applied_to(project_), changes_, why.at);
    if (house_) {
      house->carry_over(*house_, why);
    } else {
      house->restore(remembered_, why);
      remembered_ = {};
    }
    house_ = std::move(house);
    house_->settle();
  }

  void save_scenes() {
    if (house_->scenes_to_save().empty()) return;
    const auto scenes = std::exchange(house_->scenes_to_save(), {});
    for (const auto& [scene, why] : scenes) {
      // Now, as what came after it was asked has been told already.
      const Moment saved = Moment{now_, why.cause}.then(Kind::scene_saved, scene.value);
      edit(scene, house_->as_it_is(scene), saved);
    }
  }

  void edit(SceneId scene, const std::vector<Assignment>& assignments, const Moment& why) {
    if (!edits_.put(*project_, scene, assignments)) return;
    changes_.add(why, SceneEdited{scene, edits_.of(scene)});
    build_house(why);
  }

  SavedState remembered_;
  std::uint64_t event_count_ = 0;
  Now now_{};
  engine::Changes changes_;
  ProjectPtr project_;  ///< as transferred
  SceneEdits edits_;
  std::unique_ptr<House> house_;  ///< none before the first project
};

Engine::Engine(SavedState remembered) : impl_(std::make_unique<Impl>(std::move(remembered))) {}
Engine::~Engine() = default;
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;

std::span<const Change> Engine::on(const Event& event, Now now) { return impl_->on(event, now); }
std::optional<MonoTime> Engine::next_wake() const { return impl_->next_wake(); }

Level Engine::level(ZoneId zone, MonoTime now) const {
  const House* house = impl_->house();
  const Slot slot = house != nullptr ? house->plan().slot(zone) : kNoSlot;
  return slot == kNoSlot ? Level::off() : house->lights().zone(slot).fade.at(now);
}

LedState Engine::led(LedId led) const {
  const House* house = impl_->house();
  const Slot button = house != nullptr ? house->plan().slot(led) : kNoSlot;
  return button == kNoSlot ? LedState::off : house->lights().watches().led(button);
}

SceneId Engine::scene(AreaId area) const {
  const House* house = impl_->house();
  const Slot slot = house != nullptr ? house->plan().slot(area) : kNoSlot;
  return slot == kNoSlot ? SceneId{} : house->lights().watches().scene(slot);
}

std::string Engine::inconsistency() const {
  return impl_->house() != nullptr ? impl_->house()->inconsistency(impl_->now()) : std::string();
}

}  // namespace candela
