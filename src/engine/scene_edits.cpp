#include "engine/scene_edits.h"

#include <algorithm>

namespace candela::engine {
namespace {

bool is_alike(const Scene& a, const Scene& b) {
  return a.preset.zones == b.preset.zones && a.preset.scenes == b.preset.scenes;
}

template <class Edits>
std::vector<SceneId> in_order(const Edits& edits) {
  std::vector<SceneId> scenes;
  for (const auto& [scene, assignments] : edits) scenes.push_back(scene);
  std::sort(scenes.begin(), scenes.end());
  return scenes;
}

}  // namespace

SceneEdits::SceneEdits(const std::vector<SavedState::SceneEdit>& remembered) {
  for (const SavedState::SceneEdit& it : remembered) {
    edits_[it.scene] = std::make_shared<const std::vector<Assignment>>(it.assignments);
  }
}

bool SceneEdits::put(const Project& project, SceneId id, const std::vector<Assignment>& assignments) {
  const Scene* scene = project.find(id);
  if (scene == nullptr) return false;
  const std::vector<Assignment> programmed = project.expand(scene->preset);
  std::vector<Assignment> edited;
  for (const Assignment& it : assignments) {
    const bool is_member = std::any_of(programmed.begin(), programmed.end(),
                                       [&](const Assignment& member) { return member.zone == it.zone; });
    if (is_member) edited.push_back(it);
  }
  const View::Assignments before = of(id);
  if (edited == (before ? *before : programmed)) return false;
  edits_[id] = std::make_shared<const std::vector<Assignment>>(std::move(edited));
  return true;
}

View::Assignments SceneEdits::of(SceneId scene) const {
  const auto found = edits_.find(scene);
  return found == edits_.end() ? nullptr : found->second;
}

void SceneEdits::keep_unless_replaced(const Project& present, const Project& next) {
  for (const SceneId id : in_order(edits_)) {
    const Scene* before = present.find(id);
    const Scene* after = next.find(id);
    if (before != nullptr && after != nullptr && is_alike(*before, *after)) continue;
    edits_.erase(id);
    dropped_.push_back(id);
  }
}

void SceneEdits::tell(const Project& project, const Moment& why, Changes& changes) {
  for (const SceneId id : dropped_) changes.add(why, SceneEdited{id, nullptr});
  dropped_.clear();
  for (const SceneId id : in_order(edits_)) {
    if (project.find(id) != nullptr) changes.add(why, SceneEdited{id, edits_[id]});
  }
}

ProjectPtr SceneEdits::applied_to(const ProjectPtr& project) const {
  if (edits_.empty()) return project;
  auto edited = std::make_shared<Project>(*project);
  for (Scene& scene : edited->scenes) {
    const auto found = edits_.find(scene.number);
    if (found == edits_.end()) continue;
    scene.preset.zones = *found->second;
    scene.preset.scenes.clear();
  }
  return edited;
}

}  // namespace candela::engine
