#include "runtime/core.h"

namespace candela::runtime {

Core::Core(const Ports& ports, SavedState remembered)
    : ports_(ports), engine_(std::move(remembered)), timer_(ports.loop) {}

bool Core::submit(Event event) {
  if (handling_) {
    waiting_.push_back(std::move(event));
    return true;
  }
  handling_ = true;
  handle(event);
  while (!waiting_.empty()) {
    const Event next = std::move(waiting_.front());
    waiting_.pop_front();
    handle(next);
  }
  handling_ = false;
  arm_timer();
  return true;
}

void Core::handle(const Event& event) {
  const std::span<const Change> changes = engine_.on(event, ports_.clock.now());
  if (changes.empty()) return;
  view_.apply(changes);
  for (const auto& [number, driver] : drivers_) driver->on_changes(changes);
  // Before the servers: who has seen a change can ask why it happened.
  if (ports_.history != nullptr) ports_.history->note(changes);
  ports_.servers.push(changes);
  if (ports_.store != nullptr) ports_.store->note(changes);
}

void Core::activate(const ProjectPtr& project) {
  // The old drivers go before the project changes under them, the new ones come when the view holds it.
  stop_outdated_drivers(*project);
  submit({Source{}, ActivateProject{project}});
  start_new_drivers(*project);
}

void Core::stop_outdated_drivers(const Project& project) {
  const auto stays = [&](std::uint32_t number) {
    const auto same = [](const auto* before, const auto* after) { return before && after && *before == *after; };
    const Project& old = *view_.project();
    return same(old.find(LinkId{number}), project.find(LinkId{number})) ||
           same(old.find(GatewayId{number}), project.find(GatewayId{number}));
  };
  std::erase_if(drivers_, [&](const auto& entry) {
    if (stays(entry.first)) return false;
    entry.second->stop();
    return true;
  });
}

void Core::start_new_drivers(const Project& project) {
  const auto add = [this](const auto& object) {
    if (drivers_.contains(object.number.value)) return;
    auto driver = ports_.drivers.make(object, view_, *this);
    if (!driver) return;
    driver->start();
    drivers_[object.number.value] = std::move(driver);
  };
  for (const Link& link : project.links) add(link);
  for (const Gateway& gateway : project.gateways) add(gateway);
}

void Core::stop() {
  timer_.cancel();
  for (const auto& [number, driver] : drivers_) driver->stop();
}

void Core::arm_timer() {
  const std::optional<MonoTime> wake = engine_.next_wake();
  if (wake == armed_for_) return;
  armed_for_ = wake;
  if (!wake) {
    timer_.cancel();
    return;
  }
  timer_.expires_after(std::chrono::duration_cast<std::chrono::nanoseconds>(*wake - ports_.clock.now().mono));
  timer_.async_wait([this](const boost::system::error_code& cancelled) {
    if (cancelled) return;
    armed_for_.reset();
    submit({Source{}, TimePassed{}});
  });
}

}  // namespace candela::runtime
