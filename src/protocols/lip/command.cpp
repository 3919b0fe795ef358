#include "protocols/lip/command.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

#include "protocols/lip/monitoring.h"

namespace candela::lip {
namespace {

constexpr double kUnchanged = 255;  ///< a set point that stays
constexpr std::size_t kSerialDigits = 8;

/// Without spaces, upper case.
std::string tidied(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ') out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return out;
}

/// Takes the text up to the next comma off the front.
std::string_view take_field(std::string_view& text) {
  const std::size_t comma = text.find(',');
  const std::string_view field = text.substr(0, comma);
  text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  return field;
}

std::optional<Verb> verb_of(std::string_view text) {
  for (const Action& action : actions()) {
    if (word(action.verb) == text) return action.verb;
  }
  if (text == word(Verb::reset)) return Verb::reset;
  return std::nullopt;
}

/// Which numbers come first after a verb.
struct Shape {
  bool id = false;
  bool component = false;
  bool action = false;
  std::uint32_t queried = 0;  ///< the action of a query that names none; 0 = it has to
};

Shape shape_of(Verb verb) {
  switch (verb) {
    case Verb::output:
    case Verb::area:
    case Verb::shade_group: return {true, false, true, 1};
    case Verb::device: return {true, true, true};
    case Verb::group:
    case Verb::climate:
    case Verb::timeclock:
    case Verb::variable:
    case Verb::mode: return {true, false, true};
    case Verb::system:
    case Verb::integration_id:
    case Verb::ethernet:
    case Verb::reset: return {false, false, true};
    case Verb::monitoring:
    case Verb::help: return {};
  }
  return {};
}

Command faulty(Fault fault) {
  Command command;
  command.kind = Command::Kind::faulty;
  command.fault = fault;
  return command;
}

Command of_kind(Command::Kind kind) {
  Command command;
  command.kind = kind;
  return command;
}

/// The fields, without empty ones at the end: some clients end a command with a comma.
std::vector<std::string_view> fields_of(std::string_view text) {
  std::vector<std::string_view> fields;
  while (!text.empty()) fields.push_back(take_field(text));
  while (!fields.empty() && fields.back().empty()) fields.pop_back();
  return fields;
}

/// A field's value, or what is wrong with it.
struct Read {
  double value = 0;
  Fault fault = Fault::none;
};

Read within(std::optional<double> value, double lowest, double highest) {
  if (!value) return {0, Fault::malformed};
  if (*value < lowest || *value > highest) return {0, Fault::range};
  return {*value};
}

std::optional<double> whole(std::string_view text) {
  const auto number = parse_whole(text);
  return number ? std::optional<double>(*number) : std::nullopt;
}

Read read_time(std::string_view text) {
  const auto time = parse_duration(text);
  if (!time) return {0, Fault::malformed};
  if (*time > kLongest) return {0, Fault::range};
  return {to_seconds(*time - *time % kStep)};
}

Read read_serial(std::string_view text) {
  std::uint32_t serial = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), serial, 16);
  const bool good = text.size() <= kSerialDigits && read.ec == std::errc() && read.ptr == text.data() + text.size();
  return good ? Read{static_cast<double>(serial)} : Read{0, Fault::malformed};
}

Read read_type(std::string_view text) {
  const auto type = parse_whole(text);
  if (!type) return {0, Fault::malformed};
  return Monitoring::is_type(*type) ? Read{static_cast<double>(*type)} : Read{0, Fault::range};
}

Read read_set_point(std::string_view text, double lowest, double highest) {
  const auto value = parse_decimal(text);
  return value == kUnchanged ? Read{kUnchanged} : within(value, lowest, highest);
}

Read read_field(Field field, std::string_view text) {
  switch (field) {
    case Field::level: return within(parse_decimal(text), 0, 100);
    case Field::time: return read_time(text);
    case Field::scene: return within(whole(text), 0, 32);
    case Field::shade_scene: return within(whole(text), 0, 30);
    case Field::led: return within(whole(text), 0, 3);
    case Field::on_off: return within(whole(text), 1, 2);
    case Field::index: return within(whole(text), 1, 4294967295.0);
    case Field::celsius: return read_set_point(text, 0, 100);
    case Field::fahrenheit: return read_set_point(text, 32, 212);
    case Field::type: return read_type(text);
    case Field::serial: return read_serial(text);
    case Field::text:
    case Field::none: break;
  }
  return {};
}

const Action* find_action(const Command& command) {
  const auto all = actions();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Action& it) {
    return it.verb == command.verb && it.operation == command.operation && it.number == command.action;
  });
  return found == all.end() ? nullptr : &*found;
}

Completed wrong(Fault fault) { return {nullptr, fault, {}}; }

}  // namespace

Command parse(std::string_view line) {
  const std::string tidy = tidied(line);
  if (tidy.empty()) return of_kind(Command::Kind::empty);
  if (tidy.front() == '~') return of_kind(Command::Kind::ignored);
  if (tidy == "LOGOUT" || tidy == "EXIT" || tidy == "QUIT") return of_kind(Command::Kind::logout);
  if (tidy.front() != '#' && tidy.front() != '?') return faulty(Fault::command);
  std::string_view rest = std::string_view(tidy).substr(1);
  const auto verb = verb_of(take_field(rest));
  if (!verb) return faulty(Fault::command);

  Command command = of_kind(Command::Kind::operation);
  command.verb = *verb;
  command.operation = tidy.front();
  const Shape shape = shape_of(*verb);
  const auto fields = fields_of(rest);
  std::vector<std::uint32_t*> numbers;
  if (shape.id) numbers.push_back(&command.id);
  if (shape.component) numbers.push_back(&command.component);
  if (shape.action) numbers.push_back(&command.action);
  const bool may_lack_action = command.is_query() && (shape.queried != 0 || *verb == Verb::integration_id) &&
                               fields.size() + 1 == numbers.size();
  if (fields.size() < numbers.size() && !may_lack_action) return faulty(Fault::count);
  command.action = shape.queried;
  const std::size_t given = std::min(numbers.size(), fields.size());
  for (std::size_t i = 0; i < given; ++i) {
    const auto number = parse_whole(fields[i]);
    if (!number) return faulty(fields[i].empty() ? Fault::count : Fault::malformed);
    *numbers[i] = *number;
  }
  command.count = std::min(fields.size() - given, command.texts.size());
  for (std::size_t i = 0; i < command.count; ++i) command.texts.at(i) = fields[given + i];
  return command;
}

Completed complete(const Command& command) {
  const Action* const action = find_action(command);
  if (action == nullptr) return wrong(Fault::action);
  if (command.count < action->least || command.count > action->most()) return wrong(Fault::count);
  Completed completed{action, Fault::none, {}};
  Fault out_of_range = Fault::none;
  for (std::size_t i = 0; i < command.count; ++i) {
    const std::string& text = command.texts.at(i);
    if (text.empty()) return wrong(Fault::count);
    const Read read = read_field(action->fields.at(i), text);
    if (read.fault == Fault::malformed) return wrong(Fault::malformed);
    if (read.fault == Fault::range) out_of_range = Fault::range;
    completed.values.numbers.at(i) = read.value;
  }
  completed.values.count = command.count;
  return out_of_range == Fault::none ? completed : wrong(out_of_range);
}

std::string help(std::string_view about, std::string_view action) {
  std::string out = "~HELP";
  if (about.empty()) {
    const Action* before = nullptr;
    for (const Action& it : actions()) {
      if (before == nullptr || before->verb != it.verb || before->operation != it.operation) {
        const std::string verb = it.operation + std::string(word(it.verb));
        if (out.find("," + verb + ",") == std::string::npos && !out.ends_with("," + verb)) out += "," + verb;
      }
      before = &it;
    }
    return out + "\r\n";
  }
  out += "," + std::string(about) + "\r\n";
  const std::size_t heading = out.size();
  for (const Action& it : actions()) {
    const std::string number = std::to_string(it.number);
    if (about != it.operation + std::string(word(it.verb)) || (!action.empty() && action != number)) continue;
    out += number + " " + std::string(it.help) + "\r\n";
  }
  return out.size() == heading ? std::string() : out;
}

}  // namespace candela::lip
