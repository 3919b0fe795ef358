#pragma once

#include <array>
#include <filesystem>

#include "runtime/core.h"

namespace candela::runtime {

/// The drivers that this machine offers.
class Drivers final : public DriverFactory {
 public:
  struct Settings {
    std::filesystem::path devices_program;  ///< candela-devices
    std::filesystem::path active_project;   ///< what candela-devices shall play
    std::filesystem::path control_sockets;  ///< the directory for devices-LINK.sock
    std::array<std::uint8_t, 16> sacn_cid{};
  };

  Drivers(boost::asio::io_context& loop, const Clock& clock, Settings settings)
      : loop_(loop), clock_(clock), settings_(std::move(settings)) {}

  std::unique_ptr<links::Driver> make(const Link& link, const View& view, EventSink& events) override;
  std::unique_ptr<links::Driver> make(const Gateway& gateway, const View& view, EventSink& events) override;

 private:
  boost::asio::io_context& loop_;
  const Clock& clock_;
  const Settings settings_;
};

}  // namespace candela::runtime
