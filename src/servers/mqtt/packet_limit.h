#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace candela::servers::mqtt {

/// Watches the bytes that come from a broker for packets that are too long (MQTT 5.0, 2.1: a type byte, then the
/// remaining length as up to four bytes of seven bits). The library would allocate up to 256 MB for one.
class PacketLimit {
 public:
  explicit PacketLimit(std::size_t most) : most_(most) {}

  /// False when a packet among them is longer than allowed, or has a length that is none. Then it has to be the end.
  bool allows(std::span<const std::uint8_t> bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
      switch (part_) {
        case Part::type:
          part_ = Part::length;
          left_ = 0;
          shift_ = 0;
          ++at;
          break;
        case Part::length: {
          const std::uint8_t byte = bytes[at++];
          left_ |= static_cast<std::size_t>(byte & 0x7FU) << shift_;
          shift_ += 7;
          if ((byte & 0x80U) != 0) {
            if (shift_ > 21) return false;
            break;
          }
          if (left_ > most_) return false;
          part_ = left_ > 0 ? Part::body : Part::type;
          break;
        }
        case Part::body: {
          const std::size_t taken = std::min(left_, bytes.size() - at);
          left_ -= taken;
          at += taken;
          if (left_ == 0) part_ = Part::type;
          break;
        }
      }
    }
    return true;
  }

 private:
  enum class Part : std::uint8_t { type, length, body };

  const std::size_t most_;
  Part part_ = Part::type;
  std::size_t left_ = 0;
  unsigned shift_ = 0;
};

}  // namespace candela::servers::mqtt
