#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <filesystem>
#include <string>

#include "apps/devices/simulated_bus.h"
#include "base/clock.h"

namespace candela::devices {

/// Puts a simulated bus on a pseudo-terminal: whoever opens its other end is on the wire.
class BusTerminal {
 public:
  /// Throws std::system_error when there is no pseudo-terminal to be had.
  BusTerminal(boost::asio::io_context& loop, const Clock& clock, SimulatedBus& bus);
  ~BusTerminal();
  BusTerminal(const BusTerminal&) = delete;
  BusTerminal& operator=(const BusTerminal&) = delete;

  /// The device file of the other end.
  const std::string& path() const { return path_; }
  /// Writes what the bus has to say.
  void flush();

 private:
  void read();
  void arm();
  bool is_heard() const;

  const Clock& clock_;
  SimulatedBus& bus_;
  boost::asio::posix::stream_descriptor terminal_;
  boost::asio::steady_timer timer_;
  std::string path_;
  int other_end_ = -1;  ///< kept open, so that the terminal lives on when the processor closes its
  bool waits_for_room_ = false;
  std::array<std::uint8_t, 16384> in_;
};

}  // namespace candela::devices
