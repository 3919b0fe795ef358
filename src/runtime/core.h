#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <functional>
#include <map>
#include <memory>

#include "base/clock.h"
#include "engine/engine.h"
#include "links/driver.h"
#include "model/ports.h"
#include "model/view.h"
#include "runtime/change_queue.h"
#include "store/history.h"
#include "store/store.h"

namespace candela::runtime {

/// Makes the driver of a link or gateway; nullptr for one that this processor cannot drive.
class DriverFactory {
 public:
  virtual ~DriverFactory() = default;
  virtual std::unique_ptr<links::Driver> make(const Link& link, const View& view, EventSink& events) = 0;
  virtual std::unique_ptr<links::Driver> make(const Gateway& gateway, const View& view, EventSink& events) = 0;
};

/// The core thread: engine and links. Events go in, the engine decides, and what changed goes first to the links, then
/// to the history, the server thread and the store. It never waits for anybody.
class Core final : public EventSink {
 public:
  struct Ports {
    boost::asio::io_context& loop;
    const Clock& clock;
    DriverFactory& drivers;
    ChangeQueue& servers;
    Store* store;                ///< null when there is none: then nothing is remembered
    History* history = nullptr;  ///< null: then nothing can be explained later
  };

  Core(const Ports& ports, SavedState remembered);

  /// Handles the event now, on the core thread; always true. An event that a link submits while another is being
  /// handled waits until that is done.
  bool submit(Event event) override;
  /// Takes a project into force. Links and gateways that stay as they were keep their drivers, which go on without a
  /// pause; those that are gone or set up differently stop, new ones start.
  void activate(const ProjectPtr& project);
  void stop();

 private:
  void handle(const Event& event);
  void stop_outdated_drivers(const Project& project);
  void start_new_drivers(const Project& project);
  void arm_timer();

  Ports ports_;
  Engine engine_;
  View view_;
  std::map<std::uint32_t, std::unique_ptr<links::Driver>> drivers_;  ///< by number of link or gateway
  std::deque<Event> waiting_;
  bool handling_ = false;
  boost::asio::steady_timer timer_;
  std::optional<MonoTime> armed_for_;
};

}  // namespace candela::runtime
