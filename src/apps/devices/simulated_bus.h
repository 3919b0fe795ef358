#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "apps/devices/simulated_device.h"
#include "base/result.h"
#include "model/project.h"

namespace candela::devices {

/// All devices of one link of a project, on one wire. Bytes come in and go out, time is passed in. Answers to one
/// request stand together in the output, so that they can be written at once.
///
/// Devices that have no address, or have heard nothing for 2.5 s, announce themselves every second. (Assumed.)
class SimulatedBus {
 public:
  SimulatedBus(const Project& project, LinkId link, MonoTime now);

  void receive(std::span<const std::uint8_t> bytes, MonoTime now);
  /// Does what is due: announcements.
  void wake(MonoTime now);
  MonoTime next_wake() const { return next_announcement_; }

  /// For the wire, at most 64 KiB; frames beyond that are lost, as they would be on a wire.
  std::span<const std::uint8_t> output() const { return out_; }
  void consumed(std::size_t count);

  /// What people do. Buttons are named as in the project (keypad, ".", position), outputs by device, "." and number.
  /// Errors: no such button, output or device; the device is silent.
  Outcome move_button(std::string_view button, ButtonMove move);
  Outcome set_level(std::string_view output, double percent, MonoTime now);
  Outcome set_tilt(std::string_view output, double percent, MonoTime now);
  /// Errors also: it is no such sensor, or no contact input.
  Outcome see(std::string_view sensor, bool occupied, MonoTime now);
  Outcome measure(std::string_view sensor, std::uint16_t lux, MonoTime now);
  Outcome close(std::string_view contact, bool closed);

  /// What goes wrong. Errors: no such device.
  Outcome set_silent(std::string_view device, bool silent);
  Outcome set_double(std::string_view device, bool has_double);
  void corrupt(std::uint32_t frames) { corrupt_ = frames; }
  void drop(std::uint32_t frames) { drop_ = frames; }
  void reverse(bool reversed) { reversed_ = reversed; }

  /// {"link": ..., "devices": [{"id", "serial", "address", "silent", "outputs": [{"output", "level", "tilt"}], "leds":
  /// ..., "occupied", "lux", "contacts": [{"position", "closed"}]}]}; what a device does not have is left out.
  boost::json::object state(MonoTime now) const;

 private:
  struct Key {
    std::size_t device = 0;
    std::uint8_t position = 1;
  };

  void attach(const Project& project, const Output& output, const Zone& zone);
  void on_packet(const qs::Packet& packet, MonoTime now);
  void answer_round(std::uint8_t sequence, MonoTime now);
  void say(const qs::Packet& packet);
  SimulatedDevice* find(std::string_view id);
  struct Terminal {
    SimulatedDevice* device = nullptr;
    std::size_t output = 0;  ///< from 0
  };
  Result<Terminal> find_output(std::string_view output);
  void say_status(const SimulatedDevice& device, MonoTime now);

  std::string link_;
  std::vector<SimulatedDevice> devices_;
  std::unordered_map<std::uint32_t, std::size_t> by_serial_;
  std::unordered_map<std::string, Key> keys_;  ///< by the button's id
  qs::Decoder decoder_;
  std::vector<qs::Packet> packets_;  ///< kept for its memory
  std::vector<std::uint8_t> out_;
  MonoTime last_heard_{};
  MonoTime next_announcement_{};
  std::uint32_t corrupt_ = 0;
  std::uint32_t drop_ = 0;
  bool reversed_ = false;
};

}  // namespace candela::devices
