#include "servers/leap/command_body.h"

#include "protocols/leap/timespan.h"

namespace candela::leap {

namespace json = boost::json;

Answer refuse_command(std::string_view message) { return refuse(Status::bad_request, message); }

Answer missing_property(std::string_view name) {
  return refuse_command("The body is missing a required property : " + std::string(name));
}

std::string_view text_member(const json::object& object, std::string_view name) {
  const json::value* const value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

const json::object* object_member(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (value != nullptr && value->is_array() && value->get_array().size() == 1) value = &value->get_array().front();
  return value == nullptr ? nullptr : value->if_object();
}

bool read_number(const json::object& object, std::string_view name, std::optional<double>& number) {
  const json::value* const value = object.if_contains(name);
  if (value == nullptr || value->is_null()) return true;
  if (!value->is_number()) return false;
  number = value->to_number<double>();
  return true;
}

bool read_timespan(const json::object& object, std::string_view name, std::optional<Duration>& duration) {
  const json::value* const value = object.if_contains(name);
  if (value == nullptr || value->is_null()) return true;
  duration = parse_timespan(*value);
  return duration && *duration >= Duration::zero();
}

std::optional<std::uint32_t> read_href(std::string_view href, std::string_view kind) {
  constexpr std::size_t kDigitsMax = 9;
  if (!href.starts_with('/') || !href.substr(1).starts_with(kind)) return std::nullopt;
  href.remove_prefix(1 + kind.size());
  if (!href.starts_with('/')) return std::nullopt;
  href.remove_prefix(1);
  if (href.empty() || href.size() > kDigitsMax) return std::nullopt;
  std::uint32_t number = 0;
  for (const char digit : href) {
    if (digit < '0' || digit > '9') return std::nullopt;
    number = number * 10 + static_cast<std::uint32_t>(digit - '0');
  }
  return number;
}

std::optional<Parameters> read_parameters(const json::object& object) {
  Parameters parameters;
  std::optional<Duration> delay;
  if (!read_number(object, "Level", parameters.level) || !read_timespan(object, "FadeTime", parameters.fade) ||
      !read_timespan(object, "DelayTime", delay)) {
    return std::nullopt;
  }
  parameters.delay = delay.value_or(Duration::zero());
  return parameters;
}

Word read_word(const Call& call, std::string_view key, std::string_view member) {
  const json::object* const object = call.request.body == nullptr ? nullptr : object_member(*call.request.body, key);
  if (object == nullptr) return {{}, missing_property(key)};
  const json::value* const value = object->if_contains(member);
  if (value == nullptr) return {{}, missing_property(member)};
  if (!value->is_string()) return {{}, refuse_command(kInvalidParameters)};
  return {value->get_string(), std::nullopt};
}

Switch read_switch(const Call& call, std::string_view key, std::string_view member, std::string_view on_word,
                   std::string_view off_word) {
  Word word = read_word(call, key, member);
  if (word.refusal) return {false, std::move(word.refusal)};
  if (word.text != on_word && word.text != off_word) return {false, refuse_command(kInvalidParameters)};
  return {word.text == on_word, std::nullopt};
}

CommandBody read_command(const Call& call) {
  const json::object* const command =
      call.request.body == nullptr ? nullptr : object_member(*call.request.body, "Command");
  if (command == nullptr) return {nullptr, {}, missing_property("Command")};
  const std::string_view type = text_member(*command, "CommandType");
  if (type.empty()) return {nullptr, {}, missing_property("CommandType")};
  return {command, type, std::nullopt};
}

}  // namespace candela::leap
