#pragma once

#include <array>
#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/leap/message.h"
#include "servers/context.h"
#include "servers/pressed_buttons.h"

namespace candela::leap {

using servers::PressedButtons;

/// Who asks: what a session knows about its client.
struct Caller {
  ClientId client;
  std::optional<Role> role;  ///< none until it has logged in: it may ask for nothing of the house
  PressedButtons& pressed;
  static constexpr int kMajorVersion = 3;
  int major_version = kMajorVersion;  ///< of the protocol, as the client asked for it

  Source source() const { return {Source::Kind::client, client}; }
};

/// A request on its way to the handler of its resource.
struct Call {
  const Request& request;
  const servers::Context& context;
  Caller& caller;
  const servers::Endpoint& endpoint;   ///< where this server listens
  MonoTime time{};                     ///< when it came
  std::string_view path{};             ///< the url without its query
  std::string_view query{};            ///< what follows the '?'
  std::array<std::uint32_t, 2> ids{};  ///< the numbers in the path, in order

  const View& view() const { return context.view; }
  const Project& project() const { return *context.view.project(); }
  MonoTime now() const { return time; }
  /// Sends an event into the house. False when its queue is full.
  bool submit(decltype(Event::what) what) const { return context.events.submit({caller.source(), std::move(what)}); }
};

struct Answer {
  Status status = Status::no_content;
  Content content;
};

using Handler = Answer (*)(Call&);

/// `type` is the name of the kind: "Area" gives OneAreaDefinition under Area.
Answer ok(std::string_view type, std::string_view key, const boost::json::object& object);
/// A list; 204 when it is empty (leap.md §0: never 200 with an empty list).
Answer ok(std::string_view type, std::string_view key, const std::vector<boost::json::object>& items);
Answer ok(Content content);
Answer refuse(Status status, std::string_view message);
/// The number in the url names nothing.
Answer missing(const Call& call);
/// The processor cannot take the event now.
Answer busy();
/// 204 if the event was taken.
Answer accepted(bool taken);

/// Handlers for what is always the same.
Answer no_content(Call&);
Answer not_found(Call& call);
Answer not_supported(Call&);  ///< 400

/// Finds the object whose number is in the url, and hands it to the handler; 404 if there is none.
template <class Id, auto handler>
Answer of(Call& call) {
  const auto* const object = call.project().find(Id{call.ids[0]});
  return object == nullptr ? missing(call) : handler(call, *object);
}

/// {"href": "/kind/number"}
boost::json::object href(std::string_view kind, std::uint32_t number);
std::string path_of(std::string_view kind, std::uint32_t number, std::string_view rest = {});
template <class Kind>
boost::json::object href(std::string_view kind, Number<Kind> id) {
  return href(kind, id.value);
}
/// A list of hrefs.
template <class Ids>
boost::json::array hrefs(std::string_view kind, const Ids& ids) {
  boost::json::array list;
  for (const auto id : ids) list.push_back(href(kind, id));
  return list;
}

/// An opaque id of 22 characters, the same for ever and unlike any other's (leap.md §3.1.2).
std::string stable_id(std::uint32_t serial, std::uint32_t number);

}  // namespace candela::leap
