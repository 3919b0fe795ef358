#include "protocols/qs/frame.h"

#include <algorithm>

#include "protocols/qs/crc.h"

namespace candela::qs {
namespace {

constexpr std::uint32_t kSync = 0xFADE;
constexpr std::uint32_t kReversedSync = 0x008188;

void count(std::uint8_t& counter) {
  if (counter < 255) ++counter;
}

bool crc_holds(std::span<const std::uint8_t> packet) {
  const std::size_t body = packet.size() - kCrcSize;
  return crc(packet.first(body)) == (packet[body] << 8 | packet[body + 1]);
}

}  // namespace

void Packet::seal() {
  const std::size_t body = size - kCrcSize;
  const std::uint16_t value = crc({bytes.data(), body});
  bytes[body] = static_cast<std::uint8_t>(value >> 8);
  bytes[body + 1] = static_cast<std::uint8_t>(value);
}

bool operator==(const Packet& a, const Packet& b) { return std::ranges::equal(a.view(), b.view()); }

std::size_t write_frame(const Packet& packet, std::span<std::uint8_t, kMaxFrameSize> out) {
  auto end = std::ranges::copy(kPreamble, out.begin()).out;
  end = std::ranges::copy(packet.view(), end).out;
  *end++ = kTail;
  return static_cast<std::size_t>(end - out.begin());
}

std::size_t read_reversed(std::span<const std::uint8_t> sent, std::span<std::uint8_t> seen) {
  constexpr std::size_t kBitsPerCharacter = 10;
  const std::size_t bit_count = sent.size() * kBitsPerCharacter;
  const auto line = [&](std::size_t at) {
    if (at >= bit_count) return false;  // the idle line is at mark, which reads as space
    const std::size_t bit = at % kBitsPerCharacter;
    if (bit == 0) return true;
    if (bit == kBitsPerCharacter - 1) return false;
    return (sent[at / kBitsPerCharacter] >> (bit - 1) & 1) == 0;
  };
  std::size_t written = 0;
  std::size_t at = 0;
  while (written < seen.size()) {
    while (at < bit_count && !line(at)) ++at;
    while (at < bit_count && line(at)) ++at;
    if (at >= bit_count) break;
    std::uint8_t character = 0;
    for (std::size_t bit = 0; bit < 8; ++bit) {
      if (line(at + 1 + bit)) character = static_cast<std::uint8_t>(character | 1u << bit);
    }
    seen[written++] = character;
    at += kBitsPerCharacter - 1;
  }
  return written;
}

std::optional<Packet> Decoder::next(std::span<const std::uint8_t>& bytes) {
  while (true) {
    while (whole()) {
      if (auto packet = take()) return packet;
    }
    if (bytes.empty()) return std::nullopt;
    const std::uint8_t byte = bytes.front();
    bytes = bytes.subspan(1);
    if (synced_) {
      held_[held_size_++] = byte;
    } else {
      hunt(byte);
    }
  }
}

void Decoder::end_of_burst() {
  while (synced_ && !whole()) {
    count(errors_);
    rescan(0);
  }
}

std::optional<Packet> Decoder::take() {
  const std::size_t size = packet_size(held_[0]);
  if (!crc_holds({held_.data(), size})) {
    count(errors_);
    rescan(0);
    return std::nullopt;
  }
  Packet packet;
  packet.size = size;
  std::copy_n(held_.begin(), size, packet.bytes.begin());
  rescan(size);
  return packet;
}

void Decoder::hunt(std::uint8_t byte) {
  last_three_ = (last_three_ << 8 | byte) & 0xFFFFFF;
  if ((last_three_ & 0xFFFF) == kSync) {
    synced_ = true;
    held_size_ = 0;
    last_three_ = 0;
  } else if (last_three_ == kReversedSync) {
    count(reversed_);
  }
}

/// Looks for the next frame start in what is held from there on.
void Decoder::rescan(std::size_t from) {
  const std::size_t held = held_size_;
  synced_ = false;
  held_size_ = 0;
  while (from < held && !synced_) hunt(held_[from++]);
  // The copy moves bytes towards the front, which std::copy allows.
  if (synced_) {
    std::copy(held_.begin() + static_cast<std::ptrdiff_t>(from), held_.begin() + static_cast<std::ptrdiff_t>(held),
              held_.begin());
    held_size_ = held - from;
  }
}

}  // namespace candela::qs
