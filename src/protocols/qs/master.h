#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/fade.h"
#include "model/event.h"
#include "protocols/qs/message.h"
#include "protocols/qs/outbox.h"

namespace candela::qs {

/// A device as the master shall know it.
struct DeviceEntry {
  std::uint32_t serial = 0;
  std::uint8_t address = 0;  ///< 1 to 99, one for each device
  std::uint8_t outputs = 0;
  std::uint32_t leds = 0;  ///< bit n = there is an LED at position n, 1 to 31
};

/// What a master learns. Devices are named by their place in its table. A listener may call the master back.
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void on_button(std::size_t device, std::uint8_t position, ButtonMove move) = 0;
  /// An output is not where it was told to be: its own doing. Told again in each round until note_level() or
  /// set_level() takes it.
  virtual void on_level(std::size_t device, std::uint8_t output, Level level) = 0;
  /// The slats of an output's shade are elsewhere than they were told to be, as on_level.
  virtual void on_tilt(std::size_t device, std::uint8_t output, Level tilt) = 0;
  /// What a sensor sees: told when it changes, and once more after the device was lost
  /// and after set_devices().
  virtual void on_occupancy(std::size_t device, bool occupied) = 0;
  virtual void on_light(std::size_t device, std::uint16_t lux) = 0;
  /// How a contact input is: as a sensor's word. `moved` is false when it only becomes known how it is, and nothing
  /// says that it was otherwise before.
  virtual void on_contact(std::size_t device, std::uint8_t position, bool closed, bool moved) = 0;
  virtual void on_presence(std::size_t device, bool present, DeviceFault fault) = 0;
  /// Of the faults of a link those that show on the wire: none, no_devices, corrupted_frames, reversed_pair.
  virtual void on_link_fault(LinkFault fault) = 0;
};

struct MasterSettings {
  std::uint16_t link = 1;  ///< the link's address in frames
  Outbox::Settings outbox = {};
  Duration round = std::chrono::seconds(1);               ///< from one status request to the next
  Duration answer_time = std::chrono::milliseconds(400);  ///< then an answer is missing
};

/// The processor's side of a link, as a state machine: bytes come in and go out, time is passed in. It gives the
/// devices their addresses, asks all of them once a round how they are, tells them levels, tilts and LEDs until they
/// acknowledge, and tells everything again to a device that was away. (The dialogue is assumed;
/// docs/protocols/qs-wired.md.)
///
/// A device that stops answering is reported 2.4 s later at the latest, with the default settings.
/// No allocation but in the constructor and set_devices().
class Master {
 public:
  Master(MasterSettings settings, Listener& listener);

  /// The table from now on. A device whose serial was there before stays as it was: present or not, its levels told.
  void set_devices(std::span<const DeviceEntry> devices, MonoTime now);
  /// The port is open: what was on the wire is forgotten, addresses are given, a round begins.
  void open(MonoTime now);
  /// The port is closed: nothing is written until it opens; devices will be missed as if they were silent.
  void close();

  /// The output shall go to this level. Outputs count from 1. Only the newest level of an output is
  /// told, and the same fade once only.
  void set_level(std::size_t device, std::uint8_t output, const Fade& fade, MonoTime now);
  /// The output is there by its own doing: the device need not be told.
  void note_level(std::size_t device, std::uint8_t output, const Fade& fade);
  /// The same for the slats of its shade.
  void set_tilt(std::size_t device, std::uint8_t output, const Fade& fade, MonoTime now);
  void note_tilt(std::size_t device, std::uint8_t output, const Fade& fade);
  void set_led(std::size_t device, std::uint8_t position, LedState state, MonoTime now);

  void receive(std::span<const std::uint8_t> bytes, MonoTime now);
  /// Does what is due.
  void wake(MonoTime now);
  MonoTime next_wake() const;

  /// Bytes for the wire, at most 8 KiB; what finds no room waits as items. Tell how many went out.
  std::span<const std::uint8_t> output() const { return out_; }
  void consumed(std::size_t count, MonoTime now);

  LinkFault fault() const { return fault_; }

 private:
  static constexpr std::uint8_t kMaxLedPosition = 31;
  static constexpr std::size_t kFaultRounds = 5;
  /// An output may answer for so long with where it was before.
  static constexpr Duration kSettling = std::chrono::milliseconds(500);
  static constexpr int kUntold = -1;

  enum class Presence : std::uint8_t { unknown, present, lost };
  struct Device {
    DeviceEntry entry;
    Outbox::Index first_item = 0;  ///< its address; then its outputs, their tilts, its LEDs
    std::uint32_t first_output = 0;
    std::uint32_t first_led = 0;      ///< the same in Table::contacts
    std::int32_t occupied = kUntold;  ///< as last told
    std::int32_t lux = kUntold;
    Presence presence = Presence::unknown;
    DeviceFault fault = DeviceFault::none;
    bool restarted = false;          ///< announced itself: it knows nothing any more
    bool expected = false;           ///< has not been heard of in this round
    bool twice = false;              ///< answered twice in this round
    std::bitset<256> answered = {};  ///< its components that did, in this round
    std::uint8_t missed = 0;         ///< rounds in a row
    std::uint8_t twice_rounds = 0;   ///< counts up to 2 when it answered twice, down when it did not

    Outbox::Index level_item(std::uint8_t output) const { return first_item + 1 + output; }
    Outbox::Index tilt_item(std::uint8_t output) const { return first_item + 1 + entry.outputs + output; }
    Outbox::Index led_item(std::uint8_t position) const { return first_item + 1 + 2 * entry.outputs + position; }
  };
  /// The level of an output, or its tilt.
  struct Output {
    Fade fade;
    bool known = false;          ///< somebody said what its level shall be
    MonoTime quiet_until{};      ///< until then its answers may still be on the way to the level
    std::int16_t reported = -1;  ///< what on_level was last called with, in 1/254
  };
  /// A contact input.
  struct Contact {
    std::int8_t closed = static_cast<std::int8_t>(kUntold);  ///< as last told
    bool fresh = false;                                      ///< told since the device is here
  };
  enum class ItemKind : std::uint8_t { address, level, tilt, led };
  struct ItemRef {
    std::uint16_t device = 0;
    ItemKind kind = ItemKind::address;
    std::uint8_t component = 0;  ///< output from 0, or LED position
    std::uint32_t index = 0;     ///< in outputs (tilts) or leds
  };
  struct Table {
    std::vector<Device> devices;
    std::vector<Output> outputs;
    std::vector<Output> tilts;  ///< by output
    std::vector<LedState> leds;
    std::vector<Contact> contacts;  ///< by position, as LEDs
    std::vector<ItemRef> items;
    std::vector<std::pair<std::uint32_t, std::uint16_t>> by_serial;  ///< sorted
    std::array<std::uint16_t, 128> by_address{};                     ///< place in devices + 1; 0 = nobody

    const Device* find(std::uint32_t serial) const;
  };

  void add_device(const DeviceEntry& entry);
  void index_devices();
  void carry_over(Device& device, const Device& was, const Table& old, const Outbox& old_outbox);
  std::optional<std::size_t> find(const Header& header) const;

  void on_packet(const Packet& packet, MonoTime now);
  void on_ack(const Ack& ack, MonoTime now);
  void on_announce(std::uint32_t serial);
  void on_button(std::size_t device, const ButtonEvent& event);
  void on_status(std::size_t device, const StatusReport& report, std::uint8_t sequence, MonoTime now);
  void on_answer(std::size_t device, std::uint8_t component);
  void on_entry(std::size_t device, const StatusReport::Entry& entry, bool asked, MonoTime now);
  void on_level(std::size_t device, std::uint8_t component, std::uint8_t level, bool asked, MonoTime now);
  void on_tilt(std::size_t device, std::uint8_t component, std::uint8_t tilt, bool asked, MonoTime now);
  bool is_news(Output& output, Outbox::Index item, std::uint8_t level, bool asked, MonoTime now);
  void on_sensor(std::size_t device, const StatusReport::Entry& entry);
  void on_input(std::size_t device, std::uint8_t position, bool closed, bool asked);
  void forget_senses(Device& device);

  void heard(std::size_t device);
  void tell_everything(std::size_t device);
  void retry_failed(std::size_t device);
  void begin_round(MonoTime now);
  void judge_round();
  void judge_duplicate(std::size_t device);
  void update_fault();

  void pump(MonoTime now);
  bool write(const Command& command, std::uint8_t type, std::uint8_t sequence);
  Command command_for(const ItemRef& item, MonoTime now) const;

  MasterSettings settings_;
  Listener& listener_;
  Decoder decoder_;
  Outbox outbox_;
  Table table_;
  std::vector<std::uint8_t> out_;
  bool open_ = false;
  MonoTime last_bytes_{};
  std::uint8_t message_number_ = 0;

  MonoTime round_began_{};
  MonoTime next_round_{};
  std::uint8_t round_sequence_ = 0;
  std::uint8_t light_high_ = 0;                      ///< of the report that is being read
  std::size_t missing_ = 0;                          ///< devices still expected in this round
  bool judged_ = true;                               ///< the round is over
  std::array<std::uint8_t, kFaultRounds> errors_{};  ///< of the last rounds, a ring
  std::array<std::uint8_t, kFaultRounds> reversed_{};
  std::size_t fault_round_ = 0;
  LinkFault fault_ = LinkFault::none;
};

}  // namespace candela::qs
