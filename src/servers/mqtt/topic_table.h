#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/view.h"
#include "servers/mqtt/topics.h"

namespace candela::servers::mqtt {

/// What is sent to the broker, or came from it.
struct Message {
  std::string topic;
  std::string payload;
  bool retained = true;  ///< the broker keeps it for who comes later; an empty one is forgotten there
  friend bool operator==(const Message&, const Message&) = default;
};

/// Closed contact inputs are true. What they were before the processor began to listen, nobody knows.
using Contacts = std::map<ButtonId, bool>;

/// What the topics are made from.
struct Sight {
  const View& view;
  MonoTime now;
  const Contacts& contacts;
};

/// A finger at a distance.
struct Press {
  enum class How : std::uint8_t { press, release, tap };
  ButtonId button;
  How how = How::tap;
  friend bool operator==(const Press&, const Press&) = default;
};

/// What a command asks of the house; in this order.
struct Orders {
  std::vector<decltype(Event::what)> events;
  std::optional<Press> press;
};

/// One topic of each object of a kind. Those whose loads differ have it only where it means something.
struct Row {
  /// Writes what is so now; false = this object has no such topic, or nothing is known.
  using Write = bool (*)(const Sight& sight, std::uint32_t object, std::string& payload);
  /// Reads the payload of topic/set. The error says what is wrong with it.
  using Read = Result<Orders> (*)(const Sight& sight, std::uint32_t object, std::string_view payload);

  Kind kind = Kind::house;
  std::string_view what;
  Write write = nullptr;  ///< null = a command only
  Read read = nullptr;    ///< null = cannot be set
  bool told = false;      ///< not a state: something happened, and is told once
};

std::span<const Row> zone_rows();
std::span<const Row> equipment_rows();  ///< buttons, devices, links
std::span<const Row> program_rows();    ///< areas, scenes, variables, sequences, timeclocks, ...
std::span<const Row> house_rows();
/// The row of a topic; null = there is none.
const Row* find_row(Kind kind, std::string_view what);

/// All states of an object, retained.
void write_states(const Sight& sight, std::string_view prefix, Object object, std::vector<Message>& into);

/// The most that a command may be long, bytes.
inline constexpr std::size_t kLongestCommand = 4096;

/// What PREFIX/zones/hall-ceiling/level/set and its payload ask for. The error is for the log.
Result<Orders> read_command(const Sight& sight, std::string_view prefix, std::string_view topic,
                            std::string_view payload);

}  // namespace candela::servers::mqtt
