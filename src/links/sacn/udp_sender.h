#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/system/error_code.hpp>
#include <cstdint>
#include <span>
#include <string>

namespace candela::links {

/// A UDP socket for sending to one place, opened anew after each failure: interfaces come and go while a processor
/// runs.
class UdpSender {
 public:
  using Error = boost::system::error_code;

  explicit UdpSender(boost::asio::io_context& loop) : socket_(loop) {}

  /// Where packets go from now on: an IPv4 address, of a host or a multicast group. `interface` is the IPv4 address of
  /// the interface by which multicast leaves; empty = the system's choice.
  void aim(std::string destination, std::uint16_t port, std::string interface);

  /// Sends without waiting. Errors: no such address or interface, network down, send buffer full.
  Error send(std::span<const std::uint8_t> packet);
  void close();

 private:
  void open(Error& error);
  void prepare_multicast(Error& error);

  boost::asio::ip::udp::socket socket_;
  std::string destination_;
  std::uint16_t port_ = 0;
  std::string interface_;
  boost::asio::ip::udp::endpoint endpoint_;  ///< valid while the socket is open
};

}  // namespace candela::links
