#include "servers/leap/pressed_buttons.h"

#include <algorithm>

namespace candela::leap {

/// Lives on after its owner until the last button is released.
class PressedButtons::Shared : public std::enable_shared_from_this<Shared> {
 public:
  Shared(boost::asio::any_io_executor executor, EventSink& events, Source source)
      : events_(events), source_(source), timer_(std::move(executor)) {}

  bool press(ButtonId button, std::optional<Time> until) {
    // A second press of a button that is down: let go first, as a finger would have to.
    if (held_.contains(button) && !release(button)) return false;
    if (!submit(button, ButtonMove::press)) return false;
    held_[button] = until;
    if (until) arm();
    return true;
  }

  bool release(ButtonId button) {
    if (!submit(button, ButtonMove::release)) return false;
    held_.erase(button);
    return true;
  }

  void release_all() {
    for (auto& [button, until] : held_) until = Time();
    release_due();
  }

 private:
  bool submit(ButtonId button, ButtonMove move) { return events_.submit({source_, ButtonMoved{button, move}}); }

  void release_due() {
    const Time now = std::chrono::steady_clock::now();
    std::erase_if(held_, [&](const auto& held) {
      return held.second && *held.second <= now && submit(held.first, ButtonMove::release);
    });
    arm();
  }

  void arm() {
    std::optional<Time> next;
    for (const auto& [button, until] : held_) {
      if (until && (!next || *until < *next)) next = until;
    }
    if (!next) return;
    // What is overdue was not taken just now: not at once again.
    timer_.expires_at(std::max(*next, std::chrono::steady_clock::now() + std::chrono::milliseconds(1)));
    timer_.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
      if (!error) self->release_due();
    });
  }

  EventSink& events_;
  const Source source_;
  boost::asio::steady_timer timer_;
  std::map<ButtonId, std::optional<Time>> held_;  ///< until when; nothing = until the client lets go
};

PressedButtons::PressedButtons(boost::asio::any_io_executor executor, EventSink& events, Source source)
    : shared_(std::make_shared<Shared>(std::move(executor), events, source)) {}
PressedButtons::~PressedButtons() { shared_->release_all(); }

bool PressedButtons::press(ButtonId button) { return shared_->press(button, std::nullopt); }
bool PressedButtons::release(ButtonId button) { return shared_->release(button); }
bool PressedButtons::tap(ButtonId button) { return shared_->press(button, std::chrono::steady_clock::now() + kTap); }

}  // namespace candela::leap
