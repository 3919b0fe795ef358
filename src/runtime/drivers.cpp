#include "runtime/drivers.h"

#include "links/qs_wired/qs_wired.h"
#include "links/sacn/sacn.h"
#include "links/simulated/simulated_link.h"

namespace candela::runtime {

std::unique_ptr<links::Driver> Drivers::make(const Link& link, const View& view, EventSink& events) {
  if (link.driver == LinkDriver::simulated) {
    return links::make_simulated_link(loop_, clock_, view, events, link.number, settings_.devices_program,
                                      settings_.active_project,
                                      settings_.control_sockets / ("devices-" + link.id + ".sock"));
  }
  return links::make_qs_wired(loop_, clock_, view, events, link.number, link.port);
}

std::unique_ptr<links::Driver> Drivers::make(const Gateway& gateway, const View& view, EventSink&) {
  return links::make_sacn(loop_, clock_, view, gateway.number, settings_.sacn_cid);
}

}  // namespace candela::runtime
