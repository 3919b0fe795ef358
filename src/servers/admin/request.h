#pragma once

// What the commands of the admin socket share.

#include <boost/asio/awaitable.hpp>
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/describe.h"
#include "model/event.h"
#include "servers/ask.h"
#include "servers/context.h"

namespace candela::servers::admin {

using Answer = Result<boost::json::value>;

/// The candela command, as the source of what it asks for.
inline constexpr Source kCommandSource{Source::Kind::command, {}};

/// Empty when it is not there or no text.
std::string text_of(const boost::json::object& request, std::string_view key);
std::optional<double> number_of(const boost::json::object& request, std::string_view key);
ClientNames client_names(const Context& context);
Error no_such(std::string_view kind, const std::string& id);
/// The same, with what the project has: the nearest of the known ids, or all where they are few.
Error no_such(std::string_view kind, const std::string& id, const std::vector<std::string_view>& known);
/// The object of that id.
template <class Object>
Result<const Object*> look_up(const std::vector<Object>& objects, std::string_view kind, const std::string& id) {
  std::vector<std::string_view> ids;
  for (const Object& object : objects) {
    if (object.id == id) return &object;
    ids.push_back(object.id);
  }
  return no_such(kind, id, ids);
}
Error busy();
/// Asks the house for it; the error says that the processor is busy.
Answer submit(decltype(Event::what) what, const Context& context);

}  // namespace candela::servers::admin
