#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.h"

/// Streaming ACN: DMX512 levels in UDP packets, as ANSI E1.31-2018 defines them. Sections and tables named in this
/// folder are that standard's. Big-endian throughout; no I/O, no state.
namespace candela::sacn {

inline constexpr std::uint16_t kPort = 5568;  ///< Appendix A, ACN_SDT_MULTICAST_PORT
inline constexpr std::uint16_t kUniverseMax = 63999;
inline constexpr std::uint8_t kPriorityMax = 200;  ///< section 6.2.3
inline constexpr std::size_t kSlotsMax = 512;
inline constexpr std::size_t kSourceNameMax = 63;  ///< bytes; the field's 64th is the terminator
inline constexpr std::size_t kHeaderSize = 126;    ///< everything before slot 1, the start code included
inline constexpr std::size_t kPacketSizeMax = kHeaderSize + kSlotsMax;

/// Component identifier: a UUID that names the sender for as long as it lives (section 5.6).
using Cid = std::array<std::uint8_t, 16>;

/// An E1.31 data packet with the null start code: the levels of one universe.
struct DataPacket {
  Cid cid{};
  std::string_view source_name;         ///< UTF-8, for people; more than kSourceNameMax bytes are cut
  std::uint8_t priority = 100;          ///< 0 to kPriorityMax; the receiver follows the highest
  std::uint16_t synchronization = 0;    ///< universe whose synchronization packets are awaited; 0 = none
  std::uint8_t sequence = 0;            ///< one more with each packet of the universe, wraps
  bool preview = false;                 ///< not for live output
  bool terminated = false;              ///< the sender leaves; the slots say nothing any more
  bool force_synchronization = false;   ///< what to do when synchronization is lost
  std::uint16_t universe = 1;           ///< 1 to kUniverseMax
  std::span<const std::uint8_t> slots;  ///< slot 1 first; 0 to kSlotsMax of them
};

/// Equal in every field, the bytes of the name and slots included.
bool operator==(const DataPacket& left, const DataPacket& right);

/// Writes the packet to the front of `out` and gives its size in bytes. Allocates nothing.
/// REQUIRES: the ranges of DataPacket's fields.
std::size_t encode(const DataPacket& packet, std::span<std::uint8_t, kPacketSizeMax> out);

/// Reads a datagram. Name and slots of the result point into `bytes`. The name is not checked to be UTF-8.
/// Errors: anything the standard does not allow in a data packet, lengths that disagree with each other or with the
/// datagram, a start code other than null.
Result<DataPacket> decode(std::span<const std::uint8_t> bytes);

/// The IPv4 multicast group of a universe (section 9.3.1): 239.255.high.low.
/// REQUIRES: universe is 1 to kUniverseMax.
std::array<std::uint8_t, 4> multicast_group(std::uint16_t universe);

}  // namespace candela::sacn
