#include "servers/mqtt/held_buttons.h"

#include <algorithm>

namespace candela::servers::mqtt {

PressedButtons& HeldButtons::pressed() {
  if (!pressed_) {
    pressed_.emplace(context_.loop.get_executor(), context_.events, Source{Source::Kind::mqtt, {}});
  }
  return *pressed_;
}

bool HeldButtons::move(const Press& press) {
  switch (press.how) {
    case Press::How::tap: return pressed().tap(press.button);
    case Press::How::press:
      if (!pressed().press(press.button)) return false;
      until_[press.button] = context_.clock.now().mono + kLongest;
      return true;
    case Press::How::release:
      if (!pressed().release(press.button)) return false;
      until_.erase(press.button);
      return true;
  }
  return false;
}

void HeldButtons::release_all() {
  pressed_.reset();
  until_.clear();
}

void HeldButtons::catch_up() {
  const MonoTime now = context_.clock.now().mono;
  std::erase_if(until_, [&](const auto& it) { return it.second <= now && pressed().release(it.first); });
}

std::optional<MonoTime> HeldButtons::next_due() const {
  const auto first =
      std::min_element(until_.begin(), until_.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return first == until_.end() ? std::nullopt : std::optional(first->second);
}

}  // namespace candela::servers::mqtt
