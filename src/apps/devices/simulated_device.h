#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/fade.h"
#include "model/event.h"
#include "model/project.h"
#include "protocols/qs/message.h"

namespace candela::devices {

/// One device of a simulated link: what it puts out, what its LEDs show, what it senses, and what it says. Its own
/// power-up state has no address, everything off.
class SimulatedDevice {
 public:
  SimulatedDevice(std::string id, std::uint32_t serial, std::uint8_t outputs)
      : id_(std::move(id)), serial_(serial), outputs_(outputs) {}

  /// What hangs on an output (counted from 0). A shade takes its travel time from end to end, however long a fade it is
  /// told; without one it takes the fade. A fan knows only its steps.
  void attach(std::size_t output, const Zone& zone);
  /// Its senses; a sensor sees nobody at first, and says nothing of the light before it knows it. Contacts are open.
  void add_occupancy_sensor() { occupied_ = false; }
  void add_light_sensor() { senses_light_ = true; }
  void add_contact(std::uint8_t position) { contacts_[position] = false; }

  const std::string& id() const { return id_; }
  std::uint32_t serial() const { return serial_; }
  std::uint8_t address() const { return address_; }
  std::size_t output_count() const { return outputs_.size(); }
  Level level(std::size_t output, MonoTime now) const { return outputs_[output].level.at(now); }
  Level tilt(std::size_t output, MonoTime now) const { return outputs_[output].tilt.at(now); }
  bool tilts(std::size_t output) const { return outputs_[output].load == LoadType::tilting_shade; }
  const std::map<std::uint8_t, LedState>& leds() const { return leds_; }
  const std::optional<bool>& occupied() const { return occupied_; }
  const std::optional<std::uint16_t>& lux() const { return lux_; }
  const std::map<std::uint8_t, bool>& contacts() const { return contacts_; }

  bool is_silent() const { return silent_; }
  void set_silent(bool silent) { silent_ = silent; }
  bool has_double() const { return double_; }
  void set_double(bool has_double) { double_ = has_double; }

  /// Does what a command for it says; the status byte of its acknowledgement, nullopt = it does not know the command.
  std::optional<std::uint8_t> obey(const qs::Command& command, MonoTime now);
  /// A hand on its own paddle; outputs count from 0.
  void set_level(std::size_t output, Level level, MonoTime now) { outputs_[output].level = Fade::still(level, now); }
  void set_tilt(std::size_t output, Level tilt, MonoTime now) { outputs_[output].tilt = Fade::still(tilt, now); }
  /// What it sees. False when it has no such sense.
  bool see(bool occupied);
  bool measure(std::uint16_t lux);
  bool close(std::uint8_t position, bool closed);

  /// Its status, as one packet for each ten outputs.
  void report(std::uint8_t sequence, MonoTime now, std::vector<qs::Packet>& out) const;
  /// Of one contact input, unasked: what moved, and nothing else.
  qs::Packet contact_report(std::uint8_t position) const;
  qs::Packet announcement() const;
  qs::Packet button_event(std::uint8_t position, ButtonMove move);

 private:
  struct Output {
    LoadType load = LoadType::dimmed;
    Duration travel{};
    Duration tilt_travel{};
    Fade level;
    Fade tilt;
  };
  class Reporter;

  void go(Output& output, const qs::GoToLevel& message, MonoTime now) const;

  std::string id_;
  std::uint32_t serial_;
  std::uint16_t link_ = 0;
  std::uint8_t address_ = qs::kNoAddress;
  std::vector<Output> outputs_;
  std::map<std::uint8_t, LedState> leds_;
  std::optional<bool> occupied_;
  bool senses_light_ = false;
  std::optional<std::uint16_t> lux_;
  std::map<std::uint8_t, bool> contacts_;  ///< by position; true = closed
  bool silent_ = false;
  bool double_ = false;  ///< another device has its address
  std::uint8_t message_number_ = 0;
};

}  // namespace candela::devices
