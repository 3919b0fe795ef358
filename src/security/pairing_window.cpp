#include "security/pairing_window.h"

#include <algorithm>
#include <utility>

namespace candela {

void PairingWindow::open(Opening opening, MonoTime now) {
  opening.lasts = std::clamp(opening.lasts, std::chrono::seconds(1), kLastsMax);
  opening_ = std::move(opening);
  until_ = now + opening_.lasts;
  end_ = End::still_open;
  wrong_ = 0;
  letting_in_ = false;
  last_paired_.clear();
  count(0);
  tell();
}

void PairingWindow::look_at(MonoTime now) {
  if (is_open() && now >= until_) close(End::timed_out);
}

void PairingWindow::close(End end) {
  if (!is_open()) return;
  end_ = end;
  tell();
  for (const auto& waiter : std::exchange(waiters_, {})) waiter();
}

bool PairingWindow::begin() { return is_open() && !std::exchange(letting_in_, true); }

void PairingWindow::failed() {
  letting_in_ = false;
  refuse();
}

void PairingWindow::paired(std::string name) {
  last_paired_ = std::move(name);
  close(End::paired);
}

void PairingWindow::refuse() {
  if (!is_open()) return count(std::min(refused_ + 1, kRefusedMax));
  if (++wrong_ >= kWrongMax) close(End::too_many_wrong);
}

void PairingWindow::when_closed(std::function<void()> waiter) {
  if (!is_open()) return waiter();
  waiters_.push_back(std::move(waiter));
}

void PairingWindow::tell() {
  for (const auto& listener : listeners_) listener();
}

void PairingWindow::count(std::uint32_t refused) {
  if (std::exchange(refused_, refused) != refused && counted_) counted_(refused);
}

}  // namespace candela
