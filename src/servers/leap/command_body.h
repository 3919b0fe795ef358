#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string_view>

#include "servers/leap/call.h"

/// Reading the bodies of commands and updates. What is missing or wrong is answered with 400 and the member's name.
namespace candela::leap {

Answer refuse_command(std::string_view message);
Answer missing_property(std::string_view name);

/// Empty when it is not there or no text.
std::string_view text_member(const boost::json::object& object, std::string_view name);
/// nullptr when it is not there or no object. An array of one object counts as that object: one client sends its fan
/// speeds that way (leap.md §6 Q18).
const boost::json::object* object_member(const boost::json::object& object, std::string_view name);
/// False when the member is there, not null and no number.
bool read_number(const boost::json::object& object, std::string_view name, std::optional<double>& number);
/// False when there is a timespan that cannot be read. Null counts as left out.
bool read_timespan(const boost::json::object& object, std::string_view name, std::optional<Duration>& duration);
/// The number behind "/kind/"; nothing for any other text.
std::optional<std::uint32_t> read_href(std::string_view href, std::string_view kind);

/// How a level shall be reached.
struct Parameters {
  std::optional<double> level;  ///< percent
  std::optional<Duration> fade;
  Duration delay{};
};
/// Level, FadeTime and DelayTime of a command's parameters. Each may be left out or null; nothing when one is wrong.
std::optional<Parameters> read_parameters(const boost::json::object& object);

/// A word of an update's body: Body.key.member.
struct Word {
  std::string_view text;
  std::optional<Answer> refusal;  ///< when there is none
};
Word read_word(const Call& call, std::string_view key, std::string_view member);
/// "Enabled" or "Disabled" there: true or false.
struct Switch {
  bool on = false;
  std::optional<Answer> refusal;
};
Switch read_switch(const Call& call, std::string_view key, std::string_view member,
                   std::string_view on_word = "Enabled", std::string_view off_word = "Disabled");

/// One row of the commands that an object takes.
template <class Object>
struct Command {
  std::string_view type;
  Answer (*carry_out)(Call& call, const Object& object, const boost::json::object& command);
};

/// Body.Command; a refusal when it or its CommandType is missing.
struct CommandBody {
  const boost::json::object* command = nullptr;
  std::string_view type;
  std::optional<Answer> refusal;
};
CommandBody read_command(const Call& call);

template <class Object, std::size_t count>
Answer carry_out(Call& call, const Object& object, const Command<Object> (&commands)[count]) {
  CommandBody body = read_command(call);
  if (body.refusal) return std::move(*body.refusal);
  for (const Command<Object>& known : commands) {
    if (known.type == body.type) return known.carry_out(call, object, *body.command);
  }
  return refuse_command(kNotSupported);
}

}  // namespace candela::leap
