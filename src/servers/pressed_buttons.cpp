#include "servers/pressed_buttons.h"

#include <boost/asio/steady_timer.hpp>
#include <map>

namespace candela::servers {

/// Lives on after its owner until the last button is released.
class PressedButtons::Shared : public std::enable_shared_from_this<Shared> {
 public:
  Shared(boost::asio::any_io_executor executor, EventSink& events, Source source)
      : executor_(std::move(executor)), events_(events), source_(source) {}

  bool press(ButtonId button) {
    // A second press of a button that is down: let go first, as a finger would have to.
    if (held_.contains(button) && !release(button)) return false;
    if (!submit(button, ButtonMove::press)) return false;
    held_.emplace(button, nullptr);
    return true;
  }

  bool tap(ButtonId button) {
    if (!press(button)) return false;
    release_later(button);
    return true;
  }

  bool release(ButtonId button) {
    if (!submit(button, ButtonMove::release)) return false;
    held_.erase(button);
    return true;
  }

  void release_all() {
    std::erase_if(held_, [this](const auto& held) { return submit(held.first, ButtonMove::release); });
    for (const auto& [button, timer] : held_) release_later(button);
  }

 private:
  using Timer = boost::asio::steady_timer;

  bool submit(ButtonId button, ButtonMove move) { return events_.submit({source_, ButtonMoved{button, move}}); }

  void release_later(ButtonId button) {
    auto& timer = held_[button];
    timer = std::make_unique<Timer>(executor_, kTap);
    timer->async_wait([self = shared_from_this(), button](const boost::system::error_code& error) {
      if (!error && !self->release(button)) self->release_later(button);
    });
  }

  boost::asio::any_io_executor executor_;
  EventSink& events_;
  const Source source_;
  std::map<ButtonId, std::unique_ptr<Timer>> held_;  ///< with the timer that will release it, if any
};

PressedButtons::PressedButtons(boost::asio::any_io_executor executor, EventSink& events, Source source)
    : shared_(std::make_shared<Shared>(std::move(executor), events, source)) {}
PressedButtons::~PressedButtons() { shared_->release_all(); }

bool PressedButtons::press(ButtonId button) { return shared_->press(button); }
bool PressedButtons::release(ButtonId button) { return shared_->release(button); }
bool PressedButtons::tap(ButtonId button) { return shared_->tap(button); }

}  // namespace candela::servers
