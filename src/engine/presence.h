#pragma once

#include <vector>

#include "engine/plan.h"
#include "model/event.h"

namespace candela::engine {

/// Which devices answer and which links work, as last reported.
class Presence {
 public:
  Presence() = default;
  explicit Presence(const Project& project) : devices_(project.devices.size()), links_(project.links.size()) {}

  void carry_over(const Plan& plan, const Plan& old_plan) {
    const Presence old = std::move(*this);
    *this = Presence(plan.project());
    carry(plan.project().devices, old_plan, old.devices_, devices_);
    carry(plan.project().links, old_plan, old.links_, links_);
  }

  /// True when that is news. The first word of a device always is.
  bool device_reported(Slot device, bool present, DeviceFault fault) {
    return replace(devices_[device], {.known = true, .present = present, .fault = fault});
  }
  bool link_reported(Slot link, LinkFault fault) { return replace(links_[link], fault); }

 private:
  struct DeviceState {
    bool known = false;
    bool present = false;
    DeviceFault fault = DeviceFault::none;
    friend bool operator==(const DeviceState&, const DeviceState&) = default;
  };

  template <class State>
  static bool replace(State& state, const State& reported) {
    if (state == reported) return false;
    state = reported;
    return true;
  }
  template <class Objects, class State>
  static void carry(const Objects& objects, const Plan& old_plan, const std::vector<State>& from,
                    std::vector<State>& to) {
    for (Slot slot = 0; slot < objects.size(); ++slot) {
      const Slot before = old_plan.slot(objects[slot].number);
      if (before != kNoSlot) to[slot] = from[before];
    }
  }

  std::vector<DeviceState> devices_;
  std::vector<LinkFault> links_;
};

}  // namespace candela::engine
