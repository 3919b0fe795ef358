#include "servers/http/held_buttons.h"

#include <algorithm>

namespace candela::servers::http {

HeldButtons::Answer HeldButtons::press(ButtonId button, Holder holder) {
  const bool still_down = std::find(waiting_.begin(), waiting_.end(), button) != waiting_.end();
  if (still_down || held_.contains(button)) return Answer::held_already;
  if (!submit(button, ButtonMove::press)) return Answer::busy;
  held_.emplace(button, holder);
  return Answer::done;
}

HeldButtons::Answer HeldButtons::release(ButtonId button) {
  const auto held = held_.find(button);
  if (held == held_.end()) return Answer::not_held;
  if (!submit(button, ButtonMove::release)) return Answer::busy;
  held_.erase(held);
  return Answer::done;
}

void HeldButtons::let_go(Holder holder) {
  std::erase_if(held_, [&](const auto& held) {
    if (held.second != holder) return false;
    waiting_.push_back(held.first);
    return true;
  });
  retry();
}

void HeldButtons::let_go_all() {
  for (const auto& [button, holder] : held_) waiting_.push_back(button);
  held_.clear();
  retry();
}

bool HeldButtons::retry() {
  std::erase_if(waiting_, [this](ButtonId button) { return submit(button, ButtonMove::release); });
  return waiting_.empty();
}

bool HeldButtons::submit(ButtonId button, ButtonMove move) {
  return events_.submit({{Source::Kind::page, {}}, ButtonMoved{button, move}});
}

}  // namespace candela::servers::http
