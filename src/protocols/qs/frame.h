#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace candela::qs {

/// On the wire: 55 55 55 FF FA DE, a packet of 5, 24 or 53 bytes whose last two are its CRC, F0.
/// (Frames observed on Clear Connect, read from firmware for the wire; see docs/protocols/qs-wired.md.)
inline constexpr std::array<std::uint8_t, 6> kPreamble{0x55, 0x55, 0x55, 0xFF, 0xFA, 0xDE};
inline constexpr std::uint8_t kTail = 0xF0;
inline constexpr std::size_t kAckSize = 5;
inline constexpr std::size_t kShortSize = 24;
inline constexpr std::size_t kLongSize = 53;
inline constexpr std::size_t kCrcSize = 2;
inline constexpr std::size_t kMaxFrameSize = kPreamble.size() + kLongSize + 1;

/// How long the packet is that begins with this byte: 5, 24 or 53.
constexpr std::size_t packet_size(std::uint8_t first) {
  if ((first & 0xC0) == 0x00) return kAckSize;
  if ((first & 0xE0) == 0xA0) return kLongSize;
  return kShortSize;
}

/// A packet with its CRC. Its size always fits its first byte.
struct Packet {
  std::array<std::uint8_t, kLongSize> bytes{};
  std::size_t size = 0;

  std::span<const std::uint8_t> view() const { return {bytes.data(), size}; }
  /// Computes the CRC of what stands before it and writes it.
  void seal();
  friend bool operator==(const Packet& a, const Packet& b);
};

/// The packet as it goes on the wire; returns how much of `out` is used.
std::size_t write_frame(const Packet& packet, std::span<std::uint8_t, kMaxFrameSize> out);

/// What a UART reads when the two wires of the pair are swapped at it. Every bit arrives inverted, start and stop bits
/// too, so the receiver finds its start bits one or two bits off; `seen` needs the room of `sent`. Returns how many
/// characters it reads. The frame start 55 55 55 FF FA DE always reads 55 55 55 00 81 88. (Follows from 8N1.)
std::size_t read_reversed(std::span<const std::uint8_t> sent, std::span<std::uint8_t> seen);

/// Finds packets in a stream of bytes that may begin anywhere and be damaged anywhere. However the stream is cut into
/// pieces, the packets are the same. What looked like a packet but has a wrong CRC is searched again for a frame start,
/// so that a damaged frame costs only itself. No allocation; each byte is looked at 27 times at most.
class Decoder {
 public:
  /// Takes bytes from the front of `bytes` until a packet is whole. nullopt = all are taken, no packet yet.
  std::optional<Packet> next(std::span<const std::uint8_t>& bytes);

  /// The line has been quiet for so long that the rest of a packet can't come any more: what is held of it is a damaged
  /// frame. Call next() afterwards: a packet may have been hidden in it.
  void end_of_burst();
  bool holds_part() const { return synced_; }

  /// Packets with a wrong CRC or cut short; stays at 255 (spec: a device's error counter does).
  std::uint8_t errors() const { return errors_; }
  /// Frame starts that came through a pair with its wires swapped; stays at 255.
  std::uint8_t reversed() const { return reversed_; }
  void clear_counts() { errors_ = reversed_ = 0; }

 private:
  bool whole() const { return synced_ && held_size_ > 0 && held_size_ >= packet_size(held_[0]); }
  std::optional<Packet> take();
  void hunt(std::uint8_t byte);
  void rescan(std::size_t from);

  std::array<std::uint8_t, kLongSize> held_{};
  std::size_t held_size_ = 0;
  std::uint32_t last_three_ = 0;  ///< bytes before the present one, while hunting
  bool synced_ = false;
  std::uint8_t errors_ = 0;
  std::uint8_t reversed_ = 0;
};

}  // namespace candela::qs
