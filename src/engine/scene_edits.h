#pragma once

#include <memory>
#include <unordered_map>
#include <vector>

#include "engine/moment.h"
#include "model/saved_state.h"
#include "model/view.h"

namespace candela::engine {

/// Scenes that people changed while the house runs. They hold over restarts and transfers, until a project comes in
/// which the installer changed the same scene.
class SceneEdits {
 public:
  SceneEdits() = default;
  explicit SceneEdits(const std::vector<SavedState::SceneEdit>& remembered);

  /// Zones that the scene does not have are left out. False when there is no such scene, or nothing changed.
  bool put(const Project& project, SceneId scene, const std::vector<Assignment>& assignments);
  View::Assignments of(SceneId scene) const;

  /// Drops the edits of scenes that the next project has otherwise than the present one, or not at all.
  void keep_unless_replaced(const Project& present, const Project& next);
  /// Tells all edits, and those dropped, after a project was activated.
  void tell(const Project& project, const Moment& why, Changes& changes);

  /// The project with its edited scenes; itself when there are none.
  ProjectPtr applied_to(const ProjectPtr& project) const;

 private:
  std::unordered_map<SceneId, View::Assignments> edits_;
  std::vector<SceneId> dropped_;
};

}  // namespace candela::engine
