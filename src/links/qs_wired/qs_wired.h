#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>

#include "base/clock.h"
#include "links/driver.h"
#include "model/view.h"

namespace candela::links {

/// The driver of a wired link on a serial device or pseudo-terminal. It tells the link's devices the levels of the
/// zones bound to them (through their trims) and their LEDs, and reports what buttons and loads do by themselves, who
/// is there, and what is wrong with the wire. The baud rate is the link's.
///
/// A port that cannot be opened, or is lost, is LinkFault::port_closed and is tried again after 0.1 s, then ever more
/// seldom up to every 5 s. Bytes that find no room in the port wait: 8 KiB as frames, beyond that as the newest level
/// of each output and the newest state of each LED.
///
/// `view` is the core thread's; all of it must outlive the driver. The type of the link does not matter: frames are the
/// same on the simulated air.
std::unique_ptr<Driver> make_qs_wired(boost::asio::io_context& loop, const Clock& clock, const View& view,
                                      EventSink& events, LinkId link, std::string port);

}  // namespace candela::links
