#include "links/sacn/udp_sender.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/multicast.hpp>
#include <utility>

namespace candela::links {
namespace {

namespace ip = boost::asio::ip;

/// Routers a multicast packet may cross. The standard names no number; 1, the system's default, would keep the lights
/// of a routed building dark, and unlimited would let them leave the site.
constexpr int kMulticastHops = 20;

}  // namespace

void UdpSender::aim(std::string destination, std::uint16_t port, std::string interface) {
  close();
  destination_ = std::move(destination);
  port_ = port;
  interface_ = std::move(interface);
}

UdpSender::Error UdpSender::send(std::span<const std::uint8_t> packet) {
  Error error;
  if (!socket_.is_open()) open(error);
  if (!error) socket_.send_to(boost::asio::buffer(packet.data(), packet.size()), endpoint_, 0, error);
  if (error) close();
  return error;
}

void UdpSender::close() {
  Error ignored;
  socket_.close(ignored);
}

void UdpSender::open(Error& error) {
  const auto address = ip::make_address_v4(destination_, error);
  if (error) return;
  endpoint_ = {address, port_};
  socket_.open(ip::udp::v4(), error);
  if (!error) socket_.non_blocking(true, error);
  if (!error && address.is_multicast()) prepare_multicast(error);
}

void UdpSender::prepare_multicast(Error& error) {
  socket_.set_option(ip::multicast::hops(kMulticastHops), error);
  if (error || interface_.empty()) return;
  const auto interface = ip::make_address_v4(interface_, error);
  if (!error) socket_.set_option(ip::multicast::outbound_interface(interface), error);
}

}  // namespace candela::links
