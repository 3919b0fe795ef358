#include <algorithm>
#include <cstdlib>

#include "protocols/qs/message.h"

namespace {

using namespace candela::qs;

/// What was understood must mean the same when it is said again.
void check(const Command& command) {
  if (const auto level = as_go_to_level(command)) {
    const auto again = as_go_to_level(to_command(*level));
    if (!again || again->level != level->level || again->fade != level->fade) std::abort();
  }
  if (const auto tilt = as_go_to_tilt(command)) {
    const auto again = as_go_to_tilt(to_command(*tilt));
    if (!again || again->tilt != tilt->tilt || again->fade != tilt->fade || as_set_led(command)) std::abort();
  }
  if (const auto led = as_set_led(command)) {
    const auto again = as_set_led(to_command(*led));
    if (!again || again->state != led->state || again->position != led->position) std::abort();
  }
  if (const auto assign = as_assign(command)) {
    const auto again = as_assign(to_command(*assign));
    if (!again || again->address != assign->address) std::abort();
  }
  (void)as_announce(command);
}

}  // namespace

/// The bytes are a packet, without need of a CRC.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Packet packet;
  if (size == 0) return 0;
  packet.size = packet_size(data[0]);
  std::copy_n(data, std::min(size, packet.size), packet.bytes.begin());
  (void)parse_ack(packet);
  (void)parse_header(packet);
  ItemReader items(packet);
  while (const auto item = items.next()) {
    if (const auto command = parse_command(*item)) check(*command);
    if (const auto event = parse_button_event(*item)) {
      if (event->stands_for) check(*event->stands_for);
      (void)to_move(event->action);
    }
    (void)parse_status_report(*item);
  }
  return 0;
}
