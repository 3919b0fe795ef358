#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>

#include "base/clock.h"
#include "links/driver.h"
#include "model/view.h"
#include "protocols/sacn/packet.h"

namespace candela::links {

/// The driver of a gateway that sends sACN: the zones bound to it become one universe, sampled from their fades at
/// 44 Hz while one of them moves and repeated every 800 ms when all stand. Without bound zones it sends nothing.
/// sACN has no way back, so this driver submits no events.
///
/// `cid` has to be the same at every start of this processor: receivers know a source by it.
/// `port` is where packets go; receivers listen on nothing but sacn::kPort, only tests need another.
///
/// Call start() when the view holds the levels of before the restart, or lights drop to 0 for a moment. stop() tells
/// receivers that the source is gone. A network that is down is logged once, tried again whenever a packet is due, and
/// never thrown.
/// REQUIRES: everything referred to outlives the driver, which lives on the loop's thread.
std::unique_ptr<Driver> make_sacn(boost::asio::io_context& loop, const Clock& clock, const View& view,
                                  GatewayId gateway, const sacn::Cid& cid, std::uint16_t port = sacn::kPort);

}  // namespace candela::links
