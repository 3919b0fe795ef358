#include "protocols/qs/message.h"

#include <algorithm>

namespace candela::qs {
namespace {

constexpr std::size_t kHeaderSize = 6;
constexpr std::uint8_t kPadding = 0xCC;
constexpr std::uint8_t kCommandForm = 0x00;
constexpr std::uint8_t kEventForm = 0x03;
constexpr std::size_t kCommandHead = 7;  // object, mode, class, type
constexpr std::size_t kEventHead = 4;    // form, component, action
constexpr std::uint16_t kLedComponents = 0x0100;
constexpr std::uint16_t kTiltComponents = 0x0200;
constexpr std::uint16_t kLastInKind = 0xFF;
constexpr Duration kFadeStep = std::chrono::milliseconds(250);
constexpr std::uint32_t kFlashSteps = 4;
constexpr std::uint32_t kRapidFlashSteps = 1;
constexpr std::uint8_t kChannel = 0x1A;
constexpr std::uint8_t kTransmitters = 1;
constexpr std::uint32_t kLevelStep = 257;  // 254 steps of it reach 0xFEFE, one below full

std::uint32_t be16(std::span<const std::uint8_t> bytes, std::size_t at) { return bytes[at] << 8 | bytes[at + 1]; }
std::uint32_t be32(std::span<const std::uint8_t> bytes, std::size_t at) {
  return be16(bytes, at) << 16 | be16(bytes, at + 2);
}

std::uint32_t to_fade16(Duration fade) {
  const auto steps = (fade + kFadeStep / 2) / kFadeStep;
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(steps, 0, 0xFFFF));
}

void append(Bytes& out, const Command& command) {
  out.u32(command.object).u8(static_cast<std::uint8_t>(command.mode)).u16(command.code);
  for (const std::uint8_t byte : command.params.view()) out.u8(byte);
}

/// REQUIRES: data holds a command's head.
Command command_at(std::span<const std::uint8_t> data) {
  return {be32(data, 0), static_cast<Mode>(data[4]), static_cast<std::uint16_t>(be16(data, 5)),
          Bytes(data.subspan(kCommandHead))};
}

bool is_for_device(const Command& command, std::uint16_t wanted, std::size_t params) {
  return command.mode == Mode::device && command.code == wanted && command.params.view().size() >= params;
}

}  // namespace

Bytes::Bytes(std::span<const std::uint8_t> bytes) : size_(std::min(bytes.size(), kCapacity)) {
  std::ranges::copy(bytes.first(size_), bytes_.begin());
}

bool operator==(const Bytes& a, const Bytes& b) { return std::ranges::equal(a.view(), b.view()); }

Command to_command(const GoToLevel& message) {
  return {message.serial, Mode::device, code::kGoToLevel,
          Bytes().u16(message.level.raw()).u16(to_fade16(message.fade)).u16(message.component)};
}

Command to_command(const GoToTilt& message) {
  return {message.serial, Mode::device, code::kGoToLevel,
          Bytes().u16(message.tilt.raw()).u16(to_fade16(message.fade)).u16(kTiltComponents + message.output)};
}

Command to_command(const SetKeypadLed& message) {
  const std::uint32_t flash = message.state == LedState::flash         ? kFlashSteps
                              : message.state == LedState::rapid_flash ? kRapidFlashSteps
                                                                       : 0;
  const Level level = message.state == LedState::off ? Level::off() : Level::full();
  return {message.serial, Mode::device, code::kGoToLevel,
          Bytes().u16(level.raw()).u16(flash).u16(kLedComponents + message.position)};
}

Command to_command(const AssignAddress& message) {
  return {message.serial, Mode::device, code::kAssign,
          Bytes().u16(message.link).u8(kChannel).u8(kTransmitters).u8(message.address)};
}

Command status_request() { return {kEverybody, Mode::all, code::kStatusRequest, Bytes().u16(0)}; }

Command identify(std::uint32_t serial) { return {serial, Mode::device, code::kIdentify, Bytes().u8(1)}; }

Command announce(std::uint32_t serial, std::uint32_t device_class) {
  return {kEverybody, Mode::all, code::kAnnounce,
          Bytes().u32(serial).u32(device_class).u8(kNoAddress).u8(0).u32(0x00020108).u8(1)};
}

std::optional<GoToLevel> as_go_to_level(const Command& command) {
  if (!is_for_device(command, code::kGoToLevel, 6)) return std::nullopt;
  const auto params = command.params.view();
  const auto component = static_cast<std::uint16_t>(be16(params, 4));
  if (component >= kLedComponents) return std::nullopt;
  return GoToLevel{command.object, component, Level::from_raw(be16(params, 0)), be16(params, 2) * kFadeStep};
}

std::optional<GoToTilt> as_go_to_tilt(const Command& command) {
  if (!is_for_device(command, code::kGoToLevel, 6)) return std::nullopt;
  const auto params = command.params.view();
  const std::uint32_t component = be16(params, 4);
  if (component < kTiltComponents || component > kTiltComponents + kLastInKind) return std::nullopt;
  return GoToTilt{command.object, static_cast<std::uint8_t>(component - kTiltComponents),
                  Level::from_raw(be16(params, 0)), be16(params, 2) * kFadeStep};
}

std::optional<SetKeypadLed> as_set_led(const Command& command) {
  if (!is_for_device(command, code::kGoToLevel, 6)) return std::nullopt;
  const auto params = command.params.view();
  const std::uint32_t component = be16(params, 4);
  if (component < kLedComponents || component > kLedComponents + kLastInKind) return std::nullopt;
  const std::uint32_t flash = be16(params, 2);
  const LedState state = be16(params, 0) == 0  ? LedState::off
                         : flash == 0          ? LedState::on
                         : flash < kFlashSteps ? LedState::rapid_flash
                                               : LedState::flash;
  return SetKeypadLed{command.object, static_cast<std::uint8_t>(component - kLedComponents), state};
}

std::optional<AssignAddress> as_assign(const Command& command) {
  if (!is_for_device(command, code::kAssign, 5)) return std::nullopt;
  const auto params = command.params.view();
  return AssignAddress{command.object, static_cast<std::uint16_t>(be16(params, 0)), params[4]};
}

std::optional<std::uint32_t> as_announce(const Command& command) {
  if (command.code != code::kAnnounce || command.params.view().size() < 4) return std::nullopt;
  return be32(command.params.view(), 0);
}

std::uint8_t to_action(ButtonMove move) {
  switch (move) {
    case ButtonMove::press: return 0;
    case ButtonMove::release: return 1;
    case ButtonMove::hold: return 2;
    case ButtonMove::multi_tap: break;
  }
  return 4;
}

std::optional<ButtonMove> to_move(std::uint8_t action) {
  switch (action) {
    case 0: return ButtonMove::press;
    case 1: return ButtonMove::release;
    case 2: return ButtonMove::hold;
    case 4: return ButtonMove::multi_tap;
    default: return std::nullopt;
  }
}

std::uint8_t to_level8(Level level) {
  if (!level.is_on()) return 0;
  return static_cast<std::uint8_t>(std::clamp<std::uint32_t>((level.raw() + kLevelStep / 2) / kLevelStep, 1, 254));
}

Level from_level8(std::uint8_t level) { return level >= 254 ? Level::full() : Level::from_raw(level * kLevelStep); }

PacketWriter::PacketWriter(const Header& header) : end_(kHeaderSize) {
  packet_.size = packet_size(header.type);
  auto& bytes = packet_.bytes;
  bytes[0] = header.type;
  bytes[1] = header.sequence;
  const auto sender =
      header.by_serial() ? Bytes().u32(header.serial) : Bytes().u8(header.flags).u16(header.link).u8(header.source);
  std::ranges::copy(sender.view(), bytes.begin() + 2);
}

bool PacketWriter::add_item(std::uint8_t kind, const Bytes& data) {
  const auto view = data.view();
  if (end_ + 2 + view.size() + kCrcSize > packet_.size) return false;
  packet_.bytes[end_++] = kind;
  packet_.bytes[end_++] = static_cast<std::uint8_t>(view.size());
  std::ranges::copy(view, packet_.bytes.begin() + static_cast<std::ptrdiff_t>(end_));
  end_ += view.size();
  return true;
}

bool PacketWriter::add(const Command& command) {
  Bytes data;
  data.u8(kCommandForm);
  append(data, command);
  return add_item(Item::kMessage, data);
}

bool PacketWriter::add(const ButtonEvent& event) {
  Bytes data;
  data.u8(kEventForm).u16(event.component).u8(event.action);
  if (event.stands_for) append(data, *event.stands_for);
  return add_item(Item::kMessage, data);
}

bool PacketWriter::add(const StatusReport& report) {
  Bytes data;
  for (const auto& entry : report.view()) data.u8(entry.component).u8(entry.kind).u8(entry.property).u8(entry.value);
  return add_item(Item::kStatus, data);
}

Packet PacketWriter::finish() {
  for (std::size_t i = end_; i + kCrcSize < packet_.size; ++i) packet_.bytes[i] = kPadding;
  packet_.seal();
  return packet_;
}

Packet to_packet(const Ack& ack) {
  Packet packet;
  packet.size = kAckSize;
  packet.bytes[0] = ack.type & 0x3F;
  packet.bytes[1] = ack.sequence;
  packet.bytes[2] = ack.status;
  packet.seal();
  return packet;
}

std::optional<Ack> parse_ack(const Packet& packet) {
  if (packet.size != kAckSize) return std::nullopt;
  return Ack{packet.bytes[0], packet.bytes[1], packet.bytes[2]};
}

std::optional<Header> parse_header(const Packet& packet) {
  const auto view = packet.view();
  if (view.size() < kShortSize || (view[0] & 0xC0) != 0x80) return std::nullopt;
  Header header{.type = view[0], .sequence = view[1]};
  if (header.by_serial()) {
    header.serial = be32(view, 2);
  } else {
    header.flags = view[2];
    header.link = static_cast<std::uint16_t>(be16(view, 3));
    header.source = view[5];
  }
  return header;
}

ItemReader::ItemReader(const Packet& packet) {
  if (packet.size >= kShortSize) rest_ = packet.view().subspan(kHeaderSize, packet.size - kHeaderSize - kCrcSize);
}

std::optional<Item> ItemReader::next() {
  // Some senders pad with 00: an empty status item is padding too.
  const bool at_end = rest_.size() < 2 || rest_[0] == kPadding || (rest_[0] == 0 && rest_[1] == 0);
  if (at_end || rest_[1] > rest_.size() - 2) return std::nullopt;
  const Item item{rest_[0], rest_.subspan(2, rest_[1])};
  rest_ = rest_.subspan(2 + item.data.size());
  return item;
}

std::optional<Command> parse_command(const Item& item) {
  if (item.kind != Item::kMessage || item.data.size() < 1 + kCommandHead || item.data[0] != kCommandForm) {
    return std::nullopt;
  }
  return command_at(item.data.subspan(1));
}

std::optional<ButtonEvent> parse_button_event(const Item& item) {
  if (item.kind != Item::kMessage || item.data.size() < kEventHead || item.data[0] != kEventForm) return std::nullopt;
  ButtonEvent event{static_cast<std::uint16_t>(be16(item.data, 1)), item.data[3], std::nullopt};
  const auto rest = item.data.subspan(kEventHead);
  if (rest.size() >= kCommandHead) event.stands_for = command_at(rest);
  return event;
}

std::optional<StatusReport> parse_status_report(const Item& item) {
  if (item.kind != Item::kStatus) return std::nullopt;
  StatusReport report;
  for (std::size_t at = 0; at + 4 <= item.data.size(); at += 4) {
    report.add({item.data[at], item.data[at + 1], item.data[at + 2], item.data[at + 3]});
  }
  return report;
}

}  // namespace candela::qs
