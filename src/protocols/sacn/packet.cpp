#include "protocols/sacn/packet.h"

#include <algorithm>
#include <cassert>

namespace candela::sacn {
namespace {

// Table 4-1, E1.31 data packet: where each field begins.
constexpr std::size_t kRootAt = 16;  // the root layer's length counts from here
constexpr std::size_t kCidAt = 22;
constexpr std::size_t kFramingAt = 38;
constexpr std::size_t kSourceNameAt = 44;
constexpr std::size_t kPriorityAt = 108;
constexpr std::size_t kSynchronizationAt = 109;
constexpr std::size_t kSequenceAt = 111;
constexpr std::size_t kOptionsAt = 112;
constexpr std::size_t kUniverseAt = 113;
constexpr std::size_t kDmpAt = 115;
constexpr std::size_t kPropertyCountAt = 123;
constexpr std::size_t kStartCodeAt = 125;

// Section 5.1 to 5.3: preamble size, post-amble size, ACN packet identifier.
constexpr std::array<std::uint8_t, 16> kPreamble = {0x00, 0x10, 0x00, 0x00, 'A', 'S', 'C', '-',
                                                    'E',  '1',  '.',  '1',  '7', 0,   0,   0};
// Appendix A: VECTOR_ROOT_E131_DATA and VECTOR_E131_DATA_PACKET.
constexpr std::array<std::uint8_t, 4> kRootVector = {0, 0, 0, 4};
constexpr std::array<std::uint8_t, 4> kFramingVector = {0, 0, 0, 2};
// Section 7.2 to 7.5: VECTOR_DMP_SET_PROPERTY, address type and data type, first property address, increment.
constexpr std::array<std::uint8_t, 6> kDmpHeader = {0x02, 0xa1, 0x00, 0x00, 0x00, 0x01};

// Section 6.2.6, the bits of the options field.
constexpr std::uint8_t kPreview = 0x80;
constexpr std::uint8_t kTerminated = 0x40;
constexpr std::uint8_t kForceSynchronization = 0x20;

// The top four bits of each layer's first two octets; the low twelve are its length (section 5.4, 6.1, 7.1).
constexpr std::uint16_t kFlags = 0x7000;

using Bytes = std::span<const std::uint8_t>;

void put16(std::span<std::uint8_t> out, std::size_t at, std::size_t value) {
  out[at] = static_cast<std::uint8_t>(value >> 8);
  out[at + 1] = static_cast<std::uint8_t>(value);
}

std::uint16_t get16(Bytes bytes, std::size_t at) { return static_cast<std::uint16_t>(bytes[at] << 8 | bytes[at + 1]); }

template <std::size_t size>
void put(std::span<std::uint8_t> out, std::size_t at, const std::array<std::uint8_t, size>& value) {
  std::copy(value.begin(), value.end(), out.begin() + static_cast<std::ptrdiff_t>(at));
}

template <std::size_t size>
bool holds(Bytes bytes, std::size_t at, const std::array<std::uint8_t, size>& value) {
  return std::equal(value.begin(), value.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

/// Every layer reaches to the end of the datagram, so each length follows from where its layer begins.
void put_length(std::span<std::uint8_t> out, std::size_t at, std::size_t size) { put16(out, at, kFlags | (size - at)); }

bool length_fits(Bytes bytes, std::size_t at) { return get16(bytes, at) == (kFlags | (bytes.size() - at)); }

/// The longest beginning of a text that fits and does not end within a character.
std::string_view fitting(std::string_view text) {
  if (text.size() <= kSourceNameMax) return text;
  std::size_t size = kSourceNameMax;
  while (size > 0 && (static_cast<std::uint8_t>(text[size]) & 0xc0) == 0x80) --size;
  return text.substr(0, size);
}

std::uint8_t options_of(const DataPacket& packet) {
  return static_cast<std::uint8_t>((packet.preview ? kPreview : 0) | (packet.terminated ? kTerminated : 0) |
                                   (packet.force_synchronization ? kForceSynchronization : 0));
}

/// What is wrong with the fixed parts of the three layers; nullptr = nothing.
/// REQUIRES: kHeaderSize to kPacketSizeMax bytes.
const char* layer_fault(Bytes bytes) {
  if (!holds(bytes, 0, kPreamble)) return "not an ACN packet: wrong preamble";
  if (!length_fits(bytes, kRootAt)) return "the root layer's length does not match the datagram";
  if (!holds(bytes, kRootAt + 2, kRootVector)) return "the root layer does not hold E1.31 data";
  if (!length_fits(bytes, kFramingAt)) return "the framing layer's length does not match the datagram";
  if (!holds(bytes, kFramingAt + 2, kFramingVector)) return "the framing layer does not hold a data packet";
  if (!length_fits(bytes, kDmpAt)) return "the DMP layer's length does not match the datagram";
  if (!holds(bytes, kDmpAt + 2, kDmpHeader)) return "the DMP layer does not set a universe's properties";
  if (get16(bytes, kPropertyCountAt) != bytes.size() - kStartCodeAt)
    return "the property count does not match the datagram";
  if (bytes[kStartCodeAt] != 0) return "the start code is not null";
  return nullptr;
}

/// What is wrong with the values of a packet; nullptr = nothing.
const char* range_fault(const DataPacket& packet) {
  if (packet.priority > kPriorityMax) return "the priority is above 200";
  if (packet.synchronization > kUniverseMax) return "the synchronization address is above 63999";
  if (packet.universe == 0 || packet.universe > kUniverseMax) return "the universe is not 1 to 63999";
  if (packet.slots.size() > kSlotsMax) return "there are more than 512 slots";
  return nullptr;
}

}  // namespace

bool operator==(const DataPacket& left, const DataPacket& right) {
  return left.cid == right.cid && left.source_name == right.source_name && left.priority == right.priority &&
         left.synchronization == right.synchronization && left.sequence == right.sequence &&
         left.preview == right.preview && left.terminated == right.terminated &&
         left.force_synchronization == right.force_synchronization && left.universe == right.universe &&
         std::equal(left.slots.begin(), left.slots.end(), right.slots.begin(), right.slots.end());
}

std::size_t encode(const DataPacket& packet, std::span<std::uint8_t, kPacketSizeMax> out) {
  assert(range_fault(packet) == nullptr);
  const std::size_t size = kHeaderSize + packet.slots.size();
  const std::string_view name = fitting(packet.source_name);

  put(out, 0, kPreamble);
  put_length(out, kRootAt, size);
  put(out, kRootAt + 2, kRootVector);
  put(out, kCidAt, packet.cid);

  put_length(out, kFramingAt, size);
  put(out, kFramingAt + 2, kFramingVector);
  const auto name_field = out.subspan<kSourceNameAt, kSourceNameMax + 1>();
  std::fill(std::copy(name.begin(), name.end(), name_field.begin()), name_field.end(), std::uint8_t{0});
  out[kPriorityAt] = packet.priority;
  put16(out, kSynchronizationAt, packet.synchronization);
  out[kSequenceAt] = packet.sequence;
  out[kOptionsAt] = options_of(packet);
  put16(out, kUniverseAt, packet.universe);

  put_length(out, kDmpAt, size);
  put(out, kDmpAt + 2, kDmpHeader);
  put16(out, kPropertyCountAt, 1 + packet.slots.size());
  out[kStartCodeAt] = 0;
  std::copy(packet.slots.begin(), packet.slots.end(), out.begin() + kHeaderSize);
  return size;
}

Result<DataPacket> decode(Bytes bytes) {
  if (bytes.size() < kHeaderSize) return Error{"shorter than any E1.31 data packet"};
  if (bytes.size() > kPacketSizeMax) return Error{"longer than any E1.31 data packet"};
  if (const char* fault = layer_fault(bytes)) return Error{fault};

  const auto name_field = bytes.subspan<kSourceNameAt, kSourceNameMax + 1>();
  const auto terminator = std::find(name_field.begin(), name_field.end(), 0);
  if (terminator == name_field.end()) return Error{"the source name has no end"};

  DataPacket packet;
  std::copy_n(bytes.begin() + kCidAt, packet.cid.size(), packet.cid.begin());
  packet.source_name = {reinterpret_cast<const char*>(name_field.data()),
                        static_cast<std::size_t>(terminator - name_field.begin())};
  packet.priority = bytes[kPriorityAt];
  packet.synchronization = get16(bytes, kSynchronizationAt);
  packet.sequence = bytes[kSequenceAt];
  packet.preview = (bytes[kOptionsAt] & kPreview) != 0;
  packet.terminated = (bytes[kOptionsAt] & kTerminated) != 0;
  packet.force_synchronization = (bytes[kOptionsAt] & kForceSynchronization) != 0;
  packet.universe = get16(bytes, kUniverseAt);
  packet.slots = bytes.subspan(kHeaderSize);
  if (const char* fault = range_fault(packet)) return Error{fault};
  return packet;
}

std::array<std::uint8_t, 4> multicast_group(std::uint16_t universe) {
  assert(universe > 0 && universe <= kUniverseMax);
  return {239, 255, static_cast<std::uint8_t>(universe >> 8), static_cast<std::uint8_t>(universe)};
}

}  // namespace candela::sacn
