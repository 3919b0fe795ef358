// Both directions of the sACN codec: what decodes must encode to the same packet, and any packet made of the input's
// bytes must survive the wire.

#include <algorithm>
#include <cstdlib>

#include "protocols/sacn/packet.h"

namespace {

using candela::sacn::DataPacket;

/// The packet, sent and received, must be the same packet.
void check_round_trip(const DataPacket& packet) {
  std::array<std::uint8_t, candela::sacn::kPacketSizeMax> buffer;
  const std::size_t size = candela::sacn::encode(packet, buffer);
  const auto again = candela::sacn::decode(std::span(buffer).first(size));
  if (!again || !(*again == packet)) std::abort();
}

/// A valid packet out of arbitrary bytes: a fixed part for the fields, then the name, then the slots.
DataPacket packet_of(std::span<const std::uint8_t> bytes) {
  constexpr std::size_t kFieldBytes = 24;
  DataPacket packet;
  if (bytes.size() < kFieldBytes) return packet;
  std::copy_n(bytes.begin(), packet.cid.size(), packet.cid.begin());
  packet.priority = bytes[16] % (candela::sacn::kPriorityMax + 1);
  packet.synchronization = static_cast<std::uint16_t>((bytes[17] << 8 | bytes[18]) % (candela::sacn::kUniverseMax + 1));
  packet.sequence = bytes[19];
  packet.preview = bytes[20] & 1;
  packet.terminated = bytes[20] & 2;
  packet.force_synchronization = bytes[20] & 4;
  packet.universe = static_cast<std::uint16_t>(1 + (bytes[21] << 8 | bytes[22]) % candela::sacn::kUniverseMax);
  const auto rest = bytes.subspan(kFieldBytes);
  const std::size_t name_size = std::min<std::size_t>(bytes[23] % (candela::sacn::kSourceNameMax + 1), rest.size());
  const std::string_view text(reinterpret_cast<const char*>(rest.data()), name_size);
  packet.source_name = text.substr(0, text.find('\0'));
  const auto slots = rest.subspan(name_size);
  packet.slots = slots.first(std::min(slots.size(), candela::sacn::kSlotsMax));
  return packet;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span input(data, size);
  if (const auto packet = candela::sacn::decode(input)) check_round_trip(*packet);
  check_round_trip(packet_of(input));
  return 0;
}
