#pragma once

#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <memory>

#include "base/clock.h"
#include "links/driver.h"
#include "model/view.h"

namespace candela::links {

/// The driver of a link whose devices are simulated: it starts `program` (candela-devices) for the link and drives it
/// over a pseudo-terminal as if it were a bus. The program listens for commands at `control_socket`; the terminal is
/// known by the same name ending in .pty.
///
/// When another project is activated that changes the link's devices, the program is started anew, so `project`, a file
/// or folder, must hold what is active by then.
std::unique_ptr<Driver> make_simulated_link(boost::asio::io_context& loop, const Clock& clock, const View& view,
                                            EventSink& events, LinkId link, const std::filesystem::path& program,
                                            const std::filesystem::path& project,
                                            const std::filesystem::path& control_socket);

}  // namespace candela::links
