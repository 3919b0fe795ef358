#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "base/level.h"
#include "base/time.h"
#include "model/event.h"
#include "protocols/qs/frame.h"

/// What is said in packets. Each fact's source is in docs/protocols/qs-wired.md; "assumed" below marks our own choices,
/// made because nothing public says how the real wire does it.
namespace candela::qs {

/// Source addresses on a link.
inline constexpr std::uint8_t kMasterAddress = 0;
inline constexpr std::uint8_t kLastAddress = 99;
inline constexpr std::uint8_t kNoAddress = 0x7F;

/// The first bytes of a 24- or 53-byte packet. A sender is known by link address and address, or by serial number.
struct Header {
  std::uint8_t type = 0x80;   ///< class bits, and the message number in bits 1 and 0
  std::uint8_t sequence = 0;  ///< assumed: an answer carries the number of its question, 0 = unasked
  std::uint8_t flags = 0;     ///< timing class and hop mask; by address only
  std::uint16_t link = 0;     ///< by address only
  std::uint8_t source = 0;    ///< by address only
  std::uint32_t serial = 0;   ///< by serial only

  bool by_serial() const { return (type & 0x08) != 0; }
  friend bool operator==(const Header&, const Header&) = default;
};

/// "Done", or how it went: for a level the level in 1/254, otherwise kDone.
struct Ack {
  static constexpr std::uint8_t kDone = 0x00;
  std::uint8_t type = 0x0B;
  std::uint8_t sequence = 0;  ///< assumed: that of the message it answers
  std::uint8_t status = kDone;
};

/// Up to 45 bytes, kept in place.
class Bytes {
 public:
  static constexpr std::size_t kCapacity = 45;

  Bytes() = default;
  /// What is longer than the capacity is cut.
  explicit Bytes(std::span<const std::uint8_t> bytes);
  Bytes& u8(std::uint32_t value) {
    if (size_ < kCapacity) bytes_[size_++] = static_cast<std::uint8_t>(value);
    return *this;
  }
  Bytes& u16(std::uint32_t value) { return u8(value >> 8).u8(value); }
  Bytes& u32(std::uint32_t value) { return u16(value >> 16).u16(value); }
  std::span<const std::uint8_t> view() const { return {bytes_.data(), size_}; }
  friend bool operator==(const Bytes& a, const Bytes& b);

 private:
  std::array<std::uint8_t, kCapacity> bytes_{};
  std::size_t size_ = 0;
};

/// Whom a command is for.
enum class Mode : std::uint8_t { own = 0x00, group = 0xEF, reply = 0xFC, device = 0xFE, all = 0xFF };
inline constexpr std::uint32_t kEverybody = 0xFFFFFFFF;

struct Command {
  std::uint32_t object = kEverybody;  ///< a serial, or the number of a preset or group
  Mode mode = Mode::all;
  std::uint16_t code = 0;  ///< class and type, e.g. 0x4002
  Bytes params;

  friend bool operator==(const Command&, const Command&) = default;
};

/// A button moved; the command, if any, says what that stands for on the sender's own presets.
struct ButtonEvent {
  std::uint16_t component = 0;  ///< assumed: the button's position, from 1
  std::uint8_t action = 0;      ///< 0 press, 1 release, 2 hold, 3 save; 4 multi-tap (assumed)
  std::optional<Command> stands_for;
};

/// How a device's components are.
struct StatusReport {
  struct Entry {
    std::uint8_t component = 0;  ///< assumed: outputs count from 0; always 0 where it was observed
    std::uint8_t kind = 0;
    std::uint8_t property = 0;
    std::uint8_t value = 0;
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  static constexpr std::uint8_t kOutput = 0x1B;
  static constexpr std::uint8_t kLevel = 0x01;
  static constexpr std::uint8_t kTilt = 0x02;       ///< assumed: of an output whose slats tilt, 00 to FE
  static constexpr std::uint8_t kKeypad = 0x01;     ///< assumed: what a device without outputs reports itself as
  static constexpr std::uint8_t kSensor = 0x02;     ///< assumed, with its properties:
  static constexpr std::uint8_t kOccupied = 0x01;   ///< 00 nobody, 01 somebody
  static constexpr std::uint8_t kLightHigh = 0x02;  ///< lux, the high byte; its low byte follows in the same item
  static constexpr std::uint8_t kLightLow = 0x03;
  static constexpr std::uint8_t kInput = 0x03;   ///< assumed: a contact input; the component is its position
  static constexpr std::uint8_t kClosed = 0x01;  ///< 00 open, 01 closed
  static constexpr std::size_t kMaxEntries = 10;

  std::array<Entry, kMaxEntries> entries{};
  std::size_t count = 0;

  void add(Entry entry) {
    if (count < kMaxEntries) entries[count++] = entry;
  }
  std::span<const Entry> view() const { return {entries.data(), count}; }
};

namespace code {
inline constexpr std::uint16_t kIdentify = 0x0122;
inline constexpr std::uint16_t kAnnounce = 0x0805;
inline constexpr std::uint16_t kAssign = 0x0806;
inline constexpr std::uint16_t kStatusRequest = 0x0906;
inline constexpr std::uint16_t kGoToLevel = 0x4002;
}  // namespace code

/// A device's load goes to a level. Fades have steps of a quarter second, up to 4 h 33 min; longer ones are cut.
struct GoToLevel {
  std::uint32_t serial = 0;
  std::uint16_t component = 0;  ///< assumed: the last word, always 0 where it was observed
  Level level;
  Duration fade{};
};
/// The slats of an output's shade go to an angle. Assumed: go to level on component 0x0200 + output.
struct GoToTilt {
  std::uint32_t serial = 0;
  std::uint8_t output = 0;  ///< counts from 0
  Level tilt;
  Duration fade{};
};
/// One LED of a keypad. Assumed: go to level on component 0x0100 + position, whose fade is the time of a flash.
struct SetKeypadLed {
  std::uint32_t serial = 0;
  std::uint8_t position = 1;
  LedState state = LedState::off;
};
/// A device gets its address on a link.
struct AssignAddress {
  std::uint32_t serial = 0;
  std::uint16_t link = 0;
  std::uint8_t address = kNoAddress;
};

Command to_command(const GoToLevel& message);
Command to_command(const GoToTilt& message);
Command to_command(const SetKeypadLed& message);
Command to_command(const AssignAddress& message);
Command status_request();
Command identify(std::uint32_t serial);
Command announce(std::uint32_t serial, std::uint32_t device_class);

/// The command as such a message; nullopt = it is another one, or malformed.
std::optional<GoToLevel> as_go_to_level(const Command& command);
std::optional<GoToTilt> as_go_to_tilt(const Command& command);
std::optional<SetKeypadLed> as_set_led(const Command& command);
std::optional<AssignAddress> as_assign(const Command& command);
/// The serial of the device that announces itself.
std::optional<std::uint32_t> as_announce(const Command& command);

std::uint8_t to_action(ButtonMove move);
std::optional<ButtonMove> to_move(std::uint8_t action);

/// Levels of status reports and acks: 0 to 254. A level that is on never becomes 0.
std::uint8_t to_level8(Level level);
Level from_level8(std::uint8_t level);

/// Puts a packet together: header, items, padding, CRC. Its size follows from the header's type.
class PacketWriter {
 public:
  explicit PacketWriter(const Header& header);
  /// False when there is no room for it; then nothing is written.
  [[nodiscard]] bool add(const Command& command);
  [[nodiscard]] bool add(const ButtonEvent& event);
  [[nodiscard]] bool add(const StatusReport& report);
  Packet finish();

 private:
  bool add_item(std::uint8_t kind, const Bytes& data);

  Packet packet_;
  std::size_t end_;
};

Packet to_packet(const Ack& ack);

std::optional<Ack> parse_ack(const Packet& packet);
/// nullopt = it is an ack or a status collection.
std::optional<Header> parse_header(const Packet& packet);

/// One piece of a packet's body: kind and data.
struct Item {
  static constexpr std::uint8_t kStatus = 0x00;
  static constexpr std::uint8_t kMessage = 0x21;
  std::uint8_t kind = 0;
  std::span<const std::uint8_t> data;
};

/// Walks over the items of a data packet, which must outlive it. Ends at the padding, or where an item would reach
/// beyond the body.
class ItemReader {
 public:
  explicit ItemReader(const Packet& packet);
  std::optional<Item> next();

 private:
  std::span<const std::uint8_t> rest_;
};

std::optional<Command> parse_command(const Item& item);
std::optional<ButtonEvent> parse_button_event(const Item& item);
std::optional<StatusReport> parse_status_report(const Item& item);

}  // namespace candela::qs
