#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "protocols/lip/values.h"

namespace candela::lip {

enum class Verb : std::uint8_t {
  output,
  device,
  area,
  group,
  shade_group,
  climate,
  timeclock,
  variable,
  mode,
  system,
  monitoring,
  integration_id,
  ethernet,
  reset,
  help,
};

/// What stands in a field of an action, and so how it is read and what its limits are.
enum class Field : std::uint8_t {
  none,
  level,        ///< percent, 0 to 100
  time,         ///< parse_duration, to kLongest; kept as seconds, in steps of kStep
  scene,        ///< 0 to 32
  shade_scene,  ///< 0 to 30
  led,          ///< 0 to 3
  on_off,       ///< 1 or 2
  index,        ///< 1 and up
  celsius,      ///< 0 to 100, or 255 = leave it
  fahrenheit,   ///< 32 to 212, or 255 = leave it
  type,         ///< of monitoring: 1 to 27, or 255
  serial,       ///< 8 hexadecimal digits
  text,         ///< anything; read from Command::texts
};

inline constexpr std::size_t kFields = 4;

/// One action of a verb, for one operation.
struct Action {
  Verb verb;
  char operation;  ///< '#' or '?'
  std::uint32_t number;
  std::uint8_t least;  ///< fields that must be there
  std::array<Field, kFields> fields;
  std::string_view help;  ///< what it does, for people

  std::size_t most() const;
};

/// All that is served; the source of HELP and of the checks (lip.md §5).
std::span<const Action> actions();
std::string_view word(Verb verb);

/// A line that was read, up to where the objects of the home have to be known: their kind decides what comes next.
struct Command {
  enum class Kind : std::uint8_t {
    empty,     ///< nothing but a prompt is expected
    ignored,   ///< a client's mistake that is passed over: it begins with '~'
    logout,    ///< the client goes
    faulty,    ///< see `fault`
    operation  ///< what follows holds
  };

  Kind kind = Kind::empty;
  Fault fault = Fault::none;
  Verb verb = Verb::help;
  char operation = '#';
  std::uint32_t id = 0;         ///< integration id; 0 where the verb has none
  std::uint32_t component = 0;  ///< of devices
  std::uint32_t action = 0;
  std::array<std::string, kFields + 1> texts;  ///< the fields after that, upper case; one more than any action takes
  std::size_t count = 0;                       ///< of them; too many count as kFields + 1

  bool is_query() const { return operation == '?'; }
};

/// Faults come in the order that clients know: verb, too few fields, id or action no number. The rest is for
/// complete().
Command parse(std::string_view line);

/// The values of an action's fields: percent, seconds, degrees, numbers.
struct Values {
  std::array<double, kFields> numbers{};
  std::size_t count = 0;

  bool has(std::size_t field) const { return field < count; }
  std::uint32_t whole(std::size_t field) const { return static_cast<std::uint32_t>(numbers.at(field)); }
  Level level(std::size_t field) const { return Level::from_percent(numbers.at(field)); }
  Duration time(std::size_t field) const { return from_seconds(numbers.at(field)); }
};

struct Completed {
  const Action* action = nullptr;  ///< null when there is a fault
  Fault fault = Fault::none;
  Values values;
};

/// The second half, for a command whose object exists: action, number of fields, each field.
/// REQUIRES: command.kind == Kind::operation.
Completed complete(const Command& command);

/// The answers to ?HELP, ?HELP,#VERB and ?HELP,#VERB,ACTION; lines with their ends. Empty when there is no such thing.
std::string help(std::string_view about, std::string_view action);

}  // namespace candela::lip
