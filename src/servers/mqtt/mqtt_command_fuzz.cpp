// Any topic and payload as a command, the topic on the first line: it is refused, or asks for something that the house
// knows. What a broker sends is read by the library; the length of its packets by us.

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "model/small_home.h"
#include "servers/mqtt/packet_limit.h"
#include "servers/mqtt/topic_table.h"

using namespace candela;
using namespace candela::servers::mqtt;

namespace {

ProjectPtr home() {
  Project it = candela::testing::small_home();
  it.zones[1].load = LoadType::spectrum;
  it.zones.push_back({.number = {20}, .id = "blind", .name = "Blind", .area = {3}, .load = LoadType::tilting_shade});
  it.zones.push_back({.number = {21}, .id = "air", .name = "Air", .area = {3}, .load = LoadType::climate});
  it.modes = {{ModeId{22}, "normal", "Normal"}};
  it.variables = {{VariableId{23}, "guests", "Guests", {"none", "some"}, 0, true}};
  it.build_index();
  return std::make_shared<const Project>(std::move(it));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const View view(home());
  static const Contacts contacts;
  PacketLimit limit(1000);
  static_cast<void>(limit.allows({data, size}));

  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string_view topic = text.substr(0, text.find('\n'));
  const std::string_view payload = topic.size() < text.size() ? text.substr(topic.size() + 1) : std::string_view();
  const auto orders = read_command({view, MonoTime{}, contacts}, "candela", topic, payload);
  if (!orders) return 0;
  const auto parts = read_topic("candela", topic);
  if (!parts || !parts->is_command || orders->events.size() > 2) std::abort();
  if (orders->events.empty() && !orders->press && parts->what != "light") std::abort();
  for (const auto& what : orders->events) {
    if (const auto* const zone = std::get_if<SetZone>(&what); zone != nullptr && zone->delay < Duration::zero()) {
      std::abort();
    }
  }
  return 0;
}
