#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "servers/context.h"

namespace candela::servers {

/// Listens at an address and hands over each connection, for every server alike. When there are no descriptors left it
/// tries again after a moment.
class Listener {
 public:
  using Take = std::function<void(boost::asio::ip::tcp::socket)>;

  /// `take` is called from start() until stop() or the end of this object.
  Listener(boost::asio::io_context& loop, Take take);
  ~Listener() { stop(); }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  /// `what` is served, for the error: the address is none, or cannot be listened at.
  Outcome start(const Endpoint& endpoint, std::string_view what);
  void stop();
  /// Once started.
  std::uint16_t port() const { return port_; }

 private:
  struct State;
  std::shared_ptr<State> state_;
  std::uint16_t port_ = 0;
};

/// Tells the log who was refused and why. In a second only the first few; the rest is counted, so that nobody can flood
/// the log.
class Refusals {
 public:
  static constexpr int kLogged = 5;  ///< in a second

  Refusals(std::string_view server, const Clock& clock) : server_(server), clock_(clock) {}
  void tell(std::string_view who, std::string_view why);
  /// A wrong name or password; `wait` is how long the address has to wait, 0 = not at all.
  void tell_guess(std::string_view who, Duration wait);

 private:
  const std::string server_;
  const Clock& clock_;
  MonoTime since_{};
  int count_ = 0;
};

/// What is written leaves at once, and a peer that is gone is noticed although it may be silent for ever: after a
/// minute it is asked whether it is there, and after two it counts as gone.
void set_options(boost::asio::ip::tcp::socket& socket);
/// The other end's address; "unknown" when it is gone already.
std::string address_of(const boost::asio::ip::tcp::socket& socket);

}  // namespace candela::servers
