#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/fade.h"
#include "model/event.h"
#include "protocols/qs/message.h"

namespace candela::devices {

/// One device of a simulated link: what it puts out, what its LEDs show, and what it says. Its own power-up state has
/// no address, everything off.
class SimulatedDevice {
 public:
  SimulatedDevice(std::string id, std::uint32_t serial, std::uint8_t outputs)
      : id_(std::move(id)), serial_(serial), outputs_(outputs) {}

  const std::string& id() const { return id_; }
  std::uint32_t serial() const { return serial_; }
  std::uint8_t address() const { return address_; }
  std::size_t output_count() const { return outputs_.size(); }
  Level level(std::size_t output, MonoTime now) const { return outputs_[output].at(now); }
  const std::map<std::uint8_t, LedState>& leds() const { return leds_; }

  bool is_silent() const { return silent_; }
  void set_silent(bool silent) { silent_ = silent; }
  bool has_double() const { return double_; }
  void set_double(bool has_double) { double_ = has_double; }

  /// Does what a command for it says; the status byte of its acknowledgement, nullopt = it does not know the command.
  std::optional<std::uint8_t> obey(const qs::Command& command, MonoTime now);
  /// A hand on its own paddle; outputs count from 0.
  void set_level(std::size_t output, Level level, MonoTime now) { outputs_[output] = Fade::still(level, now); }

  /// Its status, as one packet for each ten outputs.
  void report(std::uint8_t sequence, MonoTime now, std::vector<qs::Packet>& out) const;
  qs::Packet announcement() const;
  qs::Packet button_event(std::uint8_t position, ButtonMove move);

 private:
  std::string id_;
  std::uint32_t serial_;
  std::uint16_t link_ = 0;
  std::uint8_t address_ = qs::kNoAddress;
  std::vector<Fade> outputs_;
  std::map<std::uint8_t, LedState> leds_;
  bool silent_ = false;
  bool double_ = false;  ///< another device has its address
  std::uint8_t message_number_ = 0;
};

}  // namespace candela::devices
