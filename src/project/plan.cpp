#include <fmt/format.h>

#include "project/builder.h"

namespace candela::project {
namespace {

/// Warns of points that would be drawn beside the floor plan.
class PlanCheck {
 public:
  PlanCheck(Point size, Complaints& complaints) : size_(size), complaints_(complaints) {}

  void check(const Node* node, std::string_view what) {
    const auto point = node != nullptr ? to_point(*node) : std::nullopt;
    if (!point) return;
    if (size_.x <= 0 || size_.y <= 0) {
      if (!std::exchange(warned_, true)) {
        complaints_.warning(node->mark, "no-floor-plan", "there is a position and no floor plan",
                            "add 'floor_plan' with its width and height");
      }
    } else if (point->x < 0 || point->y < 0 || point->x > size_.x || point->y > size_.y) {
      complaints_.warning(node->mark, "outside-plan",
                          fmt::format("'{}' is at [{}, {}], outside the floor plan", what, point->x, point->y),
                          fmt::format("keep within [0, 0] and [{}, {}]", size_.x, size_.y));
    }
  }

 private:
  const Point size_;
  Complaints& complaints_;
  bool warned_ = false;
};

}  // namespace

void check_plan(const Draft& draft, Complaints& complaints) {
  PlanCheck plan(draft.project.plan_size, complaints);
  for (std::size_t i = 0; i < draft.project.areas.size(); ++i) {
    if (draft.area_nodes[i] == nullptr) continue;
    for (const Node& corner : draft.area_nodes[i]->list_of("outline")) plan.check(&corner, draft.project.areas[i].id);
  }
  for (std::size_t i = 0; i < draft.project.zones.size(); ++i) {
    plan.check(draft.zone_nodes[i]->find("at"), draft.project.zones[i].id);
  }
  for (std::size_t i = 0; i < draft.project.devices.size(); ++i) {
    plan.check(draft.device_nodes[i]->find("at"), draft.project.devices[i].id);
  }
}

}  // namespace candela::project
