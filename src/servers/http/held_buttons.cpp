#include "servers/http/held_buttons.h"

#include <algorithm>

namespace candela::servers::http {

HeldButtons::Answer HeldButtons::press(ButtonId button, Holder holder, Source source) {
  const bool still_down =
      std::any_of(waiting_.begin(), waiting_.end(), [&](const auto& it) { return it.first == button; });
  if (still_down || held_.contains(button)) return Answer::held_already;
  if (!submit(button, ButtonMove::press, source)) return Answer::busy;
  held_.emplace(button, Hold{holder, source});
  return Answer::done;
}

HeldButtons::Answer HeldButtons::release(ButtonId button, Source source) {
  const auto held = held_.find(button);
  if (held == held_.end()) return Answer::not_held;
  if (!submit(button, ButtonMove::release, source)) return Answer::busy;
  held_.erase(held);
  return Answer::done;
}

void HeldButtons::let_go(Holder holder) {
  std::erase_if(held_, [&](const auto& held) {
    if (held.second.holder != holder) return false;
    waiting_.emplace_back(held.first, held.second.source);
    return true;
  });
  retry();
}

void HeldButtons::let_go_all() {
  for (const auto& [button, hold] : held_) waiting_.emplace_back(button, hold.source);
  held_.clear();
  retry();
}

bool HeldButtons::retry() {
  std::erase_if(waiting_, [this](const auto& it) { return submit(it.first, ButtonMove::release, it.second); });
  return waiting_.empty();
}

bool HeldButtons::submit(ButtonId button, ButtonMove move, Source source) {
  return events_.submit({source, ButtonMoved{button, move}});
}

}  // namespace candela::servers::http
